import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportBackup } from '../../../src/editor/commands/general/export-backup.ts';
import { importBackup, importedText } from '../../../src/editor/commands/general/import-backup.ts';
import { type Act, type ScriptedUi, scriptedUi } from '../commands/scripted-ui.ts';
import { memoryFile, type OwnHouse, ownHouse } from './own-house.ts';

const CANARY = 'canary-provider-key-5Jh';
const PASSPHRASE = 'canary passphrase 1Lq';
const NOW = new Date(2026, 10, 22, 12);
const cost = 2 ** 15;

let from: OwnHouse;
let to: OwnHouse;
const shown: string[] = [];
beforeEach(async () => {
  shown.length = 0;
  [from, to] = await Promise.all([ownHouse([], { combos: [{ name: 'best', targets: ['demo/echo'] }] }), ownHouse()]);
  await from.admin.addAccount({ provider: 'openai-compatible', name: 'work', key: CANARY, baseUrl: 'http://127.0.0.1:9/v1', test: false });
});
afterEach(async () => {
  // No text that was shown held a secret.
  for (const secret of [CANARY, PASSPHRASE, from.gateway.key, to.gateway.key]) expect(shown.join('\n')).not.toContain(secret);
  await Promise.all([from.close(), to.close()]);
});

function uiOf(...acts: Act[]): ScriptedUi {
  return scriptedUi(...acts);
}

async function exported(ui: ScriptedUi): Promise<ReturnType<typeof memoryFile>> {
  const file = memoryFile();
  await exportBackup({ ui, folder: from.folder, vault: from.vault, save: file.save, now: NOW, cost });
  ui.done();
  shown.push(...ui.shown);
  return file;
}

async function imported(ui: ScriptedUi, bytes: Uint8Array): Promise<Awaited<ReturnType<typeof importBackup>>> {
  const open = async () => ({ name: 'backup.zip', bytes });
  const done = await importBackup({ ui, folder: to.folder, vault: to.vault, open, live: true, now: NOW });
  ui.done();
  shown.push(...ui.shown, ...(done ? [importedText(done)] : []));
  return done;
}

const KEYS = 'Keys, encrypted with a passphrase';
const withKeys = (...more: Act[]) => uiOf({ choose: [KEYS] }, { type: PASSPHRASE }, { type: PASSPHRASE }, ...more);
const open: Act[] = [{ choose: 'Import with Keys' }, { type: PASSPHRASE }];

describe('a backup from one editor to another', () => {
  it('takes accounts with their keys along; the gateway that runs there has them at once', async () => {
    const ui = withKeys({ press: 'Show File' });
    const file = await exported(ui);
    expect(file.name()).toBe('omniroute-backup-2026-11-22.zip');
    expect(file.revealed()).toBe(true);
    expect(Buffer.from(file.bytes()).toString('latin1')).not.toContain(CANARY);
    const into = uiOf(...open, { choose: 'Add to What Is Here' }, { press: 'Add' });
    expect(await imported(into, file.bytes())).toMatchObject({ secrets: 1, withoutKey: [] });
    expect(into.messages[0]?.message).toContain('Comes in: account "work", key "default-2", combo "best"');
    expect([...to.vault.all.values()]).toContain(CANARY);
    expect(to.vault.all.get('gateway-key/default')).toBe(to.gateway.key);
    await expect.poll(async () => (await to.admin.accounts()).map(({ name }) => name)).toEqual(['work']);
    expect((await to.admin.combos()).map(({ name }) => name)).toEqual(['best']);
  });

  it('replaces what is there, and says what goes; the key is then the one of the backup', async () => {
    const file = await exported(withKeys());
    await to.admin.addAccount({ provider: 'openai-compatible', name: 'mine', noKey: true, baseUrl: 'http://127.0.0.1:9/v1', test: false });
    const into = uiOf(...open, { choose: 'Replace What Is Here' }, { press: 'Replace' });
    const done = await imported(into, file.bytes());
    expect(into.messages[0]?.message).toContain('Accounts that go: mine');
    expect(done?.kept).toMatch(/before-import\.json$/);
    expect(to.vault.all.get('gateway-key/default')).toBe(from.gateway.key);
    await expect.poll(() => to.statusWith(from.gateway.key)).toBe(200);
    expect((await to.config()).accounts.map(({ name }) => name)).toEqual(['work']);
  });

  it('without keys says which accounts need theirs', async () => {
    const file = await exported(uiOf({ choose: [] }));
    expect(shown.join('\n')).toContain('without keys.');
    const done = await imported(uiOf({ choose: 'Add to What Is Here' }, { press: 'Add' }), file.bytes());
    expect(done && importedText(done)).toBe(
      'Added: account "work", key "default-2", combo "best". Keys: 0. These accounts have no key here: work.',
    );
  });

  it('can leave the keys in the file where they are', async () => {
    const file = await exported(withKeys());
    const done = await imported(uiOf({ choose: 'Import without Keys' }, { choose: 'Add to What Is Here' }, { press: 'Add' }), file.bytes());
    expect(done).toMatchObject({ secrets: 0, withoutKey: ['work'] });
  });

  it('asks again for a passphrase that does not open it, and for one that was mistyped', async () => {
    const ui = uiOf(
      { choose: [KEYS] },
      { type: 'short' },
      { type: PASSPHRASE },
      { type: 'other words' },
      'back',
      { type: PASSPHRASE },
      { type: PASSPHRASE },
    );
    const file = await exported(ui);
    expect(ui.problems.map(({ message }) => message)).toEqual(['At least 8 characters.', 'The passphrases are not the same.']);
    const into = uiOf(
      { choose: 'Import with Keys' },
      { type: 'wrong words' },
      { type: PASSPHRASE },
      { choose: 'Add to What Is Here' },
      { press: 'Add' },
    );
    expect(await imported(into, file.bytes())).toMatchObject({ secrets: 1 });
    expect(into.problems[0]?.message).toContain('the passphrase is wrong');
  });

  it.each<[string, Act[]]>([
    ['at the keys', ['escape']],
    ['at the passphrase', [{ choose: 'Import with Keys' }, 'escape']],
    ['at the mode', [...open, 'escape']],
    ['at the preview', [...open, { choose: 'Replace What Is Here' }, { press: undefined }]],
  ])('changes nothing when the user leaves %s', async (_name, acts) => {
    const file = await exported(withKeys());
    const [config, vault] = [await to.config(), new Map(to.vault.all)];
    expect(await imported(uiOf(...acts), file.bytes())).toBeUndefined();
    expect(await to.config()).toEqual(config);
    expect(to.vault.all).toEqual(vault);
  });

  it('writes nothing when the user leaves the export', async () => {
    for (const acts of [['escape'], [{ choose: [KEYS] }, 'escape'], [{ choose: [KEYS] }, { type: PASSPHRASE }, 'escape']] as Act[][]) {
      expect((await exported(uiOf(...acts))).name()).toBe('');
    }
  });

  it('refuses what is no backup before it asks for anything', async () => {
    await expect(imported(uiOf(), Buffer.from('PK no zip'))).rejects.toThrow('damaged or is no export');
  });
});
