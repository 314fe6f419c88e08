import { AUTO_NAMES } from '../config/name-problems.ts';
import { matchesAny } from '../config/names.ts';
import type { AccountConfig, Config } from '../config/schema.ts';
import { providerById } from '../providers/catalogue.ts';
import { nearest } from '../routing/resolve.ts';

/** Names a combo, alias or route can lead to, as far as the config alone tells: no provider is asked. Disabled accounts count. */
interface Names {
  /** Combos, aliases, `auto` and its kin. */
  own: Set<string>;
  prefixes: Set<string>;
  /** Bare ids. */
  models: Set<string>;
  /** `prefix/model`. */
  full: Set<string>;
}

/** Says that nothing here answers to a target, and what comes nearest; `undefined` when something does. */
export function unknownTarget(config: Config, target: string): string | undefined {
  const names = namesOf(config);
  if (isKnown(names, target)) return undefined;
  const near = nearest(target, [...names.own, ...names.full], 3);
  const hint = near.length > 0 ? ` Did you mean ${near.map((name) => `"${name}"`).join(', ')}?` : '';
  return `there is no "${target}" here: no account has this prefix, and no combo, alias or model this name.${hint}`;
}

function isKnown({ own, prefixes, models, full }: Names, target: string): boolean {
  const slash = target.indexOf('/');
  if (own.has(target) || models.has(target) || (slash > 0 && prefixes.has(target.slice(0, slash)))) return true;
  return target.includes('*') && [...models, ...full].some((name) => matchesAny([target], name));
}

function namesOf(config: Config): Names {
  const names: Names = {
    own: new Set([...config.combos.map((combo) => combo.name), ...Object.keys(config.aliases), ...AUTO_NAMES]),
    prefixes: new Set(['demo']),
    models: new Set(),
    full: new Set(),
  };
  for (const account of config.accounts) {
    const prefix = account.prefix ?? providerById(account.provider)?.prefix ?? account.provider;
    names.prefixes.add(prefix);
    for (const id of modelIds(account)) {
      names.models.add(id);
      names.full.add(`${prefix}/${id}`);
    }
  }
  return names;
}

function modelIds(account: AccountConfig): string[] {
  const seed = providerById(account.provider)?.models.seed ?? [];
  return [...seed, ...(account.models?.custom ?? [])].map((model) => model.id);
}
