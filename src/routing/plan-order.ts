import type { Target } from './target.ts';
import { tierRank } from './tier-rank.ts';

/** A target in the order its strategies gave, and how long its account would let it wait, in milliseconds. */
export interface Waiting {
  target: Target;
  wait: number;
}

export interface Home {
  account: string;
  model: string;
}

export function isHome({ target }: { target: Target }, home: Home | undefined): boolean {
  return home !== undefined && target.account.config.id === home.account && target.model === home.model;
}

/** Busy accounts come after those that are free, else in the same order. The session's home keeps its place. */
export function busyLast<T extends Waiting>(steps: readonly T[], home: Home | undefined): T[] {
  const free = (step: T): boolean => step.wait === 0 || isHome(step, home);
  return [...steps.filter(free), ...steps.filter((step) => !free(step))];
}

/** The session's home first; `tiersFirst`: only behind what stands before it and is of a better tier, which saves the user money. */
export function homeFirst<T extends Waiting>(steps: readonly T[], home: Home | undefined, tiersFirst: boolean): T[] {
  const at = steps.findIndex((step) => isHome(step, home));
  const found = steps[at];
  if (!found) return [...steps];
  const rank = tierRank(found.target.account.provider.tier);
  const before = steps.slice(0, at);
  const better = tiersFirst ? before.filter(({ target }) => tierRank(target.account.provider.tier) < rank) : [];
  return [...better, found, ...before.filter((step) => !better.includes(step)), ...steps.slice(at + 1)];
}
