import * as l10n from '@vscode/l10n';
import type { QuotaView } from '../../admin/api.ts';
import { formatCount, formatCountdown, formatPercent, formatTime } from '../../format/index.ts';
import { numberFormat } from '../../format/locale.ts';

export type Window = QuotaView['windows'][number];

/** From here on a window is nearly used up: the same mark at which the user is told. */
export const NEAR_PERCENT = 80;

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

/** How much is used or left, as far as that is known. */
export function usedWords({ usedPercent, used, limit, remaining, unit }: Window): string {
  if (usedPercent !== null) return l10n.t('{0} used', formatPercent(usedPercent));
  if (used !== null && limit !== null) return l10n.t('{0} of {1} {2} used', formatCount(used), formatCount(limit), unitWord(unit));
  if (remaining !== null) return l10n.t('{0} {1} left', formatAmount(remaining), unitWord(unit));
  return l10n.t('use not known');
}

/** Balances have cents. */
export function formatAmount(amount: number): string {
  return Number.isInteger(amount)
    ? formatCount(amount)
    : numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount);
}

export function unitWord(unit: string): string {
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

/** When the window begins anew, where that is known. */
export function resetWords({ resetsAt }: Window, now: number): string | undefined {
  if (resetsAt === null) return undefined;
  return resetsAt <= now ? l10n.t('has been reset') : l10n.t('resets in {0}', formatCountdown(resetsAt - now));
}

/** Where the figures come from. */
export function sourceWords(source: Window['source']): string {
  switch (source) {
    case 'headers':
      return l10n.t('the provider’s answers');
    case 'reader':
      return l10n.t('the provider’s quota page');
    case 'counted':
      return l10n.t('requests counted here');
  }
}
