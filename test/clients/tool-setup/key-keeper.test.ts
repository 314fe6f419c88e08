import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../../src/accounts/file-vault.ts';
import { findKey } from '../../../src/accounts/gateway-keys.ts';
import { ToolKeys } from '../../../src/clients/key-keeper.ts';
import { ConfigKeys } from '../../../src/clients/key-keepers.ts';
import type { AppliedSetup } from '../../../src/clients/setup-contract.ts';
import { ConfigFile } from '../../../src/config/file.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
let file: ConfigFile;
let vault: FileVault;
let keeper: ConfigKeys;
let keys: ToolKeys;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'omniroute-keys-'));
  file = new ConfigFile(folder);
  vault = new FileVault(folder);
  keeper = new ConfigKeys(file, () => NOW);
  keys = new ToolKeys(keeper, vault, () => NOW);
});

const names = async () => (await file.load()).keys.map(({ name }) => name);
const applied = (keyId: string) => ({ client: 'codex', keyId }) as unknown as AppliedSetup;

describe('the key of a tool', () => {
  it('is named after it, limited, and kept in the vault', async () => {
    const held = await keys.hold('codex', await keys.find('codex', undefined, undefined), { models: ['a/*'], rpm: 5 });
    expect(held).toMatchObject({ name: 'codex', isNew: true });
    const config = await file.load();
    expect(findKey(config.keys, held.key)).toMatchObject({ id: held.id, models: ['a/*'], rpm: 5 });
    expect(await vault.get('tool/codex')).toBe(held.key);
    expect(await keys.find('codex', applied(held.id), undefined)).toMatchObject({ is: 'good', key: held.key });
    expect(await keys.hold('codex', await keys.find('codex', applied(held.id), undefined), {})).toEqual({ ...held, isNew: false });
  });

  it('leaves a key of that name that is somebody’s own alone', async () => {
    await keeper.add('codex', {});
    const held = await keys.hold('codex', await keys.find('codex', undefined, undefined), {});
    expect(held.name).toBe('codex-2');
    await keys.drop('codex', held.id);
    expect(await names()).toEqual(['codex']);
    expect(await vault.get('tool/codex')).toBeUndefined();
  });

  it('is found again where the record of the setup was lost', async () => {
    await keeper.add('codex', {});
    const held = await keys.hold('codex', { is: 'none' }, {});
    expect(await keys.find('codex', undefined, undefined)).toMatchObject({ is: 'good', key: held.key });
  });

  it('is found in the tool’s file where the vault has forgotten it', async () => {
    const held = await keys.hold('codex', { is: 'none' }, {});
    await vault.delete('tool/codex');
    expect(await keys.find('codex', undefined, held.key)).toEqual({ is: 'none' });
    const found = await keys.find('codex', applied(held.id), held.key);
    expect(found).toMatchObject({ is: 'good', key: held.key });
    await keys.hold('codex', found, {});
    expect(await vault.get('tool/codex')).toBe(held.key);
  });

  it('that was removed is made anew', async () => {
    const held = await keys.hold('codex', { is: 'none' }, {});
    await keeper.remove(held.id);
    const found = await keys.find('codex', applied(held.id), held.key);
    expect(found).toEqual({ is: 'removed' });
    expect(await keys.hold('codex', found, {})).toMatchObject({ name: 'codex', isNew: true });
  });

  it('that was rotated by hand is rotated again: nobody has the other one', async () => {
    const held = await keys.hold('codex', { is: 'none' }, { rpm: 5 });
    await keeper.rotate(held.id);
    const found = await keys.find('codex', applied(held.id), held.key);
    expect(found.is).toBe('replaced');
    const anew = await keys.hold('codex', found, {});
    expect(anew).toMatchObject({ id: held.id, name: 'codex', isNew: false });
    expect(findKey((await file.load()).keys, anew.key, NOW)).toMatchObject({ rpm: 5 });
    expect(await vault.get('tool/codex')).toBe(anew.key);
  });

  it('that expired gives way to a new one', async () => {
    const held = await keys.hold('codex', { is: 'none' }, {});
    await file.update((config) => {
      for (const entry of config.keys) entry.expiresAt = '2026-11-01T00:00:00Z';
    });
    const found = await keys.find('codex', applied(held.id), undefined);
    expect(found.is).toBe('expired');
    expect(await keys.hold('codex', found, {})).toMatchObject({ name: 'codex', isNew: true });
    expect(await names()).toEqual(['codex']);
  });

  it('is taken back when the vault does not take it', async () => {
    const broken = new ToolKeys(
      keeper,
      { get: async () => undefined, set: () => Promise.reject(new Error('locked')), delete: async () => {} },
      () => NOW,
    );
    await expect(broken.hold('codex', { is: 'none' }, {})).rejects.toThrow('locked');
    expect(await names()).toEqual([]);
  });

  it('is limited, and freed of its limits', async () => {
    const { id } = await keeper.add('codex', { models: ['a/*'] });
    await keeper.limit(id, { rpm: 9 });
    expect((await file.load()).keys[0]).toMatchObject({ models: ['a/*'], rpm: 9 });
    await keeper.limit(id, { models: null, rpm: null });
    expect((await file.load()).keys[0]).not.toHaveProperty('models');
    expect((await file.load()).keys[0]).not.toHaveProperty('rpm');
  });

  it('takes its budgets with it', async () => {
    const { id } = await keeper.add('codex', {});
    await file.update((config) => {
      config.budgets.push({ key: 'codex', period: 'day', requests: 5 } as (typeof config.budgets)[number]);
    });
    expect(await keeper.remove(id)).toBe(1);
    expect(await keeper.remove(id)).toBe(0);
  });
});
