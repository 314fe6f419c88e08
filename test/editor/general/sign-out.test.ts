import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashKey } from '../../../src/accounts/gateway-keys.ts';
import { signOut, toRemove } from '../../../src/editor/commands/general/sign-out.ts';
import { signedOutText, signOutQuestion } from '../../../src/editor/commands/general/sign-out-question.ts';
import { type OwnHouse, ownHouse } from './own-house.ts';

const CANARY = {
  old: 'canary-old-4Kx',
  work: 'canary-work-8Rt',
  left: 'canary-left-2Bz',
  header: 'canary-header-9Qs',
  ci: 'canary-ci-7Vw',
};
const NOW = new Date(2026, 10, 22, 12);

let house: OwnHouse;
let first: string;
beforeEach(async () => {
  house = await ownHouse([], { combos: [{ name: 'best', targets: ['demo/echo'] }], settings: { stream: { pingMs: 9000 } } });
  first = house.gateway.key;
  for (const [name, key, headers] of [
    ['old', CANARY.old, undefined],
    ['work', CANARY.work, { 'x-tenant': CANARY.header }],
  ] as const) {
    await house.admin.addAccount({
      provider: 'openai-compatible',
      name,
      key,
      baseUrl: 'http://127.0.0.1:9/v1',
      test: false,
      ...(headers ? { headers } : {}),
    });
  }
  // Its key stays in the vault of nobody but this test's own doing, as after a crash.
  await house.vault.set('account/left-over', CANARY.left);
  // Of a tool that was set up.
  await house.vault.set('tool/claude-code', 'omr-of-claude-code');
});
afterEach(async () => {
  await house.close();
});

const go = (names?: () => Promise<string[]>) =>
  signOut({ folder: house.folder, vault: { ...house.vault, ...(names ? { names } : {}) }, live: true, now: NOW });

describe('signing out', () => {
  it('removes accounts and their keys, and gives the installation a new key that counts at once', async () => {
    const gone = await go();
    expect(gone).toMatchObject({ accounts: ['old', 'work'], secrets: 3 });
    const { accounts, keys, combos, settings } = await house.config();
    expect(accounts).toEqual([]);
    expect(combos.map(({ name }) => name)).toEqual(['best']);
    expect(settings.stream.pingMs).toBe(9000);
    const key = house.vault.all.get('gateway-key/default') ?? '';
    expect(keys.map(({ name, hash }) => [name, hash])).toEqual([['default', hashKey(key)]]);
    expect(key).not.toBe(first);
    expect([...house.vault.all.keys()].sort()).toEqual(['account/left-over', 'gateway-key/default']);
    await expect.poll(() => house.statusWith(first)).toBe(401);
    expect(await house.statusWith(key)).toBe(200);
    expect(await house.admin.accounts()).toEqual([]);
  });

  it('takes every secret where the editor can tell which there are', async () => {
    expect(await go(async () => [...house.vault.all.keys()])).toMatchObject({ secrets: 4 });
    expect([...house.vault.all.keys()]).toEqual(['gateway-key/default']);
  });

  it('finds the keys of accounts that only copies still know', async () => {
    const { accounts } = await house.config();
    const [old] = accounts;
    await mkdir(join(house.folder, 'backups'), { recursive: true });
    const copy = { version: 1, accounts: [{ ...old, id: 'left-over', credential: { secret: 'account/left-over' } }] };
    await writeFile(join(house.folder, 'backups', 'config-2026-11-01.json'), JSON.stringify(copy));
    expect(await go()).toMatchObject({ secrets: 4 });
    expect([...house.vault.all.keys()]).toEqual(['gateway-key/default']);
  });

  it('removes the other gateway keys with their budgets', async () => {
    const made = await house.link.request('/admin/keys', { method: 'POST', body: { name: 'ci' } });
    const { key } = (await made.json()) as { key: string };
    const budgets = [
      { key: 'ci', period: 'day', usd: 2 },
      { account: 'work', period: 'day', usd: 3 },
      { period: 'month', usd: 9 },
    ];
    expect((await house.link.request('/admin/budgets', { method: 'PUT', body: { budgets } })).status).toBe(200);
    expect(await go()).toMatchObject({ keys: ['ci'] });
    expect((await house.config()).budgets.map(({ period }) => period)).toEqual(['month']);
    await expect.poll(() => house.statusWith(key)).toBe(401);
  });

  it('leaves no secret in a file: copies with header values go, harmless ones stay', async () => {
    await mkdir(join(house.folder, 'backups'), { recursive: true });
    await writeFile(join(house.folder, 'backups', 'config-2026-11-02.json'), '{"version":1}');
    await writeFile(join(house.folder, 'backups', 'config-2026-11-03.json'), `{"version":1, broken ${CANARY.ci}`);
    expect((await toRemove(house.folder)).copies).toBeGreaterThan(0);
    const { copies } = await go();
    expect(copies).toBeGreaterThan(1);
    const text = await house.everything();
    for (const secret of Object.values(CANARY)) expect(text).not.toContain(secret);
    expect(await readdir(join(house.folder, 'backups'))).toContain('config-2026-11-02.json');
  });

  it('forgets what was learned when no gateway runs that would write it again', async () => {
    await house.gateway.close();
    await writeFile(join(house.folder, 'state.json'), '{"version":1,"savedAt":1,"parts":{}}');
    await signOut({ folder: house.folder, vault: house.vault, live: false, now: NOW });
    await expect(readFile(join(house.folder, 'state.json'))).rejects.toThrow('ENOENT');
  });

  it('says before what goes, and no secret', async () => {
    const question = signOutQuestion(await toRemove(house.folder));
    expect(question.detail).toContain('Accounts and their keys: old, work');
    expect(question.detail).toContain('each tool you have set up needs the new key');
    const text = JSON.stringify([question, signedOutText(await go())]);
    for (const secret of [...Object.values(CANARY), first, house.vault.all.get('gateway-key/default')]) expect(text).not.toContain(secret);
  });
});
