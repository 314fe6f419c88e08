import type { AccountView, AdminApi, RequestRecord, UsageRow } from '../admin/api.ts';
import type { Slice, Snapshot } from './snapshot.ts';

/** What one read brings. `ownAccounts`: without the demo. */
export interface Read extends Partial<Pick<Snapshot, 'combos' | 'quota' | 'health' | 'budgets' | 'models'>> {
  ownAccounts?: readonly AccountView[];
  records?: readonly RequestRecord[];
  today?: { row: UsageRow | undefined; byAccount: ReadonlyMap<string, UsageRow> };
}

export const READS = ['accounts', 'combos', 'quota', 'health', 'budgets', 'models', 'today', 'requests'] as const;
export type ReadName = (typeof READS)[number];

/** Asks the gateway. `dayFrom`: when today began, in milliseconds since the epoch. */
export async function read(name: ReadName, admin: AdminApi, dayFrom: number, signal: AbortSignal): Promise<Read> {
  switch (name) {
    case 'accounts':
      return { ownAccounts: await admin.accounts(signal) };
    case 'combos':
      return { combos: await admin.combos(signal) };
    case 'quota':
      return { quota: await admin.quota(signal) };
    case 'health':
      return { health: await admin.health(signal) };
    case 'budgets':
      return { budgets: await admin.budgets(signal) };
    case 'models':
      return { models: await admin.models(signal) };
    case 'today':
      return { today: await readToday(admin, dayFrom, signal) };
    case 'requests':
      return { records: await admin.requests({ limit: '200' }, signal) };
  }
}

async function readToday(admin: AdminApi, dayFrom: number, signal: AbortSignal): Promise<NonNullable<Read['today']>> {
  const since = String(dayFrom);
  const [[row], accounts] = await Promise.all([admin.usage({ since }, signal), admin.usage({ by: 'account', since }, signal)]);
  return { row, byAccount: new Map(accounts.map((entry) => [entry.by[0] ?? '', entry])) };
}

/** The read that brings a slice; `undefined` where nothing is read. */
export function readOf(slice: Slice): ReadName | undefined {
  switch (slice) {
    case 'link':
    case 'loaded':
      return undefined;
    case 'fallback':
      return 'requests';
    case 'todayByAccount':
      return 'today';
    default:
      return slice;
  }
}
