import { describe, expect, it } from 'vitest';
import { FileVault } from '../../../src/accounts/file-vault.ts';
import { signOut } from '../../../src/editor/commands/general/sign-out.ts';
import { type House, houseForEach } from './house.ts';
import { ask, type Window } from './windows.ts';

const houses = houseForEach();

/** Asks in both windows again and again while the work is done and once after it; gives all statuses. */
async function asking(windows: readonly Window[], work: () => Promise<unknown>): Promise<number[]> {
  let done = false;
  const each = windows.map(async (window) => {
    const statuses: number[] = [];
    for (let last = false; !last; ) {
      last = done;
      const answers = await Promise.all([window.request('/admin/status'), window.request('/admin/accounts'), ask(window)]);
      statuses.push(...answers.map(({ status }) => status));
    }
    return statuses;
  });
  await work();
  done = true;
  return (await Promise.all(each)).flat();
}

async function twoWindows(house: House): Promise<[Window, Window]> {
  return (await house.windows(2)) as [Window, Window];
}

const states = (window: Window): string[] => window.states.map(({ is }) => is);
const vaultOf = (house: House): FileVault => new FileVault(house.vaultDir);

describe('when the installation gets another key, both windows go on without an error', () => {
  it('as one of them replaces it', async () => {
    const house = houses.now();
    const windows = await twoWindows(house);
    const before = await vaultOf(house).get('gateway-key/default');
    const statuses = await asking(windows, async () => {
      for (let i = 0; i < 3; i++) {
        const { status } = await windows[1].request('/admin/keys/default/rotate', 'POST', { graceSeconds: 0 });
        expect(status).toBe(200);
      }
    });
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(windows.map(states)).toEqual([['ready'], ['ready']]);
    const after = await vaultOf(house).get('gateway-key/default');
    expect(after).not.toBe(before);
    // The old one counts no more: what they go on with is the new one.
    expect(await statusWith(house, before)).toBe(401);
    expect(await statusWith(house, after)).toBe(200);
  });

  it('as the user signs out in one of them', async () => {
    const house = houses.now();
    const windows = await twoWindows(house);
    const vault = vaultOf(house);
    const account = {
      provider: 'openai-compatible',
      name: 'mine',
      key: 'sk-mine-0123456789',
      baseUrl: 'http://127.0.0.1:9/v1',
      test: false,
    };
    expect((await windows[0].request('/admin/accounts', 'POST', account)).status).toBe(201);
    const before = await vault.get('gateway-key/default');
    const statuses = await asking(windows, async () => {
      await signOut({ folder: house.dataDir, vault, live: true, now: new Date() });
      // The gateway reads the file a moment later; from then on the old key is refused.
      await expect.poll(() => statusWith(house, before)).toBe(401);
    });
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(windows.map(states)).toEqual([['ready'], ['ready']]);
    expect(JSON.parse((await windows[1].request('/admin/accounts')).body)).toEqual({ accounts: [] });
    for (const window of windows) expect((await ask(window)).status).toBe(200);
  });
});

async function statusWith(house: House, key: string | undefined): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${house.port}/admin/status`, { headers: { authorization: `Bearer ${key}` } });
  await response.body?.cancel();
  return response.status;
}
