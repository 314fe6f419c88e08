import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { ConfigFile } from '../../src/config/file.ts';
import { locked } from '../../src/config/file-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omniroute-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A promise, and what resolves it. */
function gate(): { passed: Promise<void>; open(): void } {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

describe('the lock of a file', () => {
  it('is apart from that of another file of the folder, whichever is given back first', async () => {
    const [first, second, inside] = [gate(), gate(), gate()];
    const one = locked(folder, 'one', async () => {
      await first.passed;
      return 1;
    });
    const two = locked(folder, 'two', async () => {
      inside.open();
      await second.passed;
      return 2;
    });
    await inside.passed;
    first.open();
    expect(await one).toBe(1);
    expect(await readdir(folder)).toEqual(['two.lock']);
    second.open();
    expect(await two).toBe(2);
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets one in after the other', async () => {
    let inside = 0;
    const work = async (): Promise<number> => {
      inside += 1;
      await new Promise(setImmediate);
      inside -= 1;
      return inside;
    };
    expect(await Promise.all(Array.from({ length: 5 }, () => locked(folder, 'one', work)))).toEqual([0, 0, 0, 0, 0]);
  });

  it('is given back when the work fails', async () => {
    await expect(locked(folder, 'one', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets config and vault of one folder be changed at the same time', async () => {
    const file = new ConfigFile(folder);
    const vault = new FileVault(folder, 'a passphrase');
    const changes = Array.from({ length: 8 }, (_, at) => [
      file.update((config) => {
        config.aliases[`a${at}`] = 'demo/echo';
      }),
      vault.set(`secret-${at}`, String(at)),
    ]);
    await Promise.all(changes.flat());
    expect(Object.keys((await file.load()).aliases)).toHaveLength(8);
    expect(await vault.get('secret-7')).toBe('7');
    expect((await readdir(folder)).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });
});
