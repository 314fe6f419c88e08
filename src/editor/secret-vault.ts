import type { SecretStorage } from 'vscode';
import type { Vault } from '../accounts/vault.ts';

/** VS Code's SecretStorage as a vault. */
export class SecretVault implements Vault {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  async get(name: string): Promise<string | undefined> {
    return await this.#secrets.get(name);
  }

  async set(name: string, value: string): Promise<void> {
    await this.#secrets.store(name, value);
  }

  async delete(name: string): Promise<void> {
    await this.#secrets.delete(name);
  }
}
