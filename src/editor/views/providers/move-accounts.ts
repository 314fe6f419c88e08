import type { AccountView, AdminApi } from '../../admin/api.ts';

type Ranked = Pick<AccountView, 'id' | 'priority'>;

/**
 * The priorities to change so that `moved` stands right before `before` (at the end when absent) among the accounts of its tier, given
 * in order. Accounts that share a priority go on sharing it, unless the moved one goes between them.
 */
export function newPriorities(tier: readonly Ranked[], moved: string, before: string | undefined): Map<string, number> {
  const changes = new Map<string, number>();
  const rest = tier.filter(({ id }) => id !== moved);
  const mine = tier.find(({ id }) => id === moved);
  if (!mine || moved === before) return changes;
  const found = before === undefined ? -1 : rest.findIndex(({ id }) => id === before);
  const at = found < 0 ? rest.length : found;
  const [above, below] = [rest[at - 1], rest.slice(at)];
  const own = above ? above.priority + 1 : Math.min(mine.priority, (below[0]?.priority ?? mine.priority + 1) - 1);
  for (const [id, priority] of [[moved, own] as const, ...pushedDown(below, own)]) {
    if (tier.find((account) => account.id === id)?.priority !== priority) changes.set(id, priority);
  }
  return changes;
}

/** Those below make room, as far as there is none. */
function pushedDown(below: readonly Ranked[], above: number): [string, number][] {
  let last = { before: Number.NaN, now: above };
  return below.map(({ id, priority }) => {
    last = { before: priority, now: priority === last.before ? last.now : Math.max(priority, last.now + 1) };
    return [id, last.now];
  });
}

/** One after the other: each is a write of the same file. */
export async function writePriorities(admin: Pick<AdminApi, 'editAccount'>, changes: Iterable<readonly [string, number]>): Promise<void> {
  for (const [id, priority] of changes) await admin.editAccount(id, { priority });
}

/** Where a dropped account goes: it takes the place of the one it was dropped on, from above as from below. */
export function placeBefore(tier: readonly Ranked[], moved: string, onto: string): string | undefined {
  const from = tier.findIndex(({ id }) => id === moved);
  const to = tier.findIndex(({ id }) => id === onto);
  return from < to ? tier[to + 1]?.id : onto;
}
