import type { AccountConfig, Config } from '../config/schema.ts';
import { bareUrl } from './bare-url.ts';

/** Secrets that stand in the config itself, by their place: header values, passwords and queries of URLs. */
export interface TakenOut {
  /** The config without them. */
  config: Config;
  secrets: Map<string, string>;
}

const PLACE = /^config\/[^/]+\/(?:(proxy|baseUrl)|(headers|parameters)\/(.+))$/;

/** What the places of an account begin with; an id may hold anything. */
const baseOf = ({ id }: AccountConfig): string => `config/${encodeURIComponent(id)}/`;

/** Takes the secrets out of a config. A URL keeps its host and path; a header goes as a whole, as an empty one would be sent. */
export function takeOut(config: Config): TakenOut {
  const secrets = new Map<string, string>();
  const accounts = config.accounts.map((account) => withoutSecrets(account, (place, value) => secrets.set(place, value)));
  return { config: { ...config, accounts }, secrets };
}

function withoutSecrets(account: AccountConfig, keep: (place: string, value: string) => void): AccountConfig {
  const base = baseOf(account);
  const bare = (place: string, url: string): string => {
    const shown = bareUrl(url);
    if (shown !== url) keep(`${base}${place}`, url);
    return shown;
  };
  const { headers, parameters, ...others } = account;
  for (const [name, value] of Object.entries(headers ?? {})) keep(`${base}headers/${name}`, value);
  const kept = Object.entries(parameters ?? {}).map(([name, value]) => [
    name,
    /^[a-z0-9+.-]+:\/\//i.test(value) ? bare(`parameters/${name}`, value) : value,
  ]);
  return {
    ...others,
    ...(account.baseUrl === undefined ? {} : { baseUrl: bare('baseUrl', account.baseUrl) }),
    proxy: account.proxy === null ? null : bare('proxy', account.proxy),
    ...(parameters ? { parameters: Object.fromEntries(kept) } : {}),
  };
}

/** Puts back what `takeOut` took. Secrets of other places are left alone. */
export function putBack(config: Config, secrets: ReadonlyMap<string, string>): Config {
  const changed = structuredClone(config);
  for (const [place, value] of secrets) {
    const [, field, record, name] = PLACE.exec(place) ?? [];
    const account = changed.accounts.find((entry) => place.startsWith(baseOf(entry)));
    if (!account) continue;
    if (field === 'proxy' || field === 'baseUrl') account[field] = value;
    else if ((record === 'headers' || record === 'parameters') && name !== undefined)
      account[record] = { ...account[record], [name]: value };
  }
  return changed;
}

/** Where secrets were, for people: `account "Groq": proxy, headers x-key`. */
export function describeTaken(config: Config, secrets: ReadonlyMap<string, string>): string[] {
  return config.accounts.flatMap((account) => {
    const base = baseOf(account);
    const places = [...secrets.keys()].filter((place) => place.startsWith(base)).map((place) => place.slice(base.length).replace('/', ' '));
    return places.length > 0 ? [`account "${account.name}": ${places.join(', ')}`] : [];
  });
}
