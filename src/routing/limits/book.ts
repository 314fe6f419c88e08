import type { Account } from '../../accounts/account.ts';
import type { Settings } from '../../config/schema.ts';
import type { Block } from '../block.ts';
import type { LimitBook, LimitEntry, Permit } from '../books.ts';
import type { Target } from '../target.ts';
import { readWindows } from './headers.ts';
import { HourCount } from './hour-count.ts';
import { type Ask, Lane } from './lane.ts';
import type { Headers } from './reading.ts';

export interface LimitsInit {
  now(): number;
  settings(): Settings['queue'];
}

/**
 * The limits of every account, by its id; an `Account` that is another object (a changed config) brings its limits with it.
 *
 * Wherever a `model` (the vendor's id) can be given, it is optional: what was learned with one holds for requests that name it, what
 * was learned without one for all of the account's.
 */
export class Limits implements LimitBook {
  readonly #init: LimitsInit;
  readonly #lanes = new Map<string, Lane>();
  readonly #used = new Map<string, HourCount>();

  constructor(init: LimitsInit) {
    this.#init = init;
  }

  acquire(account: Account, ask: Ask): Promise<Permit> {
    return this.#lane(account).acquire(ask);
  }

  learn(account: Account, headers: Headers, model?: string): void {
    const readings = readWindows(account.provider, headers, this.#init.now());
    // Not `#lane`: an answer to a request of before a change must not bring the old limits back.
    if (readings.length > 0) this.#laneOf(account).learn(readings, model);
  }

  wait(account: Account, model?: string): number {
    return this.#lanes.has(account.config.id) ? this.#lane(account).wait(model) : 0;
  }

  running(account: Account): number {
    const lane = this.#lanes.get(account.config.id);
    return lane ? lane.running + lane.waiting : 0;
  }

  blocked(account: Account, model?: string): Block | undefined {
    return this.#lanes.get(account.config.id)?.windows.block(account.config.headroom, model, this.#init.now());
  }

  started(target: Target): void {
    const name = nameOf(target);
    const count = this.#used.get(name) ?? new HourCount();
    this.#used.set(name, count);
    count.add(this.#init.now());
  }

  used(target: Target): number {
    return this.#used.get(nameOf(target))?.count(this.#init.now()) ?? 0;
  }

  list(): LimitEntry[] {
    const now = this.#init.now();
    return [...this.#lanes].map(([account, lane]) => {
      const { rpm = lane.windows.perMinute('requests', undefined, now)?.limit, ...limits } = lane.account.config.limits ?? {};
      const tpm = limits.tpm ?? lane.windows.perMinute('tokens', undefined, now)?.limit;
      return {
        account,
        running: lane.running,
        waiting: lane.waiting,
        ...limits,
        ...(rpm !== undefined && { rpm }),
        ...(tpm !== undefined && { tpm }),
        windows: lane.windows.list(now),
      };
    });
  }

  /** The account's lane, with the limits of this config. */
  #lane(account: Account): Lane {
    const lane = this.#laneOf(account);
    lane.adopt(account);
    return lane;
  }

  #laneOf(account: Account): Lane {
    const { id } = account.config;
    const lane = this.#lanes.get(id) ?? new Lane(account, this.#init.now, this.#init.settings);
    this.#lanes.set(id, lane);
    return lane;
  }
}

function nameOf({ account, model }: Target): string {
  return `${account.config.id}\n${model}`;
}
