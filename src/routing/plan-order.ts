import type { Facts } from './facts.ts';
import { type Candidate, isReady } from './names/group.ts';
import type { Ranked } from './names/ranking.ts';
import type { Step } from './plan.ts';
import type { Target } from './target.ts';
import { tierRank } from './tier-rank.ts';

/** Where a conversation is at home: the account's id, the vendor's model id. */
export interface Home {
  account: string;
  model: string;
}

/** A target in the order its strategies gave. */
interface Ordered extends Ranked {
  /** Milliseconds its account would let it wait. */
  wait: number;
}

export function isHome({ target }: { target: Target }, home: Home | undefined): boolean {
  return home !== undefined && target.account.config.id === home.account && target.model === home.model;
}

/**
 * What is asked, in order: the session's home first, then what is free, then what is busy, each as its strategies have it.
 * `tiersFirst`: better tiers that stand before the home stay before it, which saves the user money.
 */
export function stepsOf(ranked: readonly Ranked[], facts: Facts, home: Home | undefined, tiersFirst: boolean): Step[] {
  const ready = ranked.filter(({ candidate }) => isReady(candidate));
  const ordered = ready.map((entry) => ({ ...entry, wait: facts.wait(entry.candidate.target) }));
  const steps = homeFirst(busyLast(ordered, home), home, tiersFirst);
  return steps.map((step, index) => ({ target: step.candidate.target, why: reasons(step, index === 0 && isHome(step.candidate, home)) }));
}

/** The home is not moved back while it is busy: its prompt cache is worth a wait. */
function busyLast(steps: readonly Ordered[], home: Home | undefined): Ordered[] {
  const free = ({ wait, candidate }: Ordered): boolean => wait === 0 || isHome(candidate, home);
  return [...steps.filter(free), ...steps.filter((step) => !free(step))];
}

function homeFirst(steps: Ordered[], home: Home | undefined, tiersFirst: boolean): Ordered[] {
  const at = home ? steps.findIndex(({ candidate }) => isHome(candidate, home)) : -1;
  const found = steps[at];
  if (!found) return steps;
  const stays = ({ candidate }: Ordered): boolean => tiersFirst && rankOf(candidate) < rankOf(found.candidate);
  const before = steps.slice(0, at);
  return [...before.filter(stays), found, ...before.filter((step) => !stays(step)), ...steps.slice(at + 1)];
}

function rankOf({ target }: Candidate): number {
  return tierRank(target.account.provider.tier);
}

function reasons({ via, wait, candidate }: Ordered, leadsAsHome: boolean): string[] {
  return [
    ...via,
    ...(leadsAsHome ? ['session stays here'] : []),
    ...(wait > 0 ? [`busy: its turn comes in about ${Math.ceil(wait)} ms`] : []),
    ...(candidate.doubt === undefined ? [] : [`nothing else is left, though ${candidate.doubt}`]),
  ];
}
