import type { AccountConfig } from '../config/schema.ts';
import type { Upstream } from '../upstream/http.ts';
import { Credentials } from './account.ts';

const CANDIDATE = 'candidate';

/**
 * A key that is tried before it is kept: credentials that know it alone, and the account as it would be with it. What a provider makes
 * of the key (a service account's token) is made here too.
 */
export function withCandidateKey(
  key: string,
  entry: AccountConfig,
  upstream: Upstream,
): { credentials: Credentials; entry: AccountConfig } {
  const only = { get: async () => key, set: async () => {}, delete: async () => {} };
  return { credentials: new Credentials(only, {}, upstream), entry: { ...entry, credential: { secret: CANDIDATE } } };
}
