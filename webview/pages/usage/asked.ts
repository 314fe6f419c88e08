import type { UsageAsked } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { MEASURES } from '../../../src/editor/dashboard/contract/usage/measures.ts';
import { GROUPINGS, type Grouping, usageRange } from '../../../src/editor/dashboard/contract/usage/range.ts';
import { isOneOf, isRecord, isText } from '../../fits.ts';

/** What the page looks at when it is opened for the first time. */
export const FIRST: UsageAsked = { range: '30d', by: 'model', of: 'cost', where: {} };

/** Whether what was kept is still something to ask. */
export function isAsked(value: unknown): value is UsageAsked {
  if (!isRecord(value) || !isRecord(value.where)) return false;
  const { range, by, of, where } = value;
  const isNarrowing = Object.entries(where).every(([name, text]) => isGrouping(name) && isText(text) && text !== '');
  return usageRange.safeParse(range).success && isGrouping(by) && isMeasure(of) && isNarrowing;
}

const isMeasure = isOneOf(MEASURES);
export const isGrouping = isOneOf(GROUPINGS);

/** What a group is looked at by when the page is narrowed to it: the first that still tells parts apart. */
const WITHIN: readonly Grouping[] = ['model', 'account', 'client', 'key', 'provider', 'tier', 'combo'];

/** Only this group of what is shown. Groups without a name cannot be asked for. */
export function narrowed(asked: UsageAsked, group: string): UsageAsked {
  if (group === '') return asked;
  const where = { ...asked.where, [asked.by]: group };
  return { ...asked, where, by: WITHIN.find((by) => where[by] === undefined) ?? asked.by };
}

export function widened(asked: UsageAsked, by: Grouping): UsageAsked {
  const { [by]: _, ...where } = asked.where;
  return { ...asked, where };
}

/** What the page Requests takes under `requests.filter`; its times go back from now. */
export function requestsFilter({ range, where, by }: UsageAsked, group: string | undefined): Record<string, string> {
  const span = range === 'today' ? 'day' : range === '7d' ? 'week' : range === '30d' || range === 'month' ? 'month' : undefined;
  const given = Object.entries({ ...where, ...(group ? { [by]: group } : {}), span });
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

const DAY_MS = 86_400_000;

/** Milliseconds after which a range is read again; `undefined`: it is over, and nothing of it changes. */
export function refreshOf({ range }: UsageAsked, now: number): number | undefined {
  if (range === 'lastMonth') return undefined;
  // The gateway's day may end up to 26 hours before or after that of this window.
  if (typeof range === 'object' && Date.parse(range.to) + 3 * DAY_MS < now) return undefined;
  return range === 'today' ? 5_000 : 15_000;
}
