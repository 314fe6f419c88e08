import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Vault } from '../../accounts/vault.ts';
import { Emitter, type Event } from '../emitter.ts';
import type { HostHooks } from '../gateway-host.ts';
import { CONFIG_BROKEN } from '../worker-protocol.ts';
import { claimStart } from './claim.ts';
import { backOffMs, Crashes } from './crashes.ts';
import { type Found, find, meet, type Ours, type Taken } from './find.ts';
import { takenKey } from './good-key.ts';
import type { Installation } from './installation.ts';
import type { Endpoint, Link, LinkRequest, LinkState, TakenPort } from './link.ts';
import { LinkError } from './link-error.ts';
import { OwnGateway } from './own-gateway.ts';
import { type Reached, requestUntilAnswered } from './request.ts';
import { Unanswered } from './send.ts';
import type { Watch } from './shake.ts';
import { crashedText, fullText, holderText, stoppedText } from './texts.ts';

export interface LinkOptions {
  /** The folder of config.json; all windows of an installation have the same. */
  dataDir: string;
  /** The port that the user wants; a function is asked at each start. */
  port: number | (() => number | Promise<number>);
  vault: Vault;
  /** The bundled gateway-worker.ts. */
  workerScript: URL | string;
  log: (line: string) => void;
  /** Variables for accounts whose key is in the environment, beside the process's own. */
  env?: Record<string, string | undefined>;
  /** What else this window does for a gateway that it runs. */
  hooks?: Omit<HostHooks, 'changed' | 'log'>;
}

/** A link that looks for its gateway from now on. */
export function createLink(options: LinkOptions): GatewayLink {
  const link = new GatewayLink(options);
  link.start();
  return link;
}

/** Windows that lose their gateway do not all start one in the same moment: the first is found by the rest. */
const JITTER_MS = 60;
/** For a thread whose connection has ended to end itself, before it is looked for again. */
const DYING_MS = 1000;
/** A gateway that is lost sooner is looked for with growing patience. */
const STEADY_MS = 1000;
/** Until the next look while another window starts a gateway. */
const ELSEWHERE_MS = 40;
/** A port that nobody answers on and that could not be bound so often is passed by. */
const MOST_UNBOUND = 3;

/** What the search for a gateway came to, when it was not reached. `elsewhere`: another window starts one. */
type Missed = { is: 'again' } | { is: 'elsewhere' } | { is: 'failed'; reason: 'config' | 'ports' | 'crashed' | 'other'; message: string };

/** See Link. Between start() and stop() one loop runs: find or start, be connected until that ends, and again. */
export class GatewayLink implements Link {
  readonly #options: LinkOptions;
  readonly #emitter: Emitter<LinkState>;
  readonly #crashes = new Crashes();
  #state: LinkState = { is: 'connecting' };
  #reached: Reached | undefined;
  #own: OwnGateway | undefined;
  #run: { ended: Promise<void>; abort: AbortController } | undefined;
  /** How often a port that was free to look at could not be bound. */
  readonly #unbound = new Map<number, number>();

