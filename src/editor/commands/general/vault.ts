import type { SecretStorage } from 'vscode';
import { SecretVault } from '../../secret-vault.ts';
import type { ListedVault } from './sign-out.ts';

/** Newer editors tell the names of all secrets of an extension. */
interface ListedSecrets extends SecretStorage {
  keys(): Thenable<string[]>;
}

/** This editor's vault; it can tell all its names where the editor can. */
export function listedVault(secrets: SecretStorage): ListedVault {
  const vault = new SecretVault(secrets);
  return {
    get: (name) => vault.get(name),
    set: (name, value) => vault.set(name, value),
    delete: (name) => vault.delete(name),
    ...(isListed(secrets) ? { names: async () => await secrets.keys() } : {}),
  };
}

function isListed(secrets: SecretStorage): secrets is ListedSecrets {
  return 'keys' in secrets && typeof secrets.keys === 'function';
}
