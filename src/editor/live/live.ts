import type { AdminApi, GatewayEvent } from '../admin/api.ts';
import type { Disposable, Event } from '../emitter.ts';
import type { Link, LinkState } from '../link/link.ts';
import { type Clock, dayAround, systemClock } from './clock.ts';
import { Notices } from './notices.ts';
import { Reading } from './reading.ts';
import { READS, type ReadName, read, readOf } from './reads.ts';
import type { Live, Slice, Snapshot } from './snapshot.ts';
import { State } from './state.ts';

export interface LiveOptions {
  log: { debug(message: string): void; warn(message: string): void };
  clock?: Clock;
}

/** Follows the gateway from now on. */
export function createLive(link: Pick<Link, 'state' | 'onDidChange'>, admin: AdminApi, options: LiveOptions): Live {
  return new Follower(link, admin, options);
}

/** How long changes gather before they are read: what tells of them comes in bursts. */
const SOON_MS = 200;
/** Sums that every request changes; what can be added up is added at once. */
const SUMS_MS = 5000;
/** Figures of limits move with every answer of a provider. */
const QUOTA_MS = 1000;
const PAUSES_MS = [250, 1000, 3000, 10_000];
/** A machine that slept through midnight finds out within this time: timers do not run meanwhile. */
const DAY_CHECK_MS = 15 * 60_000;

class Follower implements Live {
  readonly #admin: AdminApi;
  readonly #log: LiveOptions['log'];
  readonly #clock: Clock;
  readonly #state: State;
  readonly #notices: Notices;
  readonly #readings: ReadonlyMap<ReadName, Reading>;
  readonly #listening: Disposable;
  /** Of the gateway that is followed now; aborted when it is another one's turn. */
  #session: AbortController | undefined;
  #failures = 0;
  #pause: Disposable | undefined;
  #midnight: Disposable | undefined;
  #day: { from: number; until: number };
  #disposed = false;

  constructor(link: Pick<Link, 'state' | 'onDidChange'>, admin: AdminApi, { log, clock = systemClock }: LiveOptions) {
    this.#admin = admin;
    this.#log = log;
    this.#clock = clock;
    this.#notices = new Notices(clock, (error) => log.warn(`a view failed: ${told(error)}`));
    this.#state = new State(link.state, (slices) => this.#notices.changed(slices));
    this.#readings = new Map(READS.map((name) => [name, new Reading(clock, () => this.#read(name))]));
    this.#day = dayAround(clock.now());
    this.#awaitMidnight();
    this.#listening = link.onDidChange((state) => this.#linked(state));
    this.#linked(link.state);
  }

  get snapshot(): Snapshot {
    return this.#state.snapshot;
  }

  get onDidChange(): Event<ReadonlySet<Slice>> {
    return this.#notices.event;
  }

  async refresh(...slices: Slice[]): Promise<void> {
    this.#checkDay();
    const names = slices.length === 0 ? READS : new Set(slices.flatMap((slice) => readOf(slice) ?? []));
    await Promise.all([...names].map((name) => this.#readings.get(name)?.now()));
  }

  dispose(): void {
    this.#disposed = true;
    this.#listening.dispose();
    this.#session?.abort();
    this.#pause?.dispose();
    this.#midnight?.dispose();
    for (const reading of this.#readings.values()) reading.dispose();
    this.#notices.dispose();
  }

  #linked(state: LinkState): void {
    const same = sameGateway(this.#state.snapshot.link, state);
    this.#state.linked(state);
    if (same && this.#session) return;
    this.#failures = 0;
    this.#leave();
    if (state.is === 'ready') void this.#follow();
    // Between two owners, what is under way may still be told of by the next.
    else if (state.is !== 'connecting') this.#state.forgetRunning();
  }

  #leave(): void {
    this.#session?.abort();
    this.#session = undefined;
    this.#pause?.dispose();
    this.#pause = undefined;
  }

  /** Listens until the gateway goes, then anew: what happened in between is read. */
  async #follow(): Promise<void> {
    const session = new AbortController();
    this.#session = session;
    let opened = false;
    const isOpen = (): void => {
      opened = true;
      this.#failures = 0;
      void this.#readAll(session);
    };
    try {
      for await (const event of this.#admin.events(session.signal, isOpen)) this.#take(event);
    } catch (error) {
      if (!session.signal.aborted) this.#log.warn(`the gateway's events cannot be read: ${told(error)}`);
    }
    if (session.signal.aborted || this.#disposed) return;
    if (!opened) await this.#readAll(session);
    if (session.signal.aborted) return;
    const ms = PAUSES_MS[Math.min(this.#failures++, PAUSES_MS.length - 1)] ?? 0;
    this.#pause = this.#clock.after(ms, () => void this.#follow());
  }

  async #readAll(session: AbortController): Promise<void> {
    this.#state.forgetRunning();
    await this.refresh();
    if (!session.signal.aborted) this.#state.loaded();
  }

  /** Never rejects: what cannot be read stays as it was. */
  async #read(name: ReadName): Promise<void> {
    const signal = this.#session?.signal;
    if (!signal || signal.aborted) return;
    try {
      const day = this.#day;
      const brought = await read(name, this.#admin, day.from, signal);
      // Sums of yesterday, when midnight came in between.
      if (!signal.aborted && (name !== 'today' || day === this.#day)) this.#state.brought(brought);
    } catch (error) {
      if (!signal.aborted) this.#log.warn(`${name} cannot be read: ${told(error)}`);
    }
  }

  #take(event: GatewayEvent): void {
    switch (event.type) {
      case 'request-started':
      case 'first-token':
      case 'attempt-failed':
        this.#state.took(event);
        break;
      case 'request-finished':
        this.#finished(event);
        break;
      case 'health-changed':
        this.#soon(SOON_MS, 'health', 'accounts');
        break;
      case 'quota-changed':
        this.#soon(QUOTA_MS, 'quota');
        break;
      case 'budget-warning':
        this.#soon(SOON_MS, 'budgets');
        break;
      case 'config-changed':
        this.#soon(SOON_MS, 'accounts', 'combos', 'models', 'budgets', 'health', 'quota');
        break;
      case 'models-changed':
        this.#soon(SOON_MS, 'models');
        break;
      case 'dropped':
        this.#log.debug(`${event.count} events were missed`);
        this.#state.forgetRunning();
        this.#soon(SOON_MS, ...READS);
        break;
    }
  }

  #finished(event: Extract<GatewayEvent, { type: 'request-finished' }>): void {
    this.#checkDay();
    this.#state.took(event);
    if (event.record && event.record.at >= this.#day.from) this.#state.counted(event.record);
    this.#soon(SUMS_MS, 'today');
    if (this.#state.hasBudgets) this.#soon(SUMS_MS, 'budgets');
  }

  #soon(ms: number, ...names: ReadName[]): void {
    for (const name of names) this.#readings.get(name)?.soon(ms);
  }

  #awaitMidnight(): void {
    const left = Math.max(0, this.#day.until - this.#clock.now());
    this.#midnight = this.#clock.after(Math.min(left, DAY_CHECK_MS), () => {
      this.#checkDay();
      this.#awaitMidnight();
    });
  }

  #checkDay(): void {
    const now = this.#clock.now();
    if (now >= this.#day.from && now < this.#day.until) return;
    this.#day = dayAround(now);
    this.#state.newDay();
    this.#soon(SOON_MS, 'today', 'budgets');
  }
}

function sameGateway(a: LinkState, b: LinkState): boolean {
  return a.is === 'ready' && b.is === 'ready' && a.url === b.url && a.pid === b.pid;
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
