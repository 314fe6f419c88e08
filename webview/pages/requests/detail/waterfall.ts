import type { FailureClass } from '../../../../src/conversation/error.ts';
import { isUnderWay } from '../../../../src/editor/live/under-way.ts';
import type { Row } from '../list/row.ts';

/** One bar of the way a request took. Milliseconds since it came in. */
export type Step = { fromMs: number; toMs: number; underWay: boolean } & (
  | { kind: 'attempt'; target: string | undefined; account: string | undefined; class?: FailureClass; status?: number; answered: boolean }
  /** In the gateway: until an account had a turn, and between attempts. */
  | { kind: 'wait' }
  /** From the first byte to the last. */
  | { kind: 'stream' }
);

export interface Way {
  steps: Step[];
  /** From the first to the last, at least 1. */
  spanMs: number;
}

/** A shorter wait than this, and than this share of the whole, is no more than the gateway's own work. */
const LEAST_WAIT_MS = 20;
const LEAST_WAIT_SHARE = 0.03;

/**
 * The way of a request as a waterfall. Older records hold no beginnings: their attempts are put one after the other, the last one where
 * it ended, and what time is left is the wait before it.
 */
export function wayOf(row: Row, now: number): Way {
  const totalMs = row.totalMs ?? Math.max(0, now - row.startedAt);
  const steps = isUnderWay(row) ? stepsSoFar(row, totalMs) : stepsOfAll(row, totalMs);
  return { steps, spanMs: Math.max(1, totalMs, ...steps.map(({ toMs }) => toMs)) };
}

type Attempt = Row['attempts'][number];

function stepsOfAll(row: Row, totalMs: number): Step[] {
  const last = row.attempts.at(-1);
  if (!last) return [{ kind: 'wait', fromMs: 0, toMs: totalMs, underWay: false }];
  const before = inARow(row.attempts.slice(0, -1), totalMs);
  const earliest = before.at(-1)?.toMs ?? 0;
  const answered = last.class === undefined;
  const endMs = answered ? Math.min(totalMs, row.firstTokenMs ?? totalMs) : totalMs;
  const fromMs = Math.max(earliest, last.startMs ?? endMs - last.ms);
  return [
    ...before,
    ...waitBetween(earliest, fromMs, totalMs),
    attemptStep(last, fromMs, Math.max(fromMs, endMs), answered),
    ...streamAfter(row, answered ? endMs : undefined, totalMs),
  ];
}

function stepsSoFar(row: Row, nowMs: number): Step[] {
  const before = inARow(row.attempts, nowMs);
  const fromMs = before.at(-1)?.toMs ?? 0;
  const { target, account, firstTokenMs } = row;
  if (row.state !== 'streaming' || firstTokenMs === undefined) {
    // Who is asked now is told when he answers, or does not.
    const step: Step = {
      kind: 'attempt',
      target: undefined,
      account: undefined,
      answered: false,
      fromMs,
      toMs: Math.max(fromMs, nowMs),
      underWay: true,
    };
    return [...before, step];
  }
  const answer: Step = {
    kind: 'attempt',
    target,
    account,
    answered: true,
    fromMs,
    toMs: Math.max(fromMs, firstTokenMs),
    underWay: false,
  };
  return [...before, answer, { kind: 'stream', fromMs: answer.toMs, toMs: Math.max(answer.toMs, nowMs), underWay: true }];
}

/** Attempts that failed, with the waits before them. */
function inARow(attempts: readonly Attempt[], totalMs: number): Step[] {
  const steps: Step[] = [];
  let at = 0;
  for (const attempt of attempts) {
    const fromMs = Math.max(at, attempt.startMs ?? at);
    steps.push(...waitBetween(at, fromMs, totalMs), attemptStep(attempt, fromMs, fromMs + attempt.ms, false));
    at = fromMs + attempt.ms;
  }
  return steps;
}

function attemptStep({ target, account, class: failure, status }: Attempt, fromMs: number, toMs: number, answered: boolean): Step {
  return {
    kind: 'attempt',
    target,
    account,
    ...(failure === undefined ? {} : { class: failure }),
    ...(status === undefined ? {} : { status }),
    answered,
    fromMs,
    toMs,
    underWay: false,
  };
}

function waitBetween(fromMs: number, toMs: number, totalMs: number): Step[] {
  const ms = toMs - fromMs;
  return ms >= LEAST_WAIT_MS && ms >= totalMs * LEAST_WAIT_SHARE ? [{ kind: 'wait', fromMs, toMs, underWay: false }] : [];
}

function streamAfter({ record }: Row, fromMs: number | undefined, totalMs: number): Step[] {
  if (fromMs === undefined || totalMs <= fromMs || record?.streamed === false) return [];
  return [{ kind: 'stream', fromMs, toMs: totalMs, underWay: false }];
}

/** Where a bar stands, in percent of the whole; wide enough to be seen. */
export function placeOf({ fromMs, toMs }: Pick<Step, 'fromMs' | 'toMs'>, spanMs: number): { left: number; width: number } {
  const width = Math.max(0.6, ((toMs - fromMs) / spanMs) * 100);
  return { left: Math.max(0, Math.min(100 - width, (fromMs / spanMs) * 100)), width: Math.min(100, width) };
}
