import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GatewayHost, type GatewayState } from '../../src/editor/gateway-host.ts';
import { memoryVault } from './memory-vault.ts';

interface Started {
  host: GatewayHost;
  vault: ReturnType<typeof memoryVault>;
  states: GatewayState[];
  settled: Promise<GatewayState>;
}

async function start(port: number): Promise<Started> {
  const dataDir = await mkdtemp(join(tmpdir(), 'omniroute-host-'));
  const vault = memoryVault();
  const states: GatewayState[] = [];
  let settle: (state: GatewayState) => void = () => {};
  const settled = new Promise<GatewayState>((resolve) => {
    settle = resolve;
  });
  const changed = (state: GatewayState): void => {
    states.push(state);
    settle(state);
  };
  const script = new URL('../../src/editor/gateway-worker.ts', import.meta.url);
  return { host: new GatewayHost(script, { dataDir, port }, vault, { log: () => {}, changed }), vault, states, settled };
}

describe('the gateway in its worker thread', () => {
  it('listens, keeps its key in the vault of the editor, and answers with it', async () => {
    const { host, vault, settled } = await start(0);
    const state = await settled;
    if (state.is !== 'listening') throw new Error(JSON.stringify(state));
    const key = [...vault.all.values()][0] ?? '';
    expect((await fetch(`${state.url}/health`, { headers: { 'x-api-key': key } })).status).toBe(200);
    await host.stop();
    expect(host.state).toEqual({ is: 'stopped' });
    await expect(fetch(`${state.url}/health`)).rejects.toThrow();
  });

  it('says that the port is taken', async () => {
    const first = await start(0);
    const state = await first.settled;
    if (state.is !== 'listening') throw new Error(JSON.stringify(state));
    const second = await start(Number(new URL(state.url).port));
    expect(await second.settled).toMatchObject({ is: 'failed', code: 'EADDRINUSE' });
    await first.host.stop();
  });

  it('ends when it is stopped before it listens', async () => {
    const { host } = await start(0);
    await host.stop();
    expect(host.state).toEqual({ is: 'stopped' });
  });
});
