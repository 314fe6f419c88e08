import type { Account } from '../../../src/accounts/account.ts';
import { accountSchema } from '../../../src/config/accounts.ts';
import { providerById } from '../../../src/providers/catalogue.ts';
import type { Permit } from '../../../src/routing/books.ts';
import { Limits } from '../../../src/routing/limits/book.ts';
import type { Target } from '../../../src/routing/target.ts';
import { type Recording, recordings } from '../../recordings.ts';

type Options = { id?: string; provider?: string; limits?: Account['config']['limits']; headroom?: number };

/** An account of a catalogue provider; a custom node where no other is named. */
export function account({ id = 'a1', provider = 'openai-compatible', limits, headroom }: Options = {}): Account {
  const definition = providerById(provider);
  if (!definition) throw new Error(`no provider ${provider}`);
  const config = accountSchema.parse({
    id,
    provider,
    name: 'Work',
    ...(limits && { limits }),
    ...(headroom !== undefined && { headroom }),
  });
  return { config, provider: definition, prefix: definition.prefix };
}

export function limitsWith(queue: { max?: number } = {}): Limits {
  return new Limits({ now: () => Date.now(), settings: () => ({ max: 100, waitMs: 30_000, spillMs: 250, ...queue }) });
}

type AskOptions = { key?: string; tokens?: number; waitMs?: number; signal?: AbortSignal; model?: string };

export function ask({ key = 'k', tokens = 10, waitMs = 300_000, signal = new AbortController().signal, model }: AskOptions = {}) {
  return { key, tokens, waitMs, signal, ...(model !== undefined && { model }) };
}

export function target(of: Account, model: string): Target {
  return { account: of, model, name: `${of.prefix}/${model}`, dialect: 'openai-chat', endpoint: { baseUrl: 'http://127.0.0.1:9' } };
}

/** A recording by the beginning of its name. */
export function recorded(name: string): Recording {
  const [found] = recordings((entry) => entry.name.startsWith(name));
  if (!found) throw new Error(`no recording ${name}`);
  return found;
}

/** Watches acquire() without waiting for it. */
export function watch(promise: Promise<Permit>): { state: 'waiting' | 'through' | 'refused'; permit?: Permit; error?: unknown } {
  const seen: ReturnType<typeof watch> = { state: 'waiting' };
  promise.then(
    (permit) => Object.assign(seen, { state: 'through', permit }),
    (error: unknown) => Object.assign(seen, { state: 'refused', error }),
  );
  return seen;
}
