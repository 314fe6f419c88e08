import type { Settings } from '../contributions.ts';
import type { Snapshot } from '../live/snapshot.ts';
import { isUnderWay } from '../live/under-way.ts';
import { blockedAccounts, isFree, lowestWindow, soonest, usersAccounts } from './standing.ts';

/** What the status bar is about. */
export type Situation =
  | { is: 'not-running'; state: 'failed' | 'stopped'; message: string | undefined }
  | { is: 'connecting' }
  | { is: 'no-accounts' }
  | { is: 'all-disabled' }
  /** All enabled accounts are blocked; `until`: when the first is free again, where that is known. */
  | { is: 'blocked'; until: number | undefined }
  /** `by`: the account that answered instead. */
  | { is: 'fallback'; by: string; requested: string }
  | { is: 'sign-in'; account: string }
  | { is: 'quota'; account: string; window: string; left: number }
  | { is: 'cost'; usd: number }
  | { is: 'tokens'; tokens: number }
  | { is: 'requests'; running: number }
  | { is: 'plain' };

export type Show = Settings['statusBar.show'];

/** A spinner before this only flickers: a gateway that runs is found within some 100 ms. */
const CONNECTING_MS = 1000;
const FALLBACK_MS = 5 * 60_000;
/** Per cent left, below which a window is worth the place. */
const LOW = 50;

/**
 * What matters now. `connectingSince`: since when the link has been connecting. What stops the user from working is told whatever the
 * setting says.
 */
export function situationOf(snapshot: Snapshot, show: Show, now: number, connectingSince: number | undefined): Situation {
  return (
    gatewaySituation(snapshot, now, connectingSince) ?? accountSituation(snapshot, now) ?? chosen(snapshot, show, now) ?? { is: 'plain' }
  );
}

/** Requests that have not ended. */
export function running(snapshot: Snapshot): number {
  return snapshot.link.is === 'ready' ? snapshot.requests.filter(isUnderWay).length : 0;
}

/** Milliseconds until the situation may change by itself; `undefined` when it will not. */
export function changesIn(snapshot: Snapshot, now: number, connectingSince: number | undefined): number | undefined {
  const moments = [
    connectingSince === undefined ? undefined : connectingSince + CONNECTING_MS,
    snapshot.fallback && snapshot.fallback.at + FALLBACK_MS,
    ...blockedAccounts(snapshot, now).map(({ until }) => until),
    ...snapshot.quota.flatMap(({ windows }) => windows.map(({ resetsAt }) => resetsAt ?? undefined)),
  ];
  return soonest(moments.map((at) => (at !== undefined && at >= now ? at - now : undefined)));
}

function gatewaySituation({ link }: Snapshot, now: number, connectingSince: number | undefined): Situation | undefined {
  switch (link.is) {
    case 'failed':
      return { is: 'not-running', state: 'failed', message: link.message };
    case 'stopped':
      return { is: 'not-running', state: 'stopped', message: undefined };
    case 'connecting':
      return connectingSince !== undefined && now - connectingSince >= CONNECTING_MS ? { is: 'connecting' } : undefined;
    case 'ready':
      return undefined;
  }
}

function accountSituation(snapshot: Snapshot, now: number): Situation | undefined {
  if (!snapshot.loaded) return undefined;
  const all = usersAccounts(snapshot);
  if (all.length === 0) return { is: 'no-accounts' };
  const enabled = all.filter((account) => account.enabled);
  if (enabled.length === 0) return { is: 'all-disabled' };
  const blocked = blockedAccounts(snapshot, now);
  return blocked.length < enabled.length ? undefined : { is: 'blocked', until: soonest(blocked.map(({ until }) => until)) };
}

function chosen(snapshot: Snapshot, show: Show, now: number): Situation | undefined {
  switch (show) {
    case 'auto':
      return fallback(snapshot, now) ?? signIn(snapshot, now) ?? quota(snapshot, now, LOW) ?? cost(snapshot);
    case 'quota':
      return quota(snapshot, now, Number.POSITIVE_INFINITY);
    case 'cost':
      return cost(snapshot);
    case 'requests':
      return { is: 'requests', running: running(snapshot) };
    case 'icon':
    case 'hidden':
      return undefined;
  }
}

function fallback({ fallback: last, accounts, models }: Snapshot, now: number): Situation | undefined {
  if (!last || now - last.at >= FALLBACK_MS) return undefined;
  const account = accounts.find(({ name }) => name === last.account);
  // An account that was given no name has its provider's id: people know the provider by its name.
  const provider =
    account?.name === account?.provider
      ? models.flatMap(({ providers }) => providers).find(({ id }) => id === account?.provider)
      : undefined;
  return { is: 'fallback', by: provider?.name ?? last.account, requested: last.requested };
}

function signIn(snapshot: Snapshot, now: number): Situation | undefined {
  const refused = blockedAccounts(snapshot, now).find(({ reason }) => reason === 'auth');
  return refused && { is: 'sign-in', account: refused.account.name };
}

function quota(snapshot: Snapshot, now: number, below: number): Situation | undefined {
  const lowest = lowestWindow(snapshot, now);
  return lowest && lowest.left < below
    ? { is: 'quota', account: lowest.account.name, window: lowest.window.label, left: lowest.left }
    : undefined;
}

function cost({ today }: Snapshot): Situation | undefined {
  if (!today) return undefined;
  if (!isFree(today)) return { is: 'cost', usd: today.cost ?? 0 };
  const tokens = (today.inputTokens ?? 0) + (today.outputTokens ?? 0);
  return tokens > 0 ? { is: 'tokens', tokens } : undefined;
}
