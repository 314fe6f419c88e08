import type { Vault } from '../../src/accounts/vault.ts';

/** SecretStorage as the editor gives it, in memory. */
export function memoryVault(): Vault & { all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    get: async (name) => all.get(name),
    set: async (name, value) => void all.set(name, value),
    delete: async (name) => void all.delete(name),
  };
}
