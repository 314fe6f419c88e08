import { homedir } from 'node:os';
import type { Config } from '../config/schema.ts';

type Replace = (text: string) => string;

/** Takes the user's folders out of a text: their names are mostly the user's own. */
export function withoutFolders(folder: string, env: Readonly<Record<string, string | undefined>>): Replace {
  const homes = [...new Set([homedir(), env.HOME, env.USERPROFILE].filter((path) => path !== undefined && path.length > 1))];
  const places: [string, string][] = [[folder, '(data folder)'], ...homes.map((path): [string, string] => [path ?? '', '~'])];
  return (text) =>
    places.reduce((left, [path, mark]) => left.replaceAll(path, mark).replaceAll(JSON.stringify(path).slice(1, -1), mark), text);
}

/** Names that are numbers or words of JSON tell nothing, and texts would be unreadable without them. */
const SPARED = /^(?:\d+|true|false|null|default|auto)$/;

/**
 * Replaces the names the user gave: of accounts, prefixes, gateway keys, combos and hosts. Each keeps its own stand-in, so that one can
 * still follow who is who. A name that is an ordinary word goes wherever the word stands.
 */
export function withoutNames(config: Config): Replace {
  const standIns = new Map<string, string>();
  const add = (kind: string, names: readonly (string | undefined)[]): void => {
    for (const [index, name] of names.entries()) {
      if (name !== undefined && name !== '' && !SPARED.test(name) && !standIns.has(name)) standIns.set(name, `${kind}-${index + 1}`);
    }
  };
  const { accounts, keys, combos, aliases } = config;
  add(
    'account',
    accounts.map(({ name, provider }) => (name === provider ? undefined : name)),
  );
  add(
    'prefix',
    accounts.map(({ prefix }) => prefix),
  );
  add(
    'host',
    accounts.flatMap(({ baseUrl, proxy, parameters }) => [baseUrl, proxy ?? undefined, parameters?.baseUrl].map(hostOf)),
  );
  add(
    'key',
    keys.map(({ name }) => name),
  );
  add(
    'combo',
    combos.map(({ name }) => name),
  );
  add('alias', Object.keys(aliases));
  const longestFirst = [...standIns].sort(([a], [b]) => b.length - a.length);
  return (text) => longestFirst.reduce((left, [name, standIn]) => left.replace(wordOf(name), standIn), text);
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** The name by itself, as it stands in JSON. */
function wordOf(name: string): RegExp {
  const escaped = JSON.stringify(name)
    .slice(1, -1)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${escaped}(?![\\p{L}\\p{N}_-])`, 'giu');
}
