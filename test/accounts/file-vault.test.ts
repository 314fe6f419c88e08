import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omniroute-vault-'));
});

describe('FileVault', () => {
  it('gives back what was set, also to another process, and nothing after delete', async () => {
    await new FileVault(folder, '').set('account/a', 'sk-secret-value');
    expect(await new FileVault(folder, '').get('account/a')).toBe('sk-secret-value');
    await new FileVault(folder, '').delete('account/a');
    expect(await new FileVault(folder, '').get('account/a')).toBeUndefined();
  });

  it('never has the secret in a file, and its files are private', async () => {
    await new FileVault(folder, '').set('account/a', 'sk-secret-value');
    for (const name of ['vault.json', 'vault.key']) {
      expect(await readFile(join(folder, name), 'utf8')).not.toContain('sk-secret');
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('refuses an entry moved under another name, and says nothing of its value', async () => {
    const vault = new FileVault(folder, '');
    await vault.set('account/a', 'sk-secret-value');
    const file = JSON.parse(await readFile(join(folder, 'vault.json'), 'utf8')) as { entries: Record<string, unknown> };
    file.entries['account/b'] = file.entries['account/a'];
    await writeFile(join(folder, 'vault.json'), JSON.stringify(file));
    await expect(vault.get('account/b')).rejects.toThrow(/cannot be decrypted/);
  });

  it('works with a passphrase, and refuses a wrong one', async () => {
    await new FileVault(folder, 'correct horse').set('account/a', 'v');
    expect(await new FileVault(folder, 'correct horse').get('account/a')).toBe('v');
    await expect(new FileVault(folder, 'wrong').get('account/a')).rejects.toThrow(/OMNIROUTE_VAULT_KEY/);
  });

  it('leaves a damaged file alone', async () => {
    await writeFile(join(folder, 'vault.json'), '{"version":1,');
    await expect(new FileVault(folder, '').set('a', 'b')).rejects.toThrow(/damaged/);
    expect(await readFile(join(folder, 'vault.json'), 'utf8')).toBe('{"version":1,');
  });

  it('makes one key when many start at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, n) => new FileVault(folder, '').set(`s${n}`, `v${n}`)));
    for (let n = 0; n < 8; n += 1) expect(await new FileVault(folder, '').get(`s${n}`)).toBe(`v${n}`);
  });
});
