import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { hashKey } from '../../src/accounts/gateway-keys.ts';
import { dailyCopy } from '../../src/backup/copies.ts';
import { createCopy, listCopies, restoreCopy, scheduleBackups } from '../../src/backup/index.ts';
import { ConfigFile } from '../../src/config/file.ts';
import { emptyFolder, everyFile, SECRETS } from './folder.ts';

let folder: string;
let vault: FileVault;
beforeEach(async () => {
  folder = await emptyFolder();
  vault = new FileVault(folder, '');
});

const day = (number: number, hour = 12): Date => new Date(2026, 10, number, hour);
const backups = async (): Promise<string[]> => (await readdir(join(folder, 'backups')).catch(() => [])).sort();
const change = async (alias: string): Promise<void> =>
  await new ConfigFile(folder).update((config) => {
    config.aliases = { mine: `groq/${alias}` };
  });
const copied = async (name: string): Promise<string> => await readFile(join(folder, 'backups', name), 'utf8');

describe('the copy of the day', () => {
  it('is made when the config is another than the newest copy, once a day', async () => {
    await change('a');
    expect(await dailyCopy(folder, day(1))).toBe('config-2026-11-01.json');
    expect(await dailyCopy(folder, day(2))).toBeUndefined();
    await change('b');
    expect(await dailyCopy(folder, day(2))).toBe('config-2026-11-02.json');
    await change('c');
    expect(await dailyCopy(folder, day(2, 23))).toBeUndefined();
    expect(await dailyCopy(folder, day(3, 0))).toBe('config-2026-11-03.json');
    expect(await copied('config-2026-11-03.json')).toBe(await readFile(join(folder, 'config.json'), 'utf8'));
  });

  it('takes the learned state along, and can be read by the user alone', async () => {
    await change('a');
    await writeFile(join(folder, 'state.json'), '{"version":1,"parts":{}}');
    await dailyCopy(folder, day(1));
    expect(await backups()).toEqual(['config-2026-11-01.json', 'state-2026-11-01.json']);
    for (const name of await backups()) expect((await stat(join(folder, 'backups', name))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'backups'))).mode & 0o777).toBe(0o700);
  });

  it('is never one of a broken file', async () => {
    for (const text of ['', '{', '{"version":1,"accounts":3}', '{"version":2}']) {
      await writeFile(join(folder, 'config.json'), text);
      expect(await dailyCopy(folder, day(1))).toBeUndefined();
    }
    expect(await backups()).toEqual([]);
  });

  it('leaves a broken state out', async () => {
    await change('a');
    await writeFile(join(folder, 'state.json'), '{"version":');
    await dailyCopy(folder, day(1));
    expect(await backups()).toEqual(['config-2026-11-01.json']);
  });

  it('is none where there is no config', async () => {
    expect(await dailyCopy(folder, day(1))).toBeUndefined();
    expect(await backups()).toEqual([]);
  });

  it('goes after 14 newer ones; copies of other reasons and files of others stay', async () => {
    await change('x');
    const byHand = await createCopy(folder, day(1, 8));
    await writeFile(join(folder, 'backups', 'mine.json'), '');
    await writeFile(join(folder, 'state.json'), '{"version":1,"parts":{}}');
    for (let number = 1; number <= 20; number += 1) {
      await change(`${number}`);
      await dailyCopy(folder, day(number));
    }
    const names = await backups();
    expect(names.filter((name) => /^config-[\d-]{10}\.json$/.test(name))).toEqual(
      Array.from({ length: 14 }, (_, index) => `config-2026-11-${String(index + 7).padStart(2, '0')}.json`),
    );
    expect(names.filter((name) => name.startsWith('state-'))).toHaveLength(14);
    expect(names).toContain(byHand);
    expect(names).toContain('mine.json');
  });
});

describe('a running gateway', () => {
  it('makes one at its start, and says once that it cannot', async () => {
    await change('a');
    await scheduleBackups({ folder, log: () => {}, now: () => day(5) })();
    expect(await backups()).toEqual(['config-2026-11-05.json']);

    const other = await emptyFolder();
    await writeFile(join(other, 'config.json'), '{"version":1}');
    await writeFile(join(other, 'backups'), 'no folder');
    const said: string[] = [];
    await scheduleBackups({ folder: other, log: (line) => said.push(line) })();
    expect(said).toHaveLength(1);
  });
});

