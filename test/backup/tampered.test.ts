import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { BackupError, exportAll, importAll } from '../../src/backup/index.ts';
import { ConfigFile } from '../../src/config/file.ts';
import { emptyFolder, everyFile, fullFolder } from './folder.ts';

const PASSPHRASE = 'correct horse battery';
let good: Uint8Array;
let folder: string;
let vault: FileVault;
let before: Record<string, string>;

beforeAll(async () => {
  const source = await fullFolder();
  await writeFile(join(source.folder, 'ledger.sqlite'), 'rows');
  good = (await exportAll({ ...source, include: { ledger: true }, passphrase: PASSPHRASE, cost: 2 ** 15 })).bytes;
});
beforeEach(async () => {
  folder = await emptyFolder();
  vault = new FileVault(folder, '');
  await new ConfigFile(folder).update((config) => {
    config.aliases = { mine: 'groq/x' };
  });
  await vault.set('account/one', 'ours');
  before = await everyFile(folder);
});

/** The import is refused in both modes and nothing is another than it was. */
async function refused(bytes: Uint8Array, passphrase: string | undefined = PASSPHRASE): Promise<BackupError> {
  let last: unknown;
  for (const mode of ['merge', 'replace'] as const) {
    last = await importAll(bytes, { folder, vault, mode, passphrase }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(last).toBeInstanceOf(BackupError);
  }
  expect(await everyFile(folder)).toEqual(before);
  return last as BackupError;
}

/** The export with files changed, and a manifest that agrees. */
function rewritten(change: (files: Record<string, Uint8Array>) => void): Uint8Array {
  const files = { ...unzipSync(good) };
  change(files);
  const { 'manifest.json': manifest, ...others } = files;
  const entries = Object.entries(others).map(([name, bytes]) => [
    name,
    { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
  ]);
  const known = JSON.parse(Buffer.from(manifest ?? []).toString()) as object;
  return zipSync({ ...others, 'manifest.json': strToU8(JSON.stringify({ ...known, files: Object.fromEntries(entries) })) });
}

const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at, (bytes[at] ?? 0) ^ 1);

describe('an export that was changed', () => {
  it('is taken when nothing was', async () => {
    await importAll(
      rewritten(() => {}),
      { folder, vault, mode: 'merge', passphrase: PASSPHRASE },
    );
    expect(await everyFile(folder)).not.toEqual(before);
  });

  it('is refused with a wrong passphrase', async () => {
    expect(await refused(good, 'correct horse batterz')).toMatchObject({ code: 'passphrase', message: expect.stringContaining('wrong') });
    expect(await refused(good, '')).toMatchObject({ code: 'passphrase' });
  });

  it('is refused for a flipped bit anywhere in its secrets, even when the manifest agrees', async () => {
    const length = unzipSync(good)['secrets.enc']?.length ?? 0;
    const step = Math.ceil(length / 40);
    const places = [...Array.from({ length: 40 }, (_, index) => index * step), length - 1, length - 16, length - 17].filter(
      (at) => at < length,
    );
    for (const at of places) {
      await refused(
        rewritten((files) => {
          files['secrets.enc'] = flipped(files['secrets.enc'] ?? new Uint8Array(), at);
        }),
      );
    }
  }, 60_000);

  it('is refused, or taken as it was, for a flipped bit anywhere in the file', async () => {
    await importAll(good, { folder, vault, mode: 'merge', passphrase: PASSPHRASE });
    const expected = await new ConfigFile(folder).load();
    const step = Math.ceil(good.length / 60);
    let count = 0;
    for (let at = 0; at < good.length; at += step) {
      const outcome = await importAll(flipped(good, at), { folder, vault, mode: 'merge', passphrase: PASSPHRASE }).catch((error) => error);
      if (outcome instanceof BackupError) count += 1;
    }
    // Dates and attributes of zip entries mean nothing; what was changed there alone comes in as it was exported.
    expect(count).toBeGreaterThan(40);
    expect(await new ConfigFile(folder).load()).toEqual(expected);
  }, 60_000);

  it('is refused wherever it was cut off', async () => {
    for (const part of [0, 0.1, 0.5, 0.9, 0.99]) {
      expect(await refused(good.slice(0, Math.floor(good.length * part)))).toMatchObject({ code: 'damaged' });
    }
    await refused(
      rewritten((files) => {
        files['secrets.enc'] = files['secrets.enc']?.slice(0, -1) ?? new Uint8Array();
      }),
    );
  });

  it('is refused when it is no zip at all', async () => {
    expect(await refused(strToU8('hello'))).toMatchObject({ code: 'damaged' });
  });

  it('keeps its secrets from another config: a base URL somebody else wrote', async () => {
    const evil = rewritten((files) => {
      const text = Buffer.from(files['config.json'] ?? []).toString();
      files['config.json'] = strToU8(text.replace('node.example', 'evil.example'));
    });
    expect(await refused(evil)).toMatchObject({ message: expect.stringContaining('belong to another config') });
  });

  it('is refused when its secrets were taken away and a passphrase is given', async () => {
    const without = rewritten((files) => {
      delete files['secrets.enc'];
    });
    expect(await refused(without)).toMatchObject({ code: 'passphrase' });
  });

  it('is refused when a file is missing, added or other than the manifest says', async () => {
    const files = unzipSync(good);
    const { 'state.json': _, ...fewer } = files;
    expect(await refused(zipSync(fewer))).toMatchObject({ code: 'damaged', message: expect.stringContaining('state.json') });
    expect(await refused(zipSync({ ...files, 'state.json': strToU8('{}') }))).toMatchObject({ code: 'damaged' });
    expect(await refused(zipSync({ ...files, 'ledger.journal.1': strToU8('x') }))).toMatchObject({ code: 'damaged' });
  });

  it('is refused by name of the version that made it when that is newer', async () => {
    const newer = zipSync({
      ...unzipSync(good),
      'manifest.json': strToU8('{"format":"omniroute-export","version":2,"omniroute":"9.1","at":"","files":{}}'),
    });
    expect(await refused(newer)).toMatchObject({ code: 'unsupported', message: expect.stringContaining('9.1') });
  });
});

describe('a zip made to do harm', () => {
  it.each([
    '../config.json',
    '/etc/passwd',
    'a/config.json',
    'config.json/',
    '..\\config.json',
    'vault.key',
    '__proto__',
    'constructor',
    'ledger.journal.x',
  ])('is refused for a file named %s', async (name) => {
    const stand = '#'.repeat(name.length);
    const bytes = Buffer.from(zipSync({ ...unzipSync(good), [stand]: strToU8('x') }));
    for (let at = bytes.indexOf(stand); at >= 0; at = bytes.indexOf(stand)) bytes.write(name, at);
    expect(await refused(bytes)).toMatchObject({ code: 'damaged' });
  });

  it('is refused for files that are larger than they may be', async () => {
    const bomb = zipSync({ ...unzipSync(good), 'config.json': new Uint8Array(17 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refused(bomb)).toMatchObject({ code: 'too_large' });
  });

  it('is refused for files that are larger than they say, in no more room than they say', async () => {
    const bomb = zipSync({ 'manifest.json': new Uint8Array(512 * 1024), 'config.json': new Uint8Array(15 * 1024 * 1024) });
    const lying = Buffer.from(bomb);
    for (const [signature, offset] of [
      [0x04034b50, 22],
      [0x02014b50, 24],
    ] as const) {
      for (let at = 0; at < lying.length - 46; at += 1) if (lying.readUInt32LE(at) === signature) lying.writeUInt32LE(10, at + offset);
    }
    expect(await refused(lying)).toMatchObject({ code: 'damaged' });
  });

  it('is refused for two files of one name', async () => {
    const twice = Buffer.from(zipSync({ ...unzipSync(good), 'statf.json': strToU8('{}') }, { level: 0 }));
    for (let at = twice.indexOf('statf.json'); at >= 0; at = twice.indexOf('statf.json')) twice.write('state.json', at);
    expect(await refused(twice)).toMatchObject({ code: 'damaged', message: expect.stringContaining('twice') });
  });
});
