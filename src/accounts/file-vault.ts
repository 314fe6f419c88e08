import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { chmod, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { locked } from '../config/file-lock.ts';
import type { Vault } from './vault.ts';

const vaultFile = z.strictObject({
  version: z.literal(1),
  entries: z.record(z.string(), z.strictObject({ iv: z.string(), tag: z.string(), data: z.string() })),
});
type VaultFile = z.infer<typeof vaultFile>;

/**
 * `vault.json`: each secret encrypted with AES-256-GCM, its name bound as additional data, so that entries cannot be swapped.
 * The key is 32 random bytes in `vault.key` (mode 0600), or derived with scrypt from `OMNIROUTE_VAULT_KEY` when that is set.
 */
export class FileVault implements Vault {
  readonly #folder: string;
  readonly #path: string;
  readonly #passphrase: string | undefined;
  #key: Buffer | undefined;

  constructor(folder: string, passphrase: string | undefined = process.env.OMNIROUTE_VAULT_KEY) {
    this.#folder = folder;
    this.#path = join(folder, 'vault.json');
    this.#passphrase = passphrase || undefined;
  }

  async get(name: string): Promise<string | undefined> {
    const entry = (await this.#read()).entries[name];
    if (!entry) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', await this.#secretKey(), Buffer.from(entry.iv, 'base64'));
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(Buffer.from(entry.tag, 'base64'));
    try {
      return Buffer.concat([decipher.update(Buffer.from(entry.data, 'base64')), decipher.final()]).toString();
    } catch {
      throw new Error(
        `The secret "${name}" in ${this.#path} cannot be decrypted: vault.key or OMNIROUTE_VAULT_KEY is not the one it was saved with.`,
      );
    }
  }

  async set(name: string, value: string): Promise<void> {
    const key = await this.#secretKey();
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    cipher.setAAD(Buffer.from(name));
    const data = Buffer.concat([cipher.update(value), cipher.final()]);
    await this.#change((file) => {
      file.entries[name] = { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') };
    });
  }

  async delete(name: string): Promise<void> {
    await this.#change((file) => {
      delete file.entries[name];
    });
  }

  async #read(): Promise<VaultFile> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return { version: 1, entries: {} };
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      parsed = undefined;
    }
    const checked = vaultFile.safeParse(parsed);
    if (!checked.success) throw new Error(`${this.#path} is damaged and was left as it is. Move it away and add the keys again.`);
    return checked.data;
  }

  async #change(change: (file: VaultFile) => void): Promise<void> {
    await locked(this.#folder, 'vault', async () => {
      const file = await this.#read();
      change(file);
      await writeFileAtomic(this.#path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, fsync: true });
    });
  }

  async #secretKey(): Promise<Buffer> {
    this.#key ??= this.#passphrase ? scryptSync(this.#passphrase, 'omniroute-vault-1', 32) : await this.#keyFile();
    return this.#key;
  }

  async #keyFile(): Promise<Buffer> {
    const path = join(this.#folder, 'vault.key');
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    try {
      // `wx`: of two processes that start at once, one makes the key and the other reads it.
      const handle = await open(path, 'wx', 0o600);
      try {
        const key = randomBytes(32);
        await handle.writeFile(`${key.toString('base64')}\n`);
        await handle.sync();
        return key;
      } finally {
        await handle.close();
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await chmod(path, 0o600);
    const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
    if (key.length !== 32) throw new Error(`${path} is damaged: it should hold 32 bytes in base64. Secrets cannot be read without it.`);
    return key;
  }
}
