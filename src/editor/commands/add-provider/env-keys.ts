import type { Provider } from '../../../providers/provider.ts';
import type { AccountView } from '../../admin/api.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A key that lies in the environment already. Its value is not here; `hint` is as much of it as may be seen. */
export interface EnvKey {
  variable: string;
  hint: string;
}

/** From this length on four characters tell keys apart and give nothing away. */
const LONG_ENOUGH = 16;

/** The last four characters of a key, of a short one none: `…x7Qa`. */
export function keyHint(key: string): string {
  return key.length >= LONG_ENOUGH && !key.startsWith('{') ? `…${key.slice(-4)}` : '…';
}

/** The first of a provider's usual variables that is set. */
export function envKeyOf({ env = [] }: Pick<Provider, 'env'>, environment: Environment): EnvKey | undefined {
  for (const variable of env) {
    const value = environment[variable]?.trim();
    if (value) return { variable, hint: keyHint(value) };
  }
  return undefined;
}

/** Providers whose key is in the environment and in no account's use yet, in the catalogue's order. */
export function importable(
  providers: readonly Provider[],
  environment: Environment,
  accounts: readonly AccountView[],
): { provider: Provider; key: EnvKey }[] {
  const used = new Set(accounts.flatMap(({ credential }) => (credential?.kind === 'env' ? [credential.name] : [])));
  return providers.flatMap((provider) => {
    if (provider.offline) return [];
    const key = envKeyOf({ env: provider.env?.filter((name) => !used.has(name)) }, environment);
    return key ? [{ provider, key }] : [];
  });
}
