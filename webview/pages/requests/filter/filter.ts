import type { AccountView, ComboConfig } from '../../../../src/editor/admin/api.ts';
import { isUnderWay } from '../../../../src/editor/live/under-way.ts';
import { isRecord } from '../../../fits.ts';
import type { Row } from '../list/row.ts';

/** What a request came to; `running`: nothing yet. */
export const OUTCOMES = ['running', 'answered', 'fallback', 'failed', 'cancelled'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Time ranges back from now, by their milliseconds. */
export const SPANS = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000, month: 30 * 86_400_000 } as const;
export type Span = keyof typeof SPANS;
export const SPAN_NAMES: readonly Span[] = ['hour', 'day', 'week', 'month'];

/** What a request was about, by the names that `GET /admin/usage` groups by. */
export const DIMENSIONS = ['client', 'key', 'account', 'provider', 'model', 'combo', 'tier'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Which requests are listed. Another page may keep one under `requests.filter` before it goes here. */
export interface Filter extends Partial<Record<Dimension, string>> {
  outcome?: Outcome;
  span?: Span;
  search?: string;
}

export const NO_FILTER: Filter = {};

export function isFilter(value: unknown): value is Filter {
  if (!isRecord(value)) return false;
  const { outcome, span, ...rest } = value;
  const knows = (list: readonly string[], word: unknown): boolean => word === undefined || list.includes(String(word));
  const texts = Object.entries(rest).every(([name, text]) => typeof text === 'string' && knows([...DIMENSIONS, 'search'], name));
  return texts && knows(OUTCOMES, outcome) && knows(SPAN_NAMES, span);
}

export function isEmpty(filter: Filter): boolean {
  return Object.values(filter).every((value) => value === undefined || value === '');
}

/** A field set, or with `undefined` taken away. */
export function withField<K extends keyof Filter>(filter: Filter, field: K, value: Filter[K] | undefined): Filter {
  const { [field]: _, ...rest } = filter;
  return value === undefined || value === '' ? rest : { ...rest, [field]: value };
}

/** As `GET /admin/requests` takes it; only requests older than `until`. `undefined`: the ledger has none of them, as they are under way. */
export function queryOf(filter: Filter, until: number): Record<string, string> | undefined {
  const { outcome, span, search, key, ...names } = filter;
  if (outcome === 'running') return undefined;
  return {
    until: String(Math.round(until)),
    ...(span ? { since: String(Math.round(until - SPANS[span])) } : {}),
    ...(outcome ? { outcome } : {}),
    ...(search?.trim() ? { search: search.trim() } : {}),
    ...(key ? { key_name: key } : {}),
    ...names,
  };
}

/** What tells of a live request more than it says by itself. */
export interface Facts {
  accounts: ReadonlyMap<string, Pick<AccountView, 'provider' | 'tier'>>;
  combos: ReadonlySet<string>;
}

export function factsOf(accounts: readonly AccountView[], combos: readonly ComboConfig[]): Facts {
  return { accounts: new Map(accounts.map((account) => [account.name, account])), combos: new Set(combos.map(({ name }) => name)) };
}

/**
 * Whether a request of the live state passes: all that the gateway's own filter asks, as far as the page can tell; `undefined` where only
 * the ledger knows (a combo reached by another name).
 */
export function passes(filter: Filter, row: Row, facts: Facts, now: number): boolean | undefined {
  const answers = [
    filter.outcome === undefined || cameTo(filter.outcome, row),
    filter.span === undefined || row.startedAt >= now - SPANS[filter.span],
    ...DIMENSIONS.map((name) => filter[name] === undefined || fits(name, filter[name], row, facts)),
    !filter.search?.trim() || holds(row, filter.search.trim().toLowerCase()),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function cameTo(outcome: Outcome, row: Row): boolean {
  switch (outcome) {
    case 'running':
      return isUnderWay(row);
    case 'answered':
      return row.state === 'done';
    case 'fallback':
      return row.state === 'done' && row.fallback;
    case 'failed':
    case 'cancelled':
      return row.state === outcome;
  }
}

function fits(name: Dimension, wanted: string, row: Row, { accounts, combos }: Facts): boolean | undefined {
  const account = row.account === undefined ? undefined : accounts.get(row.account);
  switch (name) {
    case 'client':
    case 'key':
    case 'account':
      return row[name] === wanted;
    case 'model':
      return row.target === wanted;
    case 'provider':
      return account ? account.provider === wanted : undefined;
    case 'tier':
      return account?.tier ? account.tier === wanted : undefined;
    case 'combo':
      // Under way, a name that is no combo's may be another name of one.
      if (row.combo !== undefined) return row.combo === wanted;
      return row.requested === wanted || (combos.has(row.requested) ? false : undefined);
  }
}

/** The texts in which the gateway searches, too. */
function holds({ id, requested, combo, target, account, client, key }: Row, search: string): boolean {
  return [id, requested, combo, target, account, client, key].some((text) => text?.toLowerCase().includes(search));
}
