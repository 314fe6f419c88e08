import { accountNamed } from '../../accounts/manage.ts';
import { nearest } from '../../config/nearest.ts';
import type { AccountConfig, Config } from '../../config/schema.ts';

/** The account of this id or name; when there is none, the error says which come nearest. */
export function namedAccount(config: Config, name: string): AccountConfig {
  if (config.accounts.some((entry) => entry.id === name || entry.name === name)) return accountNamed(config, name);
  const names = config.accounts.map((entry) => entry.name);
  const near = nearest(name, names, 3).map((entry) => `"${entry}"`);
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  throw new Error(`There is no account named "${name}".${hint}`);
}
