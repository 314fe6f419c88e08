import { setTimeout as pause } from 'node:timers/promises';
import type { Vault } from '../../accounts/vault.ts';
import type { HostHooks } from '../gateway-host.ts';
import { CONFIG_BROKEN } from '../worker-protocol.ts';
import { claimStart } from './claim.ts';
import { Crashes } from './crashes.ts';
import { OwnGateway } from './own-gateway.ts';
import { crashedText } from './texts.ts';

export interface LauncherOptions {
  /** The folder of config.json; all windows of an installation have the same. */
  dataDir: string;
  vault: Vault;
  /** The bundled gateway-worker.ts. */
  workerScript: URL | string;
  log: (line: string) => void;
  /** Variables for accounts whose key is in the environment, beside the process's own. */
  env?: Record<string, string | undefined>;
  /** What else this window does for a gateway that it runs. */
  hooks?: Omit<HostHooks, 'changed' | 'log'>;
}

/** What the search for a gateway came to, when it was not reached. `elsewhere`: another window starts one. */
export type Missed = { is: 'again' } | { is: 'elsewhere' } | Failure;
export interface Failure {
  is: 'failed';
  reason: 'config' | 'ports' | 'crashed' | 'other';
  message: string;
}

/** Windows that lose their gateway do not all start one in the same moment: the first is found by the rest. */
const JITTER_MS = 60;
/** For a thread whose connection has ended to end itself, before it is looked for again. */
const DYING_MS = 1000;
/** A port that nobody answers on and that could not be bound so often is passed by. */
const MOST_UNBOUND = 3;

/** Starts the gateway's thread in this window, at most one, and remembers what came of it. */
export class Launcher {
  readonly #options: LauncherOptions;
  readonly #crashes = new Crashes();
  /** How often a port that was free to look at could not be bound. */
  readonly #unbound = new Map<number, number>();
  #own: OwnGateway | undefined;

  constructor(options: LauncherOptions) {
    this.#options = options;
  }

  /** Whether this window has one. */
  get has(): boolean {
    return this.#own !== undefined;
  }

  /** Ports that are free to look at, but cannot be bound. */
  get unusable(): ReadonlySet<number> {
    return new Set([...this.#unbound].flatMap(([port, times]) => (times >= MOST_UNBOUND ? [port] : [])));
  }

  /** Ports are looked at anew: a gateway is there, or none is left to try. */
  forgetPorts(): void {
    this.#unbound.clear();
  }

  /** The user wants it to be tried again. */
  forgetCrashes(): void {
    this.#crashes.clear();
  }

  /** Starts the gateway on a port; says why it does not run. */
  async start(port: number, signal: AbortSignal): Promise<Missed | undefined> {
    if (this.#crashes.tooMany(Date.now())) return { is: 'failed', reason: 'crashed', message: crashedText(this.#crashes.last) };
    await this.#own?.stop();
    const release = await claimStart(this.#options.dataDir);
    if (!release) return { is: 'elsewhere' };
    return await this.#launch(port, signal).finally(release);
  }

  /** Frees the port at once, saves, and ends. */
  async stop(): Promise<void> {
    const own = this.#own;
    this.#own = undefined;
    await own?.stop();
  }

  /** The gateway is gone; one of our own may have crashed. */
  async left(signal: AbortSignal): Promise<Missed | undefined> {
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
}
