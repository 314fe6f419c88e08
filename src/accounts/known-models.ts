import type { KnownModels } from '../config/name-problems.ts';
import type { AccountConfig, Config } from '../config/schema.ts';
import { providerById } from '../providers/catalogue.ts';

/**
 * What the accounts of a config answer to, disabled ones too: a combo may be made before its account is switched on. `listed` gives the
 * ids an account's provider lists, where they are known; else the catalogue's are taken.
 */
export function knownModels(
  config: Config,
  listed: (entry: AccountConfig) => readonly string[] | undefined = () => undefined,
): KnownModels {
  const prefixes = new Set(['demo']);
  const ids = new Set<string>();
  const suggestions: string[] = [];
  for (const entry of config.accounts) {
    const provider = providerById(entry.provider);
    const prefix = entry.prefix ?? provider?.prefix;
    if (prefix === undefined) continue;
    prefixes.add(prefix);
    const own = entry.models?.custom?.map(({ id }) => id) ?? [];
    for (const id of [...(listed(entry) ?? provider?.models.seed.map((info) => info.id) ?? []), ...own]) {
      ids.add(id);
      suggestions.push(`${prefix}/${id}`);
    }
  }
  return { prefixes, models: (id) => ids.has(id), suggestions };
}
