import type { Vault } from '../../accounts/vault.ts';
import { GatewayHost, type GatewayState, type HostHooks } from '../gateway-host.ts';
import type { WorkerInput } from '../worker-protocol.ts';

type Settled = Extract<GatewayState, { is: 'listening' | 'failed' | 'stopped' }>;

export interface OwnOptions {
  workerScript: URL | string;
  vault: Vault;
  hooks: Omit<HostHooks, 'changed'>;
}

/** The gateway in this window's own process. */
export class OwnGateway {
  readonly #host: GatewayHost;
  /** Resolves when it listens or has failed to. */
  readonly settled: Promise<Settled>;

  constructor(input: WorkerInput, { workerScript, vault, hooks }: OwnOptions) {
    let settle: (state: Settled) => void = () => {};
    this.settled = new Promise((resolve) => {
      settle = resolve;
    });
    const changed = (state: GatewayState): void => {
      if (state.is === 'listening') hooks.log(`the gateway of this window listens on ${state.url}`);
      if (state.is !== 'starting') settle(state);
    };
    this.#host = new GatewayHost(workerScript, input, vault, { ...hooks, changed });
  }

  /** What it crashed of, if it did. */
  get crash(): string | undefined {
    const { state } = this.#host;
    return state.is === 'failed' && state.crashed ? state.message : undefined;
  }

  /** Resolves when its thread has ended. */
  get exited(): Promise<void> {
    return this.#host.exited;
  }

  /** Frees the port at once, saves, and ends. */
  async stop(): Promise<void> {
    await this.#host.stop();
  }
}