describe('the list of copies', () => {
  it('is newest first and tells which are broken', async () => {
    await change('a');
    await dailyCopy(folder, day(1));
    await utimes(join(folder, 'backups', 'config-2026-11-01.json'), 100, 100);
    const byHand = await createCopy(folder, day(2));
    await writeFile(join(folder, 'backups', 'config-2026-10-01.json'), '{');
    await utimes(join(folder, 'backups', 'config-2026-10-01.json'), 50, 50);
    const copies = await listCopies(folder);
    expect(copies.map(({ name, reason }) => [name, reason])).toEqual([
      [byHand, 'manual'],
      ['config-2026-11-01.json', 'daily'],
      ['config-2026-10-01.json', 'daily'],
    ]);
    expect(copies.map(({ problem }) => problem !== undefined)).toEqual([false, false, true]);
  });

  it('is empty where there are none', async () => {
    expect(await listCopies(folder)).toEqual([]);
  });

  it('has a name for each of two made in one second', async () => {
    await change('a');
    expect(await createCopy(folder, day(1))).not.toBe(await createCopy(folder, day(1)));
    expect(await listCopies(folder)).toHaveLength(2);
  });
});

describe('restoring', () => {
  const restore = (name: string, live = false) => restoreCopy({ folder, name, vault, live, now: day(9) });

  it('brings config and state back, after a copy of what is there', async () => {
    await change('old');
    await writeFile(join(folder, 'state.json'), '{"version":1,"parts":{"health":1}}');
    const name = await createCopy(folder, day(1));
    await change('new');
    await writeFile(join(folder, 'state.json'), '{"version":1,"parts":{"health":2}}');
    const { kept } = await restore(name);
    expect((await new ConfigFile(folder).load()).aliases).toEqual({ mine: 'groq/old' });
    expect(await readFile(join(folder, 'state.json'), 'utf8')).toContain('"health":1');
    expect(await copied(kept ?? '')).toContain('groq/new');
    expect(await copied((kept ?? '').replace('config-', 'state-'))).toContain('"health":2');
    await restore(kept ?? '');
    expect((await new ConfigFile(folder).load()).aliases).toEqual({ mine: 'groq/new' });
  });

  it('mends a broken file, which is kept', async () => {
    await change('old');
    const name = await createCopy(folder, day(1));
    await writeFile(join(folder, 'config.json'), '{"half');
    const { kept } = await restore(name);
    expect(await copied(kept ?? '')).toBe('{"half');
    expect((await new ConfigFile(folder).load()).aliases).toEqual({ mine: 'groq/old' });
    // The last good copy beside the config is not the broken one.
    expect(Object.keys(await everyFile(folder))).not.toContain('config.json.1');
  });

  it('keeps a broken file out of the last good copies, also where a good one was read before', async () => {
    const file = new ConfigFile(folder);
    await change('old');
    const good = await file.load();
    await writeFile(file.path, '{"half');
    const seen: (string | undefined)[] = [];
    await file.replace(good, async (text) => {
      seen.push(text);
    });
    expect(seen).toEqual(['{"half']);
    expect(file.current).toEqual(good);
    expect(Object.keys(await everyFile(folder))).not.toContain('config.json.1');
    await file.replace({ ...good, aliases: {} }, async () => {});
    expect(await readFile(`${file.path}.1`, 'utf8')).toContain('groq/old');
  });

  it('touches nothing when the copy is broken or is none', async () => {
    await change('now');
    await mkdir(join(folder, 'backups'));
    await writeFile(join(folder, 'backups', 'config-2026-11-01.json'), '{"version":1,"accounts":[{}]}');
    await symlink(join(folder, 'config.json'), join(folder, 'backups', 'other.json'));
    const before = await everyFile(folder);
    await expect(restore('config-2026-11-01.json')).rejects.toThrow('accounts[0].id');
    for (const name of ['config-2026-11-02.json', '../config.json', '../../etc/passwd', 'other.json', '']) {
      await expect(restore(name)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await everyFile(folder)).toEqual(before);
  });

  it('leaves the state to a gateway that runs', async () => {
    await change('old');
    await writeFile(join(folder, 'state.json'), '{"version":1,"parts":{"health":1}}');
    const name = await createCopy(folder, day(1));
    await writeFile(join(folder, 'state.json'), '{"version":1,"parts":{"health":2}}');
    await restore(name, true);
    expect(await readFile(join(folder, 'state.json'), 'utf8')).toContain('"health":2');
  });

  it('keeps the key of this installation, which was rotated since', async () => {
    await new ConfigFile(folder).update((config) => {
      config.keys = [{ id: 'k', name: 'default', hash: hashKey('omr-before'), admin: true }];
    });
    const name = await createCopy(folder, day(1));
    await vault.set('gateway-key/default', SECRETS.gatewayKey);
    await restore(name);
    expect((await new ConfigFile(folder).load()).keys[0]?.hash).toBe(hashKey(SECRETS.gatewayKey));
  });

  it('names accounts whose key is gone', async () => {
    await new ConfigFile(folder).update((config) => {
      config.accounts = [
        { id: 'a', provider: 'groq', name: 'Groq', priority: 1, enabled: true, proxy: null, credential: { secret: 'account/a' } },
      ];
    });
    const name = await createCopy(folder, day(1));
    expect((await restore(name)).withoutKey).toEqual(['Groq']);
    await vault.set('account/a', 'here');
    expect((await restore(name)).withoutKey).toEqual([]);
  });
});
