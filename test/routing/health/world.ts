import type { Account } from '../../../src/accounts/account.ts';
import { accountSchema, type Settings } from '../../../src/config/schema.ts';
import { type FailureClass, GatewayError, type GatewayErrorInit } from '../../../src/conversation/error.ts';
import { providerById } from '../../../src/providers/catalogue.ts';
import type { Endpoint } from '../../../src/providers/provider.ts';
import { Health } from '../../../src/routing/health/book.ts';
import type { Target } from '../../../src/routing/target.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const START = Date.parse('2026-03-01T12:00:00Z');

/** A health book with a clock that only moves when told to, and accounts that can be changed under it. */
export class World {
  now = START;
  random = 0.5;
  changes = 0;
  settings: Settings['health'] = { breakerFailures: 6, breakerOpenMs: 10 * SECOND, breakerMaxOpenMs: 5 * MINUTE };
  readonly accounts = new Map<string, Account>();
  health = this.#book();

  #book(): Health {
    return new Health({
      now: () => this.now,
      random: () => this.random,
      settings: () => this.settings,
      accountOf: (id) => this.accounts.get(id),
      changed: () => {
        this.changes += 1;
      },
    });
  }

  account(id: string, provider = 'openai', more: Record<string, unknown> = {}): Account {
    const found = providerById(provider);
    if (!found) throw new Error(`no provider ${provider}`);
    const config = accountSchema.parse({ id, provider, name: id, credential: { secret: `account/${id}` }, ...more });
    const account = { config, provider: found, prefix: found.prefix };
    this.accounts.set(id, account);
    return account;
  }

  /** A target of a known account, or of a new OpenAI one. */
  target(id = 'a', model = 'm'): Target {
    const account = this.accounts.get(id) ?? this.account(id);
    const [dialect, endpoint] = Object.entries(account.provider.endpoints)[0] as [Target['dialect'], Endpoint];
    return { account, model, name: `${account.prefix}/${model}`, dialect, endpoint };
  }

  pass(ms: number): void {
    this.now += ms;
  }

  /** What survives the end of the process: the JSON text, read by a new book. */
  restart(downMs = 0): void {
    const saved = JSON.stringify(this.health.toJSON());
    this.now += downMs;
    this.health = this.#book();
    this.health.restore(JSON.parse(saved));
  }

  /** Milliseconds until the target may be asked; 0: now, Infinity: not by itself. */
  waitFor(target: Target): number {
    const block = this.health.blocked(target);
    return block ? (block.until ?? Number.POSITIVE_INFINITY) - this.now : 0;
  }
}

export function failure(kind: FailureClass, more: Partial<GatewayErrorInit> = {}): GatewayError {
  return new GatewayError({ class: kind, message: `it was ${kind}`, ...more });
}
