import * as l10n from '@vscode/l10n';
import type { AccountView } from '../../admin/api.ts';
import { formatAge, formatTime } from '../../format/index.ts';
import { card, escaped } from '../tree/markdown.ts';
import { COLORS, type NodeIcon, type ViewNode } from '../tree/node.ts';
import { textBar } from './text-bar.ts';
import { forecastSentence, formatAmount, NEAR_PERCENT, resetWords, sourceWords, unitWord, usedWords, type Window } from './window-words.ts';

export function windowNode(account: AccountView, window: Window, now: number): ViewNode {
  const used = usedWords(window);
  const reset = resetWords(window, now);
  const bar = window.usedPercent === null ? undefined : textBar(window.usedPercent);
  return {
    id: `window:${account.id}:${window.id}`,
    ref: { kind: 'window', account: account.id, window: window.id },
    label: window.label,
    description: [bar ? `${bar} ${used}` : used, reset].flatMap((text) => text ?? []).join(' · '),
    tooltip: windowTooltip(window, used, reset, now),
    icon: usedIcon(window.usedPercent, window.overage),
    contextValue: 'window',
    // Screen readers read a bar out block by block.
    spoken: [window.label, used, reset, forecastSentence(window, now)].flatMap((text) => text ?? []).join(', '),
  };
}

/** A gauge for each third: told by shape as well as by colour. */
export function usedIcon(usedPercent: number | null, overage = false): NodeIcon {
  if (usedPercent === null) return { id: 'question', color: COLORS.off };
  if (usedPercent >= 100 && !overage) return { id: 'error', color: COLORS.bad };
  return usedPercent >= NEAR_PERCENT ? { id: 'warning', color: COLORS.warning } : { id: 'dashboard', color: COLORS.good };
}

function windowTooltip(window: Window, used: string, reset: string | undefined, now: number): string {
  const { label, model, limit, remaining, unit, resetsAt, source, at, overage, notChat } = window;
  const rows = [
    [l10n.t('Used'), escaped(used)],
    [l10n.t('Left'), remaining === null ? undefined : `${formatAmount(remaining)} ${escaped(unitWord(unit))}`],
    [l10n.t('Limit'), limit === null ? undefined : `${formatAmount(limit)} ${escaped(unitWord(unit))}`],
    [l10n.t('Reset'), resetsAt === null ? l10n.t('not known') : escaped(l10n.t('{0}, at {1}', reset ?? '', formatTime(resetsAt, now)))],
    [l10n.t('Models'), model === null ? undefined : escaped(model)],
    [l10n.t('Known from'), sourceWords(source)],
    [l10n.t('Read'), formatAge(now - at)],
  ] as const;
  const forecast = forecastSentence(window, now);
  return card(label, rows, [
    ...(forecast ? [escaped(l10n.t('Forecast: {0}.', forecast))] : []),
    ...(overage ? [l10n.t('What goes beyond is billed, not refused.')] : []),
    ...(notChat ? [l10n.t('This window is not about chat requests.')] : []),
  ]);
}
