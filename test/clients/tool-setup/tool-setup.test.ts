import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../../src/accounts/file-vault.ts';
import { ToolKeys } from '../../../src/clients/key-keeper.ts';
import { ConfigKeys } from '../../../src/clients/key-keepers.ts';
import type { GatewayModel } from '../../../src/clients/offer.ts';
import { createSetups } from '../../../src/clients/setups.ts';
import { type Prepared, ToolSetup, type Wish, WishError } from '../../../src/clients/tool-setup.ts';
import { claudeCode } from '../../../src/clients/tools/claude-code.ts';
import { kilo } from '../../../src/clients/tools/kilo.ts';
import { ConfigFile } from '../../../src/config/file.ts';

const MODELS: GatewayModel[] = [
  { name: 'work', title: 'work', kind: 'combo', contextWindow: 1000 },
  { name: 'auto', title: 'auto', kind: 'auto' },
  { name: 'a/b', title: 'B', kind: 'model' },
];

let home: string;
let folder: string;
let file: ConfigFile;
let vault: FileVault;
let tools: ToolSetup;
let models: GatewayModel[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'omniroute-home-'));
  folder = await mkdtemp(join(tmpdir(), 'omniroute-data-'));
  await mkdir(join(home, '.claude'));
  await writeFile(settings(), '{}\n');
  file = new ConfigFile(folder);
  vault = new FileVault(folder);
  models = MODELS;
  tools = new ToolSetup({
    setups: createSetups({ machine: { platform: 'linux', home, env: {} }, folder, now: Date.now }),
    keys: new ToolKeys(new ConfigKeys(file, Date.now), vault, Date.now),
    gateway: {
      origin: 'http://127.0.0.1:9',
      running: true,
      models: async () => models,
      check: async (name) => {
        if (!models.some((model) => model.name === name)) throw new Error(`There is no model "${name}".`);
      },
      lastSeen: async () => undefined,
    },
  });
});

const settings = () => join(home, '.claude/settings.json');
const keys = async () => (await file.load()).keys.map(({ name }) => name);

async function prepared(wish: Wish = {}, client = claudeCode): Promise<Prepared> {
  const result = await tools.prepare(client, wish);
  if (!result.ok) throw new Error(result.refusal.message);
  return result;
}

describe('setting a tool up', () => {
  it('is refused, and its new key taken back, when the file was changed since it was shown', async () => {
    const shown = await prepared();
    await writeFile(settings(), '{ "theme": "dark" }\n');
    expect(await tools.write(shown)).toMatchObject({ ok: false, refusal: { is: 'changed', path: settings() } });
    expect(await readFile(settings(), 'utf8')).toBe('{ "theme": "dark" }\n');
    expect(await keys()).toEqual([]);
    expect(await vault.get('tool/claude-code')).toBeUndefined();
  });

  it('that is refused later leaves the key that the tool has', async () => {
    await tools.write(await prepared());
    const key = await vault.get('tool/claude-code');
    const shown = await prepared({ model: 'a/b' });
    await writeFile(settings(), '{ "theme": "dark" }\n');
    expect((await tools.write(shown)).ok).toBe(false);
    expect(await keys()).toEqual(['claude-code']);
    expect(await vault.get('tool/claude-code')).toBe(key);
  });

  it('shows the same as it writes, the key aside', async () => {
    const { preview } = await prepared();
    const [shown] = preview.files;
    expect(shown?.shown).toContain('omr-…');
    await tools.write(await prepared());
    const key = (await vault.get('tool/claude-code')) ?? '';
    expect((await readFile(settings(), 'utf8')).replaceAll(key, 'omr-…')).toBe(shown?.shown);
  });

  it('chooses the first combo, keeps what was chosen, and gives it up when it is gone', async () => {
    expect((await prepared()).setup.model).toBe('work');
    await tools.write(await prepared({ model: 'a/b' }));
    expect((await prepared()).setup.model).toBe('a/b');
    models = MODELS.slice(0, 2);
    const { setup, notes } = await prepared();
    expect([setup.model, notes]).toEqual(['work', ['"a/b" is not to be had any more; the model is now "work".']]);
  });

  it('keeps the model that the user has picked in the tool since, of those it was told of', async () => {
    await tools.write(await prepared());
    const text = await readFile(settings(), 'utf8');
    await writeFile(settings(), text.replaceAll('"work"', '"a/b"'));
    expect((await prepared()).setup.model).toBe('a/b');
    await writeFile(settings(), text.replaceAll('"work"', '"opus"'));
    expect((await prepared()).setup.model).toBe('work');
  });

  it('tells the tool of the chosen model first, also where it is not among the usual ones', async () => {
    models = [...MODELS, { name: 'auto/fast', title: 'auto/fast', kind: 'auto' }];
    const { setup } = await prepared({ model: 'auto/fast' }, kilo);
    expect(setup.models.map(({ name }) => name)).toEqual(['auto/fast', 'work', 'auto', 'a/b']);
    expect(setup.models[1]).toEqual({ name: 'work', title: 'work', contextWindow: 1000 });
  });

  it('says so when there is nobody to ask yet', async () => {
    models = [];
    const { setup, notes } = await prepared();
    expect(setup.model).toBe('auto');
    expect(notes).toEqual([expect.stringContaining('add an account')]);
  });

  it('refuses a model that leads nowhere, or that its key may not use', async () => {
    await expect(tools.prepare(claudeCode, { model: 'x/y' })).rejects.toThrow('There is no model "x/y".');
    await expect(tools.prepare(claudeCode, { model: 'a/b', models: ['work'] })).rejects.toThrow(WishError);
    await expect(tools.prepare(claudeCode, { models: ['nothing/*'] })).rejects.toThrow(WishError);
  });

  it('gives back a key that was left over', async () => {
    await tools.write(await prepared());
    await writeFile(join(folder, 'setups.json'), '');
    expect(await tools.undo(claudeCode)).toMatchObject({ ok: true, is: 'nothing', keyRemoved: true });
    expect(await keys()).toEqual([]);
  });
});
