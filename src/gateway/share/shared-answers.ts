import { Follower } from './follower.ts';
import { SharedAnswer } from './shared-answer.ts';

export interface ShareBounds {
  /** How long after the leader's start others may join. */
  windowMs: number;
  /** An answer longer than this takes in nobody new. */
  maxBytes: number;
  /** A follower further behind than this is cut off, so that a client that does not read cannot hold memory for ever. */
  maxLagBytes: number;
}

const BOUNDS: ShareBounds = { windowMs: 5000, maxBytes: 8 * 1024 * 1024, maxLagBytes: 32 * 1024 * 1024 };

export type Joined = { role: 'leader'; answer: SharedAnswer } | { role: 'follower'; follower: Follower };

/** Answers that requests alike may share, each kept for a few seconds. */
export class SharedAnswers {
  readonly #open = new Map<string, SharedAnswer>();
  readonly #bounds: ShareBounds;

  constructor(bounds: Partial<ShareBounds> = {}) {
    this.#bounds = { ...BOUNDS, ...bounds };
  }

  /** Answers that can still be joined. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * The first to come leads: it does the work and tells the answer. Who comes after it within the window follows and is given the
   * same answer from its beginning; a follower must `deliver` (or `leave`), since the work goes on for it. `now` in milliseconds.
   */
  join(shareKey: string, leaderId: string, now: number): Joined {
    const before = this.#open.get(shareKey);
    if (before && now - before.startedAt < this.#bounds.windowMs) return { role: 'follower', follower: new Follower(before) };
    before?.close();
    const answer = new SharedAnswer(leaderId, now, this.#bounds, () => {
      clearTimeout(timer);
      if (this.#open.get(shareKey) === answer) this.#open.delete(shareKey);
    });
    const timer = setTimeout(() => answer.close(), this.#bounds.windowMs);
    timer.unref();
    this.#open.set(shareKey, answer);
    return { role: 'leader', answer };
  }
}
