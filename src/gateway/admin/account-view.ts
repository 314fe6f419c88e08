import type { AccountConfig, CredentialRef } from '../../config/schema.ts';
import { providerById } from '../../providers/catalogue.ts';
import type { HealthEntry } from '../../routing/books.ts';

/** An account as it is shown: no key, no password in a URL, and of the headers (which may hold keys) the names alone. */
export function accountView(entry: AccountConfig, health: readonly HealthEntry[]) {
  const { id, provider, name, priority, enabled, parameters, limits, models, headroom, rotatedAt } = entry;
  const known = providerById(provider);
  return {
    id,
    provider,
    name,
    prefix: entry.prefix ?? known?.prefix,
    tier: known?.tier,
    priority,
    enabled,
    credential: credentialView(entry.credential),
    proxy: entry.proxy === null ? null : bareUrl(entry.proxy),
    baseUrl: entry.baseUrl === undefined ? undefined : bareUrl(entry.baseUrl),
    parameters: parameters && { ...parameters, ...(parameters.baseUrl ? { baseUrl: bareUrl(parameters.baseUrl) } : {}) },
    headers: entry.headers && Object.keys(entry.headers),
    limits,
    models,
    headroom,
    rotatedAt,
    health: health.filter((noted) => noted.scope !== 'provider' && noted.id === id),
  };
}

function credentialView(reference: CredentialRef | undefined): { kind: 'env'; name: string } | { kind: 'vault' } | undefined {
  if (!reference) return undefined;
  return 'env' in reference ? { kind: 'env', name: reference.env } : { kind: 'vault' };
}

/** The URL without user, password and query. */
function bareUrl(text: string): string {
  if (!URL.canParse(text)) return '';
  const url = new URL(text);
  url.username = '';
  url.password = '';
  url.search = '';
  return url.href;
}
