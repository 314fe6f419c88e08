import * as l10n from '@vscode/l10n';
import type { AccountView, QuotaView } from '../../admin/api.ts';
import { formatAge, formatCount, formatCountdown, formatPercent, formatTime } from '../../format/index.ts';
import { numberFormat } from '../../format/locale.ts';
import { card, escaped } from '../tree/markdown.ts';
import { COLORS, type NodeIcon, type ViewNode } from '../tree/node.ts';
import { textBar } from './text-bar.ts';

export type Window = QuotaView['windows'][number];

/** From here on a window is nearly used up: the same mark at which the user is told. */
const NEAR_PERCENT = 80;

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

/** Sooner first: used up, then by when it will be, then by how full it is. */
export function urgency({ usedPercent, overage, notChat, forecast, resetsAt }: Window, now: number): number {
  if (usedPercent === null || notChat) return Number.POSITIVE_INFINITY;
  // Reset since: what was read says nothing any more.
  if (resetsAt !== null && resetsAt <= now) return Number.MAX_SAFE_INTEGER;
  if (usedPercent >= 100 && !overage) return 0;
  if (forecast?.exhaustedAt) return forecast.exhaustedAt;
  return FAR_OFF + (100 - usedPercent);
}

/** After every moment that can be forecast. */
const FAR_OFF = 8.64e15 / 2;

/** `at this pace used up at 16:40, before the reset`; nothing where nothing is known. */
export function forecastSentence({ forecast, resetsAt, usedPercent }: Window, now: number): string | undefined {
  if (!forecast || (usedPercent ?? 0) >= 100) return undefined;
  const { exhaustedAt } = forecast;
  if (exhaustedAt === null) return resetsAt === null ? undefined : l10n.t('at this pace it lasts until the reset');
  if (resetsAt !== null && exhaustedAt < resetsAt)
    return l10n.t('at this pace used up at {0}, before the reset', formatTime(exhaustedAt, now));
  return l10n.t('at this pace used up at {0}', formatTime(exhaustedAt, now));
}

function usedWords({ usedPercent, used, limit, remaining, unit }: Window): string {
  if (usedPercent !== null) return l10n.t('{0} used', formatPercent(usedPercent));
  if (used !== null && limit !== null) return l10n.t('{0} of {1} {2} used', formatCount(used), formatCount(limit), unitWord(unit));
  if (remaining !== null) return l10n.t('{0} {1} left', formatAmount(remaining), unitWord(unit));
  return l10n.t('use not known');
}

/** Balances have cents. */
function formatAmount(amount: number): string {
  return Number.isInteger(amount)
    ? formatCount(amount)
    : numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount);
}

function unitWord(unit: string): string {
  switch (unit) {
    case 'requests':
      return l10n.t('requests');
    case 'tokens':
      return l10n.t('tokens');
    case 'credits':
      return l10n.t('credits');
    default:
      // A currency's code, or the provider's own word.
      return unit.length === 3 ? unit.toUpperCase() : unit;
  }
}

function resetWords({ resetsAt }: Window, now: number): string | undefined {
  if (resetsAt === null) return undefined;
  return resetsAt <= now ? l10n.t('has been reset') : l10n.t('resets in {0}', formatCountdown(resetsAt - now));
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

function sourceWords(source: Window['source']): string {
  switch (source) {
    case 'headers':
      return l10n.t('the provider’s answers');
    case 'reader':
      return l10n.t('the provider’s quota page');
    case 'counted':
      return l10n.t('requests counted here');
  }
}
