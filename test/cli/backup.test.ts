import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { backup } from '../../src/cli/backup.ts';
import { UsageError } from '../../src/cli/io.ts';
import { ConfigFile } from '../../src/config/file.ts';
import { emptyFolder, everyFile, fullFolder, SECRETS, secretsIn } from '../backup/folder.ts';
import { type Fake, piped, terminal } from './process.ts';

const PASSPHRASE = 'correct horse battery';
let folder: string;
let target: string;
let file: string;
beforeEach(async () => {
  ({ folder } = await fullFolder());
  target = await emptyFolder();
  file = join(await emptyFolder(), 'export.omniroute');
});

const run = async (words: string[], at = piped(), data = folder): Promise<Fake> => {
  expect(await backup([...words, '--data', data], at.io)).toBe(0);
  return at;
};

describe('omniroute backup', () => {
  it('makes, lists and restores copies', async () => {
    const none = await run(['list'], piped(), target);
    expect(none.out()).toContain('No copies yet');
    const name = (await run(['create'])).out().trim();
    expect((await run(['list'])).out()).toMatch(new RegExp(`^${name} .* manual\\n$`));
    expect(JSON.parse((await run(['list', '--json'])).out())).toMatchObject([{ name, reason: 'manual' }]);
    await new ConfigFile(folder).update((config) => {
      config.aliases = {};
    });
    expect((await run(['restore', name])).out()).toMatch(/^Restored config-.*\. What was there is config-.*-before-restore\.json\.\n$/);
    expect((await new ConfigFile(folder).load()).aliases).toEqual({ quick: 'coding' });
    await expect(backup(['restore', 'nope', '--data', folder], piped().io)).rejects.toThrow('backup list');
  });

  it('exports without secrets and says so, for the user alone and over nothing', async () => {
    const { out, err } = await run(['export', file]);
    expect(out()).toContain('without secrets');
    expect(err()).toContain('--with-secrets');
    expect(err()).toContain('headers x-tenant');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(secretsIn(await readFile(file))).toEqual([]);
    await expect(backup(['export', file, '--data', folder], piped().io)).rejects.toThrow('is there already');
  });

  it('takes the passphrase from standard input or a variable, never as an argument', async () => {
    await run(['export', file, '--with-secrets', '--passphrase-stdin'], piped(`${PASSPHRASE}\n`));
    const { out, err } = await run(['import', file], piped('', { OMNIROUTE_PASSPHRASE: PASSPHRASE }), target);
    expect(out()).toContain('with 2 secrets');
    expect(err()).toBe('');
    expect(await new FileVault(target).get('account/one')).toBe(SECRETS.vaultKey);
    expect((await new ConfigFile(target).load()).accounts).toEqual((await new ConfigFile(folder).load()).accounts);
    await expect(backup(['export', `${file}2`, '--with-secrets', '--passphrase', 'x', '--data', folder], piped().io)).rejects.toThrow();
  });

  it('asks for it on a terminal without showing it, twice for a new one', async () => {
    const at = terminal([`${PASSPHRASE}x\u007f\r`, `${PASSPHRASE}\r`]);
    await run(['export', file, '--with-secrets'], at);
    expect(at.raw).toEqual([true, false, true, false]);
    expect(at.err()).toMatch(/^Passphrase: \nOnce more: \n$/);
    expect(at.out() + at.err()).not.toContain('horse');
    const again = terminal([`${PASSPHRASE}\n`]);
    await run(['import', file, '--replace'], again, target);
    expect(again.raw).toEqual([true, false]);
    expect(await new FileVault(target).get('account/one')).toBe(SECRETS.vaultKey);
  });

  it('exports nothing under a passphrase that is short, mistyped, broken off or not given', async () => {
    for (const at of [
      terminal(['short\r']),
      terminal(['long enough 1\r', 'long enough 2\r']),
      terminal(['long\u0003']),
      terminal([]),
      piped(),
    ]) {
      await expect(backup(['export', file, '--with-secrets', '--data', folder], at.io)).rejects.toBeInstanceOf(UsageError);
    }
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('imports nothing with a wrong one, and says why', async () => {
    await run(['export', file, '--with-secrets', '--passphrase-stdin'], piped(PASSPHRASE));
    const words = ['import', file, '--replace', '--data', target];
    await expect(backup([...words, '--passphrase-stdin'], piped('another one').io)).rejects.toThrow('passphrase is wrong');
    await expect(backup(words, piped().io)).rejects.toThrow('--passphrase-stdin');
    expect(await everyFile(target)).toEqual({});
    const { err } = await run(['import', file, '--without-secrets'], piped(), target);
    expect(err()).toContain('left out');
    expect(err()).toContain('account "Work node" has no key here');
  });

  it('adds to what is there, or replaces it', async () => {
    await run(['export', file]);
    await new ConfigFile(target).update((config) => {
      config.aliases = { quick: 'groq/fast' };
    });
    expect((await run(['import', file], piped(), target)).out()).toContain('Left as they are here: alias "quick".');
    expect((await new ConfigFile(target).load()).aliases).toEqual({ quick: 'groq/fast' });
    expect((await run(['import', file, '--replace'], piped(), target)).out()).toMatch(/What was there is config-.*-before-import\.json/);
    expect((await new ConfigFile(target).load()).aliases).toEqual({ quick: 'coding' });
  });

  it('takes the ledger along when asked', async () => {
    await writeFile(join(folder, 'ledger.sqlite'), 'rows');
    await run(['export', file, '--ledger']);
    await run(['import', file, '--replace'], piped(), target);
    expect(await readFile(join(target, 'ledger.sqlite'), 'utf8')).toBe('rows');
  });

  it('says what it needs', async () => {
    for (const words of [[], ['what'], ['export'], ['import'], ['restore'], ['list', 'x'], ['export', file, '--passphrase-stdin']]) {
      await expect(backup(words, piped().io)).rejects.toBeInstanceOf(UsageError);
    }
  });
});
