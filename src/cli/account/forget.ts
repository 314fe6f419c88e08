import type { Vault } from '../../accounts/vault.ts';
import type { Config } from '../../config/schema.ts';

/** Deletes a secret that nothing uses any more: by hand, a config may name one secret for two accounts. */
export async function forget(vault: Vault, secret: string | undefined, config: Config): Promise<boolean> {
  if (secret === undefined) return false;
  const used = config.accounts.some(({ credential }) => credential && 'secret' in credential && credential.secret === secret);
  if (!used) await vault.delete(secret);
  return !used;
}
