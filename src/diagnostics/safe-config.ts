import type { AccountConfig, Config } from '../config/schema.ts';

const REMOVED = '(removed)';

/** A config without a secret and without a user's own words: what is not known to be harmless is left out or described. */
export function safeConfig(config: Config): unknown {
  const { accounts, keys, settings, ...names } = config;
  return {
    ...names,
    accounts: accounts.map(safeAccount),
    keys: keys.map(({ id, name, createdAt, models, rpm, expiresAt, previous, admin }) => ({
      id,
      name,
      createdAt,
      models,
      rpm,
      expiresAt,
      admin,
      // Neither hash nor the last characters: both help who has half of a key.
      ...(previous ? { previous: { until: previous.until } } : {}),
    })),
    settings: safeSettings(settings),
  };
}

function safeAccount(account: AccountConfig): unknown {
  const { id, provider, name, prefix, rotatedAt, priority, enabled, limits, models, headroom, baseUrl, proxy, parameters, headers } =
    account;
  return {
    id,
    provider,
    name,
    prefix,
    baseUrl: baseUrl === undefined ? undefined : bareUrl(baseUrl),
    parameters: parameters && mapped(parameters, safeParameter),
    credential: safeCredential(account),
    rotatedAt,
    priority,
    enabled,
    proxy: proxy === null ? null : bareUrl(proxy),
    headers: headers && mapped(headers, () => REMOVED),
    limits,
    models,
    headroom,
  };
}

/** Only that there is one: names in the vault may be the user's own, names of variables say where to look. */
function safeCredential({ credential }: AccountConfig): unknown {
  if (!credential) return undefined;
  return 'env' in credential ? { env: credential.env } : { secret: '(in the vault)' };
}

/** Regions and versions are what most mistakes are about; anything else may be an id or a key. */
function safeParameter(value: string, name: string): string {
  if (/^(?:region|location|apiVersion)$/i.test(name) && /^[a-z0-9.-]{1,32}$/i.test(value)) return value;
  return /^https?:\/\//i.test(value) ? bareUrl(value) : REMOVED;
}

/** Numbers, switches and single words stay; of other texts (system prompts) only the length is told. */
function safeSettings(value: unknown): unknown {
  if (typeof value === 'string') return /^[a-z][a-z-]{0,30}$/.test(value) ? value : `(${value.length} characters)`;
  if (Array.isArray(value)) return value.map(safeSettings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, safeSettings(entry)]));
}

/** Scheme, host, port and path of a URL; nothing of what is none. */
export function bareUrl(text: string): string {
  if (!URL.canParse(text)) return REMOVED;
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

function mapped(record: Readonly<Record<string, string>>, change: (value: string, name: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}
