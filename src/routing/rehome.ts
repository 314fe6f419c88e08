import type { FailureClass } from '../conversation/error.ts';
import type { BlockReason } from './block.ts';
import type { AffinityBook } from './books.ts';
import type { AttemptRecord } from './exchange.ts';
import type { Asker } from './facts.ts';
import type { Plan } from './plan.ts';
import type { Target } from './target.ts';

/** A wait longer than this is not worth the way back: the cache at home is cold by then. */
const SHORT_MS = 60_000;

/** Failures after which a conversation moves; the others pass, and its prompt cache is still at home. */
const HARD: ReadonlySet<FailureClass> = new Set(['quota', 'auth', 'billing', 'capability', 'rate']);
const PASSING: ReadonlySet<BlockReason> = new Set(['breaker', 'rate']);

export interface RehomeContext {
  books: { affinity: AffinityBook };
  asker: Asker;
  now(): number;
}

/** Notes where a conversation is at home after `target` answered it: there, unless its old home was only passed over for a moment. */
export function rehome(plan: Plan, context: RehomeContext, target: Target, attempts: readonly AttemptRecord[]): void {
  const { homeName } = plan;
  const { session, opening } = context.asker;
  if (homeName === undefined || session === undefined) return;
  const { affinity } = context.books;
  const home = opening ? undefined : affinity.home(homeName, session);
  const same = home?.account === target.account.config.id && home.model === target.model;
  if (!home || same || !passedOver(plan, context, home, attempts)) affinity.bind(homeName, session, target);
}

/** True when the home is still there and only stumbled. */
function passedOver(
  plan: Plan,
  { now }: RehomeContext,
  home: { account: string; model: string },
  attempts: readonly AttemptRecord[],
): boolean {
  const isHome = (target: Target): boolean => target.account.config.id === home.account && target.model === home.model;
  const skipped = plan.skipped.find((entry) => isHome(entry.target));
  if (skipped) {
    const { reason, until } = skipped.block;
    return PASSING.has(reason) && until !== undefined && until - now() <= SHORT_MS;
  }
  const step = plan.steps.find((entry) => isHome(entry.target));
  if (!step) return false;
  const tried = attempts.findLast((entry) => entry.target === step.target.name && entry.account === step.target.account.config.name);
  // Not tried: its account was busy for the moment, or the plan preferred another for good (a better tier is back).
  if (!tried?.error) return plan.steps[0] === step;
  const { class: kind, retryAfterMs } = tried.error;
  return !HARD.has(kind) || (kind === 'rate' && retryAfterMs !== undefined && retryAfterMs <= SHORT_MS);
}
