import { notEqual, ok } from 'node:assert/strict';
import { createServer } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import type { EditorHouse } from '../house.ts';
import type { Scenario } from '../stage.ts';
import { until } from '../until.ts';
import type { EditorWindow } from '../window.ts';

/** Two seconds; more where other jobs have the cores. */
const takeoverMs = (): number => 2000 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

export const windows: Scenario = {
  name: 'windows',
  title: 'three windows, one gateway: another owns it within two seconds when the owner closes or is killed; a reload brings it back',
  run: async ({ editor, note }) => {
    const house = await editor();
    const open: { window: EditorWindow; host: number }[] = [];
    for (const name of ['one', 'two', 'three']) {
      const window = await house.open(join(house.rooms.base, name));
      await house.gateway();
      const host = await until('its extension host runs', () =>
        house.extensionHosts().find((pid) => !open.some((entry) => entry.host === pid)),
      );
      await until(`window ${name} is attached`, () => statusReady(window));
      open.push({ window, host });
    }
    const first = await ownerOf(house);
    const closing = open.find(({ host }) => host === first);
    ok(closing, `the owner ${first} is one of our windows`);
    await closing.window.close();
    note(`owner closed: another owns the port ${await takeover(house, first)} ms after the page was gone`);

    const second = await ownerOf(house);
    process.kill(second, 'SIGKILL');
    note(`owner's extension host killed: another owns the port after ${await takeover(house, second)} ms`);

    const third = await ownerOf(house);
    const last = open.find(({ host }) => host === third);
    ok(last, `the owner ${third} is one of our windows`);
    const [silence] = await Promise.all([silenceUntil(house, third), last.window.reload()]);
    note(`owner's window reloaded: nobody answered for ${silence} ms`);
  },
};

export const stranger: Scenario = {
  name: 'stranger',
  title: 'a port taken by another program: said whose it is, and the next free one used',
  run: async ({ editor, note }) => {
    const house = await editor();
    const server = createServer((_request, response) => response.end('not a gateway')).listen(house.port, '127.0.0.1');
    try {
      const window = await house.open();
      const { url } = await until('the gateway tells where it listens', () => JSON.parse(house.data('gateway.json')) as { url: string });
      notEqual(url, house.origin);
      note(`listens on ${url} instead of ${house.origin}`);
      await window.notification(String(house.port)).first().waitFor();
      note(`told: ${(await window.notification(String(house.port)).first().textContent())?.trim()}`);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  },
};

export const leaving: Scenario = {
  name: 'leaving',
  title: 'disabled, it leaves nothing listening; closed, neither',
  run: async ({ editor }) => {
    const house = await editor();
    const first = await house.open();
    await house.gateway();
    await first.close();
    await until('nothing listens once the window is closed', () => gone(house));

    const second = await house.open();
    await house.gateway();
    await second.command('Extensions: Disable All Installed Extensions');
    await second.command('Developer: Reload Window');
    await until('nothing listens once it is disabled', () => gone(house));
    await second.stands();
    await until('the extension hosts of before have ended', () => house.extensionHosts().length === 1);
    ok(await gone(house), 'nothing listens in the window without it');
  },
};

async function statusReady(window: EditorWindow): Promise<boolean> {
  return (await window.statusItems.count()) > 0;
}

/** Process id of the gateway's window. */
async function ownerOf(house: EditorHouse): Promise<number> {
  const { pid } = (await (await house.ask('/admin/status')).json()) as { pid: number };
  return pid;
}

async function takeover(house: EditorHouse, before: number): Promise<number> {
  const began = performance.now();
  await until('another window owns the gateway', async () => (await ownerOf(house)) !== before);
  const ms = Math.round(performance.now() - began);
  const most = takeoverMs();
  ok(ms < most, `took ${ms} ms, more than ${most}`);
  return ms;
}

/** How long nobody answers at most, until another process owns the gateway. */
async function silenceUntil(house: EditorHouse, before: number): Promise<number> {
  let heard = performance.now();
  let longest = 0;
  await until('another process owns the gateway after the reload', async () => {
    const pid = await ownerOf(house);
    longest = Math.max(longest, performance.now() - heard);
    heard = performance.now();
    return pid !== before;
  });
  return Math.round(longest);
}

async function gone(house: EditorHouse): Promise<boolean> {
  try {
    await house.ask('/health');
    return false;
  } catch {
    return true;
  }
}
