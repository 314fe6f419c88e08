import type { AccountConfig, Config } from '../config/schema.ts';

/** What of an account decides where its requests go, as whom, and through what. */
const ADDRESS = [
  'provider',
  'baseUrl',
  'proxy',
  'headers',
  'parameters',
  'credential',
  'rotatedAt',
] as const satisfies (keyof AccountConfig)[];

/** Accounts that are new, gone or reached in another way since: what was learned of them no longer holds. */
export function readdressed(before: Config, after: Config): string[] {
  const earlier = new Map(before.accounts.map((entry) => [entry.id, addressOf(entry)]));
  const changed = after.accounts.filter((entry) => earlier.get(entry.id) !== addressOf(entry)).map((entry) => entry.id);
  const left = new Set(after.accounts.map((entry) => entry.id));
  return [...changed, ...[...earlier.keys()].filter((id) => !left.has(id))];
}

function addressOf(entry: AccountConfig): string {
  return JSON.stringify(ADDRESS.map((field) => entry[field] ?? null));
}
