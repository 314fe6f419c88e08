import { LRUCache } from 'lru-cache';
import type { JsonObject } from '../conversation/json.ts';
import { withoutParameter } from '../providers/retry-without.ts';
import type { Target } from './target.ts';

/** Long enough that a tool which always sends such a parameter pays for one refusal, short enough that a vendor's change is noticed. */
const KEPT_MS = 60 * 60_000;

/** Remembers which parameters a model of an account has refused, so that each request is not refused once more. */
export class RefusedParameters {
  readonly #cache = new LRUCache<string, string[]>({ max: 500, ttl: KEPT_MS });

  add(target: Target, parameter: string): void {
    const known = this.#of(target);
    if (!known.includes(parameter)) this.#cache.set(keyOf(target), [...known, parameter]);
  }

  /** The body without them; the same object when there are none. `left` hears each one that was there. */
  strip(target: Target, body: JsonObject, left: (parameter: string) => void): JsonObject {
    let current = body;
    for (const parameter of this.#of(target)) {
      const slimmer = withoutParameter(current, parameter);
      if (slimmer !== current) left(parameter);
      current = slimmer;
    }
    return current;
  }

  #of(target: Target): string[] {
    return this.#cache.get(keyOf(target)) ?? [];
  }
}

const keyOf = (target: Target): string => JSON.stringify([target.account.config.id, target.model, target.dialect]);
