import { type FailureClass, GatewayError } from '../conversation/error.ts';
import type { BlockReason } from './block.ts';
import type { AttemptRecord } from './exchange.ts';
import type { Plan, Skipped } from './plan.ts';
import type { Target } from './target.ts';

/** A failure of all targets, with what was tried. */
export class AllFailed extends Error {
  override readonly name = 'AllFailed';
  readonly error: GatewayError;
  readonly attempts: AttemptRecord[];
  readonly target: Target | undefined;

  constructor(error: GatewayError, attempts: AttemptRecord[], target: Target | undefined) {
    super(error.message, { cause: error });
    this.error = error;
    this.attempts = attempts;
    this.target = target;
  }
}

/** Failures of one account or model, which say nothing about what the others will do in a moment. */
const OF_ONE: ReadonlySet<FailureClass> = new Set(['auth', 'billing', 'capability']);

/**
 * Which of the failures of a request the client is told; `undefined` when nobody was asked. The last one that passes by itself, rather
 * than one account's refusal: a tool that is told 401 has its user sign in, though the others answer again soon. Where the others were
 * not even asked because they are cooling, the soonest end of that.
 */
export function toldOf(attempts: readonly AttemptRecord[], skipped: readonly Skipped[], now: number): GatewayError | undefined {
  const failures = attempts.flatMap(({ error }) => error ?? []);
  const last = failures.at(-1);
  if (!last || !OF_ONE.has(last.class)) return last;
  return failures.findLast((failure) => !OF_ONE.has(failure.class)) ?? othersCooling(last, skipped, now) ?? last;
}

function othersCooling(last: GatewayError, skipped: readonly Skipped[], now: number): GatewayError | undefined {
  const untils = skipped.flatMap(({ block }) => block.until ?? []);
  if (untils.length === 0) return undefined;
  return new GatewayError({
    class: 'rate',
    status: 429,
    code: 'all_cooling_down',
    retryAfterMs: Math.max(0, Math.min(...untils) - now),
    message: `Nothing can answer right now. The only target that could be asked: ${last.message}`,
    cause: last,
  });
}

/** One failure speaks for itself; after several, the one that is told comes with the list of what was tried and what was not. */
export function summary(failure: GatewayError, attempts: readonly AttemptRecord[], skipped: readonly Skipped[], now: number): GatewayError {
  if (attempts.length + skipped.length < 2) return failure;
  const { message, status, code, param } = failure;
  const tried = attempts.length > 1 ? ` Tried ${triedText(attempts)}.` : '';
  return new GatewayError({
    class: failure.class,
    status,
    code,
    param,
    retryAfterMs: soonest(failure, attempts, skipped, now),
    message: `${message}${tried}${skipped.length > 0 ? ` Not asked: ${skippedText(skipped)}.` : ''}`,
    cause: failure,
  });
}

/** When it is worth asking again: as soon as any of the targets is. Only after a rate limit or a quota does a client have to wait at all. */
function soonest(failure: GatewayError, attempts: readonly AttemptRecord[], skipped: readonly Skipped[], now: number): number | undefined {
  if (failure.class !== 'rate' && failure.class !== 'quota' && failure.retryAfterMs === undefined) return undefined;
  const waits = [
    ...attempts.flatMap(({ error }) => error?.retryAfterMs ?? []),
    ...skipped.flatMap(({ block }) => (block.until === undefined ? [] : [Math.max(0, block.until - now)])),
    ...(failure.retryAfterMs === undefined ? [] : [failure.retryAfterMs]),
  ];
  return waits.length > 0 ? Math.min(...waits) : undefined;
}

/** `openai/gpt-5 (work): overload, 2 times; …`. */
function triedText(attempts: readonly AttemptRecord[]): string {
  const counts = new Map<string, number>();
  for (const { target, account, error } of attempts) {
    const text = `${target} (${account}): ${error?.class ?? 'ok'}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => (count > 1 ? `${text}, ${count} times` : text)).join('; ');
}

const MOST_SHOWN = 8;

function skippedText(skipped: readonly Skipped[]): string {
  const shown = skipped
    .slice(0, MOST_SHOWN)
    .map(({ target, block }) => `${target.name} (${target.account.config.name}): ${block.detail}`)
    .join('; ');
  return skipped.length > MOST_SHOWN ? `${shown}; and ${skipped.length - MOST_SHOWN} more` : shown;
}

/** Reasons that end by themselves or by the user, in the order in which they name the failure. */
const NAMED: [BlockReason, FailureClass, string][] = [
  ['budget', 'quota', 'budget_reached'],
  ['quota', 'quota', 'all_cooling_down'],
  ['headroom', 'quota', 'all_cooling_down'],
  ['rate', 'rate', 'all_cooling_down'],
  ['breaker', 'overload', 'all_cooling_down'],
  ['billing', 'billing', 'all_cooling_down'],
  ['model', 'capability', 'model_unavailable'],
  ['auth', 'auth', 'sign_in_needed'],
];

const SOON_MS = 1000;

/**
 * Nobody may be asked now. When a wait mends it: 429 with the soonest one, so that clients come back by themselves; when only the
 * user can, what he has to do.
 */
export function nobodyLeft(plan: Plan, now: number): GatewayError {
  const { steps, skipped, requested } = plan;
  const untils = skipped.flatMap(({ block }) => (block.until === undefined ? [] : [block.until]));
  const reasons = new Set(skipped.map(({ block }) => block.reason));
  const named = NAMED.find(([reason]) => reasons.has(reason));
  const text = `Nothing can answer "${requested}" right now.${skipped.length > 0 ? ` ${skippedText(skipped)}.` : ''}`;
  if (untils.length > 0) {
    const retryAfterMs = Math.max(0, Math.min(...untils) - now);
    const code = named?.[2] ?? 'all_cooling_down';
    const kind = named?.[1] === 'quota' ? 'quota' : 'rate';
    return new GatewayError({ class: kind, status: 429, code, retryAfterMs, message: text });
  }
  // It was in the way while the request waited for its turn, and is over.
  if (steps.some(({ target }) => !skipped.some((entry) => entry.target === target))) {
    return new GatewayError({ class: 'rate', code: 'all_cooling_down', retryAfterMs: SOON_MS, message: text });
  }
  if (named) return new GatewayError({ class: named[1], code: named[2], message: text });
  return new GatewayError({ class: 'policy', status: 403, code: 'not_allowed', message: text });
}
