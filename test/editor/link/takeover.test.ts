import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { houseForEach } from './house.ts';
import { agreed, ask } from './windows.ts';

const houses = houseForEach();

/** Two seconds, on a machine that has not much more to do at once than it has processors for. */
const limitMs = (): number => 2000 * Math.max(1, (loadavg()[0] ?? 0) / (2 * availableParallelism()));

describe('three windows', () => {
  it('use the gateway of the first', async () => {
    const house = houses.now();
    const [owner, ...attached] = await house.windows(3);
    expect((await agreed([owner, ...attached])).owner).toBe(owner);
    expect(owner.state).toMatchObject({ port: house.port });
    expect(owner.state).not.toHaveProperty('instead');
    for (const window of attached) expect((await ask(window)).body).toContain('Still here?');
  });

  it('have another owner within two seconds after the first was killed, and every request is answered', async () => {
    const house = houses.now();
    const [owner, ...attached] = await house.windows(3);
    const killed = Date.now();
    owner.signal('SIGKILL');
    const answers = Promise.all(attached.flatMap((window) => [ask(window), window.request('/admin/status')]));
    const { at, port } = await agreed(attached, owner.pid);
    console.log(`taken over ${at - killed} ms after kill -9`);
    expect(at - killed).toBeLessThan(limitMs());
    expect(port).toBe(house.port);
    expect((await answers).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('have another owner at once when the first closes', async () => {
    const house = houses.now();
    const [owner, ...attached] = await house.windows(3);
    const closed = Date.now();
    const stopping = owner.stop();
    const answers = Promise.all(attached.flatMap((window) => [ask(window), window.request('/admin/status')]));
    const { at } = await agreed(attached, owner.pid);
    const stoppedMs = await stopping;
    console.log(`taken over ${at - closed} ms after it began to close, which took ${stoppedMs} ms`);
    expect(at - closed).toBeLessThan(limitMs());
    expect(stoppedMs).toBeLessThan(3000);
    expect((await answers).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('stay with an owner that is stopped for a while, and have their answers when it goes on', async () => {
    const house = houses.now();
    const [owner, ...attached] = await house.windows(3);
    owner.signal('SIGSTOP');
    const answers = attached.map(ask);
    // A window that comes now takes no other port: the owner has said where it is, and its process is there.
    const late = house.window();
    await late.connected;
    owner.signal('SIGCONT');
    for (const answer of answers) expect((await answer).status).toBe(200);
    expect((await agreed([owner, ...attached, late])).owner).toBe(owner);
    for (const window of attached) expect(window.states.map(({ is }) => is)).toEqual(['ready']);
  });

  it('go on from one to the next until the last has gone, and nothing is left', async () => {
    const house = houses.now();
    const windows = await house.windows(3);
    for (let left = [...windows]; left.length > 0; ) {
      const { owner } = await agreed(left);
      // The process ends by itself, so nothing of the link holds it.
      await owner.stop();
      left = left.filter((window) => window !== owner);
    }
    await expect(readFile(join(house.dataDir, 'gateway.json'))).rejects.toThrow('ENOENT');
    await expect(fetch(`http://127.0.0.1:${house.port}/health`)).rejects.toThrow();
  });

  it('that start at once end with one gateway', async () => {
    const house = houses.now();
    const windows = Array.from({ length: 5 }, () => house.window());
    const { port } = await agreed(windows);
    expect(port).toBe(house.port);
    const { keys } = JSON.parse(await readFile(join(house.dataDir, 'config.json'), 'utf8')) as { keys: { name: string }[] };
    expect(keys.map(({ name }) => name)).toEqual(['default']);
    expect((await Promise.all(windows.map(ask))).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  it('are all served by the next gateway when the owner starts it anew', async () => {
    const house = houses.now();
    const windows = await house.windows(2);
    windows[0].restart();
    await Promise.all(windows.map((window) => window.until(() => window.states.some(({ is }) => is === 'connecting'))));
    await agreed(windows);
    for (const window of windows) expect((await ask(window)).status).toBe(200);
  });
});
