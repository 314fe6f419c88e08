import { LRUCache } from 'lru-cache';
import type { Message } from '../conversation/content.ts';

/** A conversation up to and including one stored answer. */
export interface StoredResponse {
  messages: Message[];
  /** Rough size of what this entry adds, in bytes. */
  bytes: number;
}

/**
 * Responses kept in memory, so that `previous_response_id` works over providers that know nothing of it. Bounded by number and size;
 * the least recently used go first. Lost when the gateway stops: the client is then told `previous_response_not_found`, as OpenAI does.
 */
export class ResponseStore {
  readonly #cache: LRUCache<string, StoredResponse> | undefined;

  constructor(limits: { maxEntries: number; maxBytes: number }) {
    const usable = limits.maxEntries > 0 && limits.maxBytes > 0;
    this.#cache = usable
      ? new LRUCache({ max: limits.maxEntries, maxSize: limits.maxBytes, sizeCalculation: (entry) => Math.max(1, entry.bytes) })
      : undefined;
  }

  get(id: string): StoredResponse | undefined {
    return this.#cache?.get(id);
  }

  set(id: string, entry: StoredResponse): void {
    this.#cache?.set(id, entry);
  }

  delete(id: string): boolean {
    return this.#cache?.delete(id) ?? false;
  }
}
