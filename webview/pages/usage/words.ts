import * as l10n from '@vscode/l10n';
import type { Measure } from '../../../src/editor/dashboard/contract/usage/measures.ts';
import type { Grouping, NamedRange } from '../../../src/editor/dashboard/contract/usage/range.ts';
import { formatCount, formatTokens, formatUsd } from '../../../src/editor/format/index.ts';
import { dateFormat } from '../../../src/editor/format/locale.ts';
import { TIER_ORDER, tierWord } from '../../../src/editor/views/words.ts';

export const UNKNOWN = '–';

export function measureWord(measure: Measure): string {
  switch (measure) {
    case 'cost':
      return l10n.t('Paid');
    case 'saved':
      return l10n.t('Saved');
    case 'tokens':
      return l10n.t('Tokens');
    case 'input':
      return l10n.t('Tokens In');
    case 'output':
      return l10n.t('Tokens Out');
    case 'cacheRead':
      return l10n.t('Tokens From Cache');
    case 'cacheWrite':
      return l10n.t('Tokens Into Cache');
    case 'reasoning':
      return l10n.t('Reasoning Tokens');
    case 'requests':
      return l10n.t('Requests');
    case 'failed':
      return l10n.t('Failed');
    case 'fallbacks':
      return l10n.t('Interruptions Avoided');
  }
}

export function groupingWord(by: Grouping): string {
  switch (by) {
    case 'model':
      return l10n.t('Model');
    case 'provider':
      return l10n.t('Provider');
    case 'account':
      return l10n.t('Account');
    case 'key':
      return l10n.t('Key');
    case 'client':
      return l10n.t('Tool');
    case 'combo':
      return l10n.t('Combo');
    case 'tier':
      return l10n.t('Tier');
  }
}

export function rangeWord(range: NamedRange): string {
  switch (range) {
    case 'today':
      return l10n.t('Today');
    case '7d':
      return l10n.t('7 days');
    case '30d':
      return l10n.t('30 days');
    case '90d':
      return l10n.t('90 days');
    case 'month':
      return l10n.t('This month');
    case 'lastMonth':
      return l10n.t('Last month');
  }
}

/** A group as people know it. */
export function groupWord(by: Grouping, group: string, names: Readonly<Record<string, string>>): string {
  if (group === '') return by === 'combo' ? l10n.t('No combo') : l10n.t('Not known');
  if (by === 'provider') return names[group] ?? group;
  return by === 'tier' ? tierWord(TIER_ORDER.find((tier) => tier === group)) : group;
}

/** An amount of a measure; what is not known is `–`. */
export function amountWord(measure: Measure, amount: number | null): string {
  if (amount === null) return UNKNOWN;
  switch (measure) {
    case 'cost':
    case 'saved':
      return formatUsd(amount);
    case 'requests':
    case 'failed':
    case 'fallbacks':
      return formatCount(amount);
    default:
      return formatTokens(amount);
  }
}

/** `2026-11-22` or `2026-11-22T19`, as the calendar on the wall says it, wherever the gateway's clock is. */
export function wallTime(label: string): number {
  const [date = '', hour = '0'] = label.split('T');
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day, Number(hour)).getTime();
}

/** The day on the wall: `2026-11-22`. */
export function dayOn(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `22 Nov 2026`. */
function dayWord(day: string): string {
  return dateFormat({ day: 'numeric', month: 'short', year: 'numeric' }).format(wallTime(day));
}

/** `22 Nov 2026`, `1 Nov 2026 to 22 Nov 2026`; of days or of hours. */
export function daysWord(first: string, last: string): string {
  const [from, to] = [dayWord(first), dayWord(last)];
  return from === to ? from : l10n.t('{0} to {1}', from, to);
}
