import type { Disposable } from '../emitter.ts';

/** Time, so that tests need not wait for it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls once, after so many milliseconds, unless disposed of before. */
  after(ms: number, call: () => void): Disposable;
}

export const systemClock: Clock = {
  now: Date.now,
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return { dispose: () => clearTimeout(timer) };
  },
};

/** The first moment of the day `at` is in, and of the day after it, in this machine's time zone. */
export function dayAround(at: number): { from: number; until: number } {
  const date = new Date(at);
  const from = new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const until = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1);
  return { from: from.getTime(), until: until.getTime() };
}
