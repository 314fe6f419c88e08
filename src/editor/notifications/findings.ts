import type { FailureClass } from '../../conversation/error.ts';
import type { BudgetEntry } from '../admin/api.ts';
import type { LiveRequest, Snapshot } from '../live/snapshot.ts';
import { OWN_CLIENT } from '../own-client-name.ts';
import { blockedAccounts, soonest, usersAccounts, windowsOf } from '../status-bar/standing.ts';
import type { Candidate } from './notice.ts';

/** Per cent used. */
const LOW = 80;
const OUT = 100;
const DAY_MS = 24 * 3_600_000;
/** After so long, who set up a tool for the port may have forgotten. */
const PORT_MS = 7 * DAY_MS;

/** Everything worth a message that holds now. `since`: when this window began to look; failures from before are no news. Pure. */
export function findings(snapshot: Snapshot, now: number, since: number): Candidate[] {
  const gateway = gatewayFindings(snapshot, now);
  if (!snapshot.loaded || snapshot.link.is !== 'ready') return gateway;
  return [
    ...gateway,
    ...quotaFindings(snapshot, now),
    ...signInFindings(snapshot, now),
    ...outageFindings(snapshot, now, since),
    ...snapshot.budgets.flatMap(budgetFindings),
  ];
}

/** Windows at 80 % and used up: the worse one of each. A window without a reset is told again after it was topped up. */
function quotaFindings(snapshot: Snapshot, now: number): Candidate[] {
  return usersAccounts(snapshot)
    .filter(({ enabled }) => enabled)
    .flatMap((account) =>
      windowsOf(snapshot.quota, account.id, now).flatMap(({ id, label, model, usedPercent, resetsAt }): Candidate[] => {
        if (usedPercent === null || usedPercent < LOW) return [];
        const base = `quota|${account.id}|${id}|${model ?? ''}`;
        const isOut = usedPercent >= OUT;
        return [
          {
            key: `${base}|${isOut ? 'out' : 'low'}`,
            until: resetsAt ?? undefined,
            ...(isOut ? { also: [`${base}|low`] } : {}),
            finding: {
              kind: 'quota',
              account: account.id,
              accountName: account.name,
              window: model === null ? label : `${label}, ${model}`,
              left: Math.max(0, OUT - usedPercent),
              resetsAt: resetsAt ?? undefined,
            },
          },
        ];
      }),
    );
}

function signInFindings(snapshot: Snapshot, now: number): Candidate[] {
  return blockedAccounts(snapshot, now).flatMap(({ account, reason }): Candidate[] =>
    reason === 'auth'
      ? [
          {
            key: `sign-in|${account.id}`,
            until: undefined,
            finding: { kind: 'sign-in', account: account.id, accountName: account.name },
          },
        ]
      : [],
  );
}

/** Failures after which another target could have answered, had there been one. */
const NOBODY_LEFT: ReadonlySet<FailureClass> = new Set(['auth', 'quota', 'billing', 'rate', 'overload', 'network', 'empty']);

/**
 * A request failed with nothing left to ask, and nothing was answered since. A model asked for by its own name tells its tool all there
 * is to say, unless nobody else could answer either.
 */
function outageFindings(snapshot: Snapshot, now: number, since: number): Candidate[] {
  const enabled = usersAccounts(snapshot).filter((account) => account.enabled);
  const blocked = blockedAccounts(snapshot, now);
  const all = blocked.length === enabled.length;
  const answered = Math.max(since, ...snapshot.requests.filter(({ state }) => state === 'done').map(endOf));
  const failed = snapshot.requests.find(
    (request) => endOf(request) >= answered && hadNobodyLeft(request) && (all || !isOneModel(request.requested, snapshot)),
  );
  if (!failed || enabled.length === 0) return [];
  const until = all ? soonest(blocked.map((entry) => entry.until)) : undefined;
  return [{ key: 'unavailable', until: undefined, finding: { kind: 'unavailable', requested: failed.requested, until } }];
}

/** Who tests a combo by hand is told by the test. */
function hadNobodyLeft({ client, state, error }: LiveRequest): boolean {
  return client !== OWN_CLIENT && state === 'failed' && error !== undefined && NOBODY_LEFT.has(error);
}

function isOneModel(name: string, { models, combos }: Snapshot): boolean {
  const kind = models.find((entry) => entry.name === name)?.kind;
  if (kind !== undefined) return kind === 'model';
  return !(combos.some((combo) => combo.name === name) || name === 'auto' || name.startsWith('auto/'));
}

function lastEnded(requests: readonly LiveRequest[]): LiveRequest | undefined {
  let last: LiveRequest | undefined;
  for (const request of requests) {
    const isOver = request.state === 'done' || request.state === 'failed';
    if (isOver && (!last || endOf(request) > endOf(last))) last = request;
  }
  return last;
}

const endOf = ({ startedAt, totalMs }: LiveRequest): number => startedAt + (totalMs ?? 0);

function budgetFindings({ name, state, mode, resetsAt }: BudgetEntry): Candidate[] {
  if (state === 'ok') return [];
  const reached = state === 'reached';
  return [
    {
      key: `budget|${name}|${state}`,
      until: resetsAt,
      ...(reached ? { also: [`budget|${name}|warning`] } : {}),
      finding: { kind: 'budget', budget: name, reached, hard: mode === 'hard', resetsAt },
    },
  ];
}

function gatewayFindings({ link }: Snapshot, now: number): Candidate[] {
  if (link.is === 'failed') {
    const { reason, message } = link;
    return [{ key: `failed|${reason}|${message.slice(0, 200)}`, until: undefined, finding: { kind: 'failed', reason, message } }];
  }
  if (link.is !== 'ready' || !link.instead) return [];
  const { instead, port, url } = link;
  // With the stranger's process: one that was started anew may be in the way by mistake again.
  const key = `port|${instead.wanted}|${instead.by ?? ''}`;
  return [{ key, until: now + PORT_MS, finding: { kind: 'port', taken: instead, port, url } }];
}

/** Whether what was told under the key, and does not hold now, is really over, so that it is news when it comes again. */
export function isOver(key: string, snapshot: Snapshot): boolean {
  if (snapshot.link.is !== 'ready' || !snapshot.loaded) return false;
  return key !== 'unavailable' || lastEnded(snapshot.requests)?.state === 'done';
}
