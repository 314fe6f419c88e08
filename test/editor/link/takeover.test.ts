import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundled, House, type Window } from './windows.ts';

let folder: string;
let bundle: { window: string; worker: string };
let house: House;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omniroute-link-bundle-'));
  bundle = await bundled(folder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  house = await House.open(bundle);
});
afterEach(() => house.close());

const chat = { model: 'demo/echo', messages: [{ role: 'user', content: 'Still here?' }] };
const ask = (window: Window) => window.request('/v1/chat/completions', 'POST', chat);

/** Of the windows left exactly one owns the gateway, and all are on it. */
async function agreed(windows: Window[], not: number): Promise<{ owner: Window; port: number; at: number }> {
  const states = await Promise.all(windows.map((window) => window.ready((state) => state.pid !== not)));
  expect(states.filter((state) => state.owner)).toHaveLength(1);
  expect(new Set(states.map((state) => `${state.port} ${state.pid}`)).size).toBe(1);
  const owner = windows[states.findIndex((state) => state.owner)];
  if (!owner) throw new Error('nobody owns it');
  expect(states[0]?.pid).toBe(owner.pid);
  return { owner, port: states[0]?.port ?? 0, at: Math.max(...states.map((state) => state.at)) };
}

describe('three windows', () => {
  it('use the gateway of the first', async () => {
    const [owner, ...attached] = await house.windows(3);
    expect((await agreed([owner, ...attached], 0)).owner).toBe(owner);
    expect(owner.state).toMatchObject({ port: house.port, instead: undefined });
    for (const window of attached) expect((await ask(window)).body).toContain('Still here?');
  });

  it('have another owner within two seconds after the first was killed, and every request is answered', async () => {
    const [owner, ...attached] = await house.windows(3);
    const killed = Date.now();
    owner.signal('SIGKILL');
    const answers = Promise.all(attached.flatMap((window) => [ask(window), window.request('/admin/status')]));
    const { at, port } = await agreed(attached, owner.pid);
    console.log(`taken over ${at - killed} ms after kill -9`);
    expect(at - killed).toBeLessThan(2000);
    expect(port).toBe(house.port);
    expect((await answers).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('have another owner at once when the first closes', async () => {
    const [owner, ...attached] = await house.windows(3);
    const closed = Date.now();
    const stopping = owner.stop();
    const answers = Promise.all(attached.flatMap((window) => [ask(window), window.request('/admin/status')]));
    const { at } = await agreed(attached, owner.pid);
    const stoppedMs = await stopping;
    console.log(`taken over ${at - closed} ms after it began to close, which took ${stoppedMs} ms`);
    expect(at - closed).toBeLessThan(2000);
    expect(stoppedMs).toBeLessThan(3000);
    expect((await answers).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});
