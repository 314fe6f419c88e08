import { LRUCache } from 'lru-cache';
import type { AffinityBook } from './books.ts';
import type { Target } from './target.ts';

/** More conversations than one machine's tools hold at a time; a home is about 100 bytes. */
const MOST_HOMES = 5_000;

interface Home {
  account: string;
  model: string;
  /** Last use, in milliseconds since the epoch. */
  used: number;
}

/**
 * Where conversations are at home, so that the provider's prompt cache stays warm. A home is forgotten `ttlMs` after its last use
 * (asking for it is a use), or when newer ones need its room. In memory only: a cache is cold after a restart anyway.
 */
export class Affinity implements AffinityBook {
  readonly #homes = new LRUCache<string, Home>({ max: MOST_HOMES });
  readonly #now: () => number;
  readonly #ttlMs: () => number;

  constructor(options: { now: () => number; ttlMs: () => number }) {
    this.#now = options.now;
    this.#ttlMs = options.ttlMs;
  }

  home(name: string, session: string): { account: string; model: string } | undefined {
    const key = keyOf(name, session);
    const home = this.#homes.get(key);
    if (!home) return undefined;
    const now = this.#now();
    if (now - home.used > this.#ttlMs()) {
      this.#homes.delete(key);
      return undefined;
    }
    home.used = now;
    return { account: home.account, model: home.model };
  }

  bind(name: string, session: string, target: Target): void {
    this.#homes.set(keyOf(name, session), { account: target.account.config.id, model: target.model, used: this.#now() });
  }
}

const keyOf = (name: string, session: string): string => `${name}\n${session}`;
