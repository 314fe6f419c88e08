import { AdminClient } from '../../../src/editor/admin/client.ts';
import type { Clock } from '../../../src/editor/live/clock.ts';
import { createLive } from '../../../src/editor/live/live.ts';
import type { Live, Slice, Snapshot } from '../../../src/editor/live/snapshot.ts';
import { ask } from '../../sdk/ask.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../../sdk/house.ts';
import { PROMPTS } from '../../sdk/prompts.ts';
import { type ScriptedProvider, scriptedProvider } from '../../upstream/scripted-provider.ts';
import { HttpLink } from '../http-link.ts';

/** A clock that stands still until it is moved; timers run in their order. */
export class HandClock implements Clock {
  #now: number;
  #timers: { at: number; call: () => void }[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): { dispose(): void } {
    const timer = { at: this.#now + ms, call };
    this.#timers.push(timer);
    const dispose = (): void => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
    return { dispose };
  }

  move(ms: number): void {
    const until = this.#now + ms;
    for (let next = this.#due(until); next; next = this.#due(until)) {
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
    }
    this.#now = until;
  }

  #due(until: number): { at: number; call: () => void } | undefined {
    return this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  }
}

/** Resolves once the snapshot is so; the test's own time limit ends the wait. */
export function until(live: Live, holds: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
  return new Promise((resolve) => {
    if (holds(live.snapshot)) return resolve(live.snapshot);
    const listening = live.onDidChange(() => {
      if (!holds(live.snapshot)) return;
      listening.dispose();
      resolve(live.snapshot);
    });
  });
}

/** A gateway with two accounts in one combo, a window that follows it, and another client of it. */
export interface LiveHouse {
  provider: ScriptedProvider;
  gateway: RunningGateway;
  link: HttpLink;
  live: Live;
  /** What was told, in order. */
  told: ReadonlySet<Slice>[];
  other: AdminClient;
  warnings: string[];
  ask(model: string, stream?: boolean): Promise<unknown>;
  /** The gateway ends, and another one starts on a port of its own. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function liveHouse(clock?: Clock): Promise<LiveHouse> {
  const provider = await scriptedProvider();
  const config = {
    ...configFor([accountFor('openai-chat', provider.url, 0), accountFor('openai-chat', provider.url, 1)]),
    combos: [{ name: 'best', targets: ['chat/a', 'chat-1/b'] }],
    prices: { 'chat*/*': { input: 1, output: 2 } },
  };
  const link = new HttpLink();
  const warnings: string[] = [];
  const admin = new AdminClient(link);
  const live = createLive(link, admin, { log: { debug: () => {}, warn: (text) => warnings.push(text) }, ...(clock ? { clock } : {}) });
  const told: ReadonlySet<Slice>[] = [];
  live.onDidChange((slices) => told.push(slices));
  const gateway = await gatewayWith(config);
  link.to(gateway);
  const house: LiveHouse = {
    provider,
    gateway,
    link,
    live,
    told,
    other: admin,
    warnings,
    ask: (model, stream = false) => ask('openai-chat', { target: house.gateway, model, stream, body: PROMPTS['openai-chat'] }),
    restart: async () => {
      await house.gateway.close();
      link.is({ is: 'connecting' });
      house.gateway = await gatewayWith({ ...config, combos: [] });
      link.to(house.gateway, process.pid + 1);
    },
    close: async () => {
      live.dispose();
      await house.gateway.close();
      await provider.close();
    },
  };
  return house;
}