  constructor(options: LinkOptions) {
    this.#options = options;
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

  async ready(signal?: AbortSignal): Promise<Endpoint> {
    return (await this.#reach(signal)).endpoint;
  }

  async request(path: string, request: LinkRequest = {}): Promise<Response> {
    return await requestUntilAnswered((signal) => this.#reach(signal), path, request);
  }

  async restart(): Promise<void> {
    this.#become({ is: 'connecting' });
    await this.#leave();
    this.#crashes.clear();
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
    const own = this.#own;
    this.#own = undefined;
    await Promise.all([own?.stop(), run?.ended]);
    // Of two that leave at once only the first ends the loop; the other must not forget one started since.
    if (this.#run === run) this.#run = undefined;
  }

  #reach(signal?: AbortSignal): Promise<Reached> {
    return new Promise((resolve, reject) => {
      const check = (): boolean => {
        if (signal?.aborted) reject(signal.reason);
        else if (this.#reached && !this.#reached.watch.ended) resolve(this.#reached);
        else if (this.#state.is === 'failed') reject(new LinkError(this.#state.reason, this.#state.message));
        else if (this.#state.is === 'stopped') reject(new LinkError('stopped', stoppedText()));
        else return false;
        return true;
      };
      if (check()) return;
      const listening = this.#emitter.event(() => settle());
      const settle = (): void => {
        if (!check()) return;
        listening.dispose();
        signal?.removeEventListener('abort', settle);
      };
      signal?.addEventListener('abort', settle, { once: true });
    });
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
    const found = await find({ wanted, installation, unusable: this.#unusable(), signal });
    switch (found.is) {
      case 'full':
        this.#unbound.clear();
        return { is: 'failed', reason: 'ports', message: fullText(wanted) };
      case 'gateway':
        return await this.#stay(found, wanted, installation, signal);
      case 'free':
        if (this.#crashes.tooMany(Date.now())) return { is: 'failed', reason: 'crashed', message: crashedText(this.#crashes.last) };
        return await this.#startOwn(found, wanted, installation, signal);
    }
  }

  async #startOwn(
    { port, taken }: Extract<Found, { is: 'free' }>,
    wanted: number,
    installation: Installation,
    signal: AbortSignal,
  ): Promise<Missed | undefined> {
    await this.#own?.stop();
    const release = await claimStart(this.#options.dataDir);
    if (!release) return { is: 'elsewhere' };
    const missed = await this.#launch(port, signal).finally(release);
    if (missed) return missed;
    const met = await meet(port, { installation, signal });
    if (met.is !== 'ours') return { is: 'again' };
    return await this.#stay({ is: 'gateway', port, met, taken }, wanted, installation, signal);
  }

  /** Starts the gateway's thread; says why it does not run. */
  async #launch(port: number, signal: AbortSignal): Promise<Missed | undefined> {
    signal.throwIfAborted();
    const { dataDir, env, vault, workerScript, log, hooks } = this.#options;
    const own = new OwnGateway({ dataDir, port, env }, { vault, workerScript, hooks: { ...hooks, log } });
    this.#own = own;
    const state = await own.settled;
    signal.throwIfAborted();
    if (state.is === 'listening') return undefined;
    this.#own = undefined;
    await own.stop();
    if (state.is === 'stopped') return { is: 'again' };
    return state.crashed ? this.#crashed(state.message) : this.#refused(port, state.code, state.message);
  }

  /** Another was there first, or it cannot run. */
  #refused(port: number, code: string | undefined, message: string): Missed {
    if (code === CONFIG_BROKEN) return { is: 'failed', reason: 'config', message };
    // Another window was first; or somebody has it who takes no connections; or it is not for us (a reserved range of Windows).
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      this.#unbound.set(port, (this.#unbound.get(port) ?? 0) + (code === 'EACCES' ? MOST_UNBOUND : 1));
      return { is: 'again' };
    }
    return { is: 'failed', reason: 'other', message };
  }

  #crashed(message: string): Missed {
    this.#options.log(`the gateway's thread has crashed: ${message}`);
    this.#crashes.add(Date.now(), message);
    return { is: 'again' };
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
      const owner = this.#own !== undefined && met.pid === process.pid;
      const freshKey = async (): Promise<string> => await takenKey(port, await installation.key(), agent, signal);
      const key = await orGone(freshKey(), met.watch);
      if (key === undefined) return { is: 'again' };
      const endpoint = { url: `http://127.0.0.1:${port}`, port, key };
      const by = taken && (await holderText(wanted, taken));
      signal.throwIfAborted();
      this.#unbound.clear();
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
      return await this.#left(signal);
    } finally {
      this.#reached = undefined;
      met.watch.close();
      // Else they end by themselves: what was received is still read.
      if (signal.aborted) agent.destroy();
      signal.removeEventListener('abort', leave);
    }
  }

  /** The gateway is gone; one of our own may have crashed. */
  async #left(signal: AbortSignal): Promise<Missed | undefined> {
    const own = this.#own;
    if (own) {
      const dying = new AbortController();
      await Promise.race([own.exited, pause(DYING_MS, undefined, { signal: dying.signal }).catch(() => {})]);
      dying.abort();
      if (own.crash !== undefined) {
        this.#own = undefined;
        return this.#crashed(own.crash);
      }
    } else await pause(Math.random() * JITTER_MS, undefined, { signal });
    return undefined;
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
  async #failed(failure: Extract<Missed, { is: 'failed' }>, signal: AbortSignal): Promise<void> {
    this.#become(failure);
    if (failure.reason === 'config') return await (await this.#installation()).mended(failure.message, signal);
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  async #installation(): Promise<Installation> {
    // Only now: what it needs takes long to load, and the editor waits for what is loaded at the start.
    const { installationOf } = await import('./installation.ts');
    return installationOf(this.#options.dataDir, this.#options.vault);
  }

  #unusable(): ReadonlySet<number> {
    return new Set([...this.#unbound].flatMap(([port, times]) => (times >= MOST_UNBOUND ? [port] : [])));
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
