import { accountNamed } from '../../accounts/manage.ts';
import type { AccountConfig, Config } from '../../config/schema.ts';
import { nearest } from '../../routing/resolve.ts';

/** The account of this id or name; when there is none, the error says which come nearest. */
export function namedAccount(config: Config, name: string): AccountConfig {
  if (config.accounts.some((entry) => entry.id === name || entry.name === name)) return accountNamed(config, name);
  const names = config.accounts.map((entry) => entry.name);
  const near = nearest(name, names, 3);
  const shown = (near.length > 0 ? near : names.slice(0, 5)).map((entry) => `"${entry}"`).join(', ');
  const hint = shown ? ` ${near.length > 0 ? 'Did you mean' : 'There are'} ${shown}${near.length > 0 ? '?' : '.'}` : '';
  throw new Error(`There is no account named "${name}".${hint}`);
}
