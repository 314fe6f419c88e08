import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Emitter, type Event } from '../emitter.ts';
import { backOffMs } from './crashes.ts';
import { type Found, find, meet, type Ours, type Taken } from './find.ts';
import { takenKey } from './good-key.ts';
import type { Installation } from './installation.ts';
import { type Failure, Launcher, type LauncherOptions, type Missed } from './launcher.ts';
import type { Endpoint, Link, LinkRequest, LinkState, TakenPort } from './link.ts';
import { untilReached } from './reached.ts';
import { type Reached, requestUntilAnswered } from './request.ts';
import { Unanswered } from './send.ts';
import type { Watch } from './shake.ts';
import { fullText, holderText } from './texts.ts';

export interface LinkOptions extends LauncherOptions {
  /** The port that the user wants; a function is asked at each start. */
  port: number | (() => number | Promise<number>);
}

/** A link that looks for its gateway from now on. */
export function createLink(options: LinkOptions): GatewayLink {
  const link = new GatewayLink(options);
  link.start();
  return link;
}

/** A gateway that is lost sooner is looked for with growing patience. */
const STEADY_MS = 1000;
/** Until the next look while another window starts a gateway. */
const ELSEWHERE_MS = 40;
/** See Link. Between start() and stop() one loop runs: find or start, be connected until that ends, and again. */
export class GatewayLink implements Link {
  readonly #options: LinkOptions;
  readonly #emitter: Emitter<LinkState>;
  readonly #launcher: Launcher;
  #state: LinkState = { is: 'connecting' };
  #reached: Reached | undefined;
  #run: { ended: Promise<void>; abort: AbortController } | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#launcher = new Launcher(options);
    this.#emitter = new Emitter((error) => options.log(`a listener of the link failed: ${String(error)}`));
  }

  get state(): LinkState {
    return this.#state;
  }

  get onDidChange(): Event<LinkState> {
    return this.#emitter.event;
  }

  start(): void {
    if (this.#run) return;
    const abort = new AbortController();
    this.#run = { abort, ended: this.#go(abort.signal) };
  }

  /** The gateway it is connected to. */
  get reached(): Reached | undefined {
    return this.#reached;
  }

  async ready(signal?: AbortSignal): Promise<Endpoint> {
    return (await this.#reach(signal)).endpoint;
  }

  async request(path: string, request: LinkRequest = {}): Promise<Response> {
    return await requestUntilAnswered((signal) => this.#reach(signal), path, request);
  }

  async restart(): Promise<void> {
    this.#become({ is: 'connecting' });
    await this.#leave();
    this.#launcher.forgetCrashes();
    this.start();
  }

  async stop(): Promise<void> {
    this.#become({ is: 'stopped' });
    await this.#leave();
    this.#become({ is: 'stopped' });
  }

  async #leave(): Promise<void> {
    const run = this.#run;
    run?.abort.abort();
    await Promise.all([this.#launcher.stop(), run?.ended]);
    // Of two that leave at once only the first ends the loop; the other must not forget one started since.
    if (this.#run === run) this.#run = undefined;
  }

  #reach(signal?: AbortSignal): Promise<Reached> {
    return untilReached(this, signal);
  }

  async #go(signal: AbortSignal): Promise<void> {
    let tries = 0;
    while (!signal.aborted) {
      try {
        this.#become({ is: 'connecting' });
        const begun = Date.now();
        const missed = await this.#connect(signal);
        if (!missed && Date.now() - begun > STEADY_MS) tries = 0;
        else if (missed?.is === 'failed') await this.#failed(missed, signal);
        else if (missed?.is === 'elsewhere') await pause(ELSEWHERE_MS, undefined, { signal });
        else await pause(backOffMs(tries++), undefined, { signal });
      } catch (error) {
        if (signal.aborted) return;
        await this.#failed({ is: 'failed', reason: 'other', message: textOf(error) }, signal).catch(() => {});
      }
    }
  }

  /** Finds a gateway or starts one, and stays until it ends; says why it could not. */
  async #connect(signal: AbortSignal): Promise<Missed | undefined> {
    const installation = await this.#installation();
    const wanted = await this.#wanted();
    const found = await find({ wanted, installation, unusable: this.#launcher.unusable, signal });
    switch (found.is) {
      case 'full':
        this.#launcher.forgetPorts();
        return { is: 'failed', reason: 'ports', message: fullText(wanted) };
      case 'gateway':
        return await this.#stay(found, wanted, installation, signal);
      case 'free':
        return await this.#startOwn(found, wanted, installation, signal);
    }
  }

  async #startOwn(
    { port, taken }: Extract<Found, { is: 'free' }>,
    wanted: number,
    installation: Installation,
    signal: AbortSignal,
  ): Promise<Missed | undefined> {
    const missed = await this.#launcher.start(port, signal);
    if (missed) return missed;
    const met = await meet(port, { installation, signal });
    if (met.is !== 'ours') return { is: 'again' };
    return await this.#stay({ is: 'gateway', port, met, taken }, wanted, installation, signal);
  }

  /** Connected, until the gateway ends. */
  async #stay(
    { port, met, taken }: { port: number; met: Ours; taken: Taken | undefined } & { is: 'gateway' },
    wanted: number,
    installation: Installation,
    signal: AbortSignal,
  ): Promise<Missed | undefined> {
    const leave = (): void => met.watch.close();
    signal.addEventListener('abort', leave, { once: true });
    const agent = new Agent({ keepAlive: true });
    try {
      const owner = this.#launcher.has && met.pid === process.pid;
      const freshKey = async (): Promise<string> => await takenKey(port, await installation.key(), agent, signal);
      const key = await orGone(freshKey(), met.watch);
      if (key === undefined) return { is: 'again' };
      const endpoint = { url: `http://127.0.0.1:${port}`, port, key };
      const by = taken && (await holderText(wanted, taken));
      signal.throwIfAborted();
      this.#launcher.forgetPorts();
      this.#reached = { endpoint, watch: met.watch, agent, freshKey };
      this.#ready(
        { is: 'ready', owner, url: endpoint.url, port, pid: met.pid, instead: taken && { wanted, by } },
        wanted,
        installation,
        signal,
      );
      await met.watch.end;
      this.#reached = undefined;
      signal.throwIfAborted();
      this.#become({ is: 'connecting' });
      return await this.#launcher.left(signal);
    } finally {
      this.#reached = undefined;
      met.watch.close();
      // Else they end by themselves: what was received is still read.
      if (signal.aborted) agent.destroy();
      signal.removeEventListener('abort', leave);
    }
  }

  #ready(state: Extract<LinkState, { is: 'ready' }>, wanted: number, installation: Installation, signal: AbortSignal): void {
    this.#become(state);
    if (state.port !== wanted && !state.instead) void this.#explain(state, wanted, installation, signal).catch(() => {});
  }

  /** Why the gateway found is on another port than wanted: nobody waits for that. */
  async #explain(state: LinkState & { is: 'ready' }, wanted: number, installation: Installation, signal: AbortSignal): Promise<void> {
    const met = await meet(wanted, { installation, signal });
    if (met.is === 'ours') met.watch.close();
    if (met.is !== 'silent' && met.is !== 'stranger') return;
    const instead: TakenPort = { wanted, by: await holderText(wanted, met) };
    if (this.#state === state) this.#become({ ...state, instead });
  }

  /** Says so, and waits until it is worth another try. */
  async #failed(failure: Failure, signal: AbortSignal): Promise<void> {
    this.#become(failure);
    if (failure.reason === 'config') return await (await this.#installation()).mended(failure.message, signal);
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  async #installation(): Promise<Installation> {
    // Only now: what it needs takes long to load, and the editor waits for what is loaded at the start.
    const { installationOf } = await import('./installation.ts');
    return installationOf(this.#options.dataDir, this.#options.vault);
  }

  async #wanted(): Promise<number> {
    const { port } = this.#options;
    return typeof port === 'function' ? await port() : port;
  }

  #become(state: LinkState): void {
    if (state.is === this.#state.is && (state.is === 'connecting' || state.is === 'stopped')) return;
    this.#state = state;
    this.#emitter.fire(state);
  }
}

/** `undefined` when the gateway ended before it was asked. */
async function orGone(key: Promise<string>, watch: Watch): Promise<string | undefined> {
  return await key.catch((error: unknown) => {
    if (error instanceof Unanswered || watch.ended) return undefined;
    throw error;
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
