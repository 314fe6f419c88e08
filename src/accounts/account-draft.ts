import type * as z from 'zod';
import { newShortId } from '../config/file.ts';
import { type AccountConfig, accountSchema } from '../config/schema.ts';
import { nearestProviders, providerById } from '../providers/catalogue.ts';
import type { Provider } from '../providers/provider.ts';
import { invalid, ManageError } from './manage-error.ts';

/** An account as it is asked for: no id yet, no key, and the provider's id as its name when none is given. */
export const newAccountSchema = accountSchema
  .omit({ id: true, credential: true, rotatedAt: true })
  .partial({ name: true, priority: true, enabled: true, proxy: true });
export type NewAccount = z.input<typeof newAccountSchema>;

/** Where the vault keeps an account's key. */
export const vaultName = (accountId: string): string => `account/${accountId}`;

/** True where the host answers without a key. */
export function isKeyless({ auth }: Provider): boolean {
  return auth.type === 'none' || (auth.type === 'bearer' && auth.optional === true);
}

/** A new account, still without its credential. Throws ManageError: unknown provider, with the nearest ones; what the provider needs. */
export function draftAccount(input: NewAccount, id: string = newShortId()): AccountConfig {
  const provider = knownProvider(input.provider);
  refuseMissing(provider, input);
  const checked = accountSchema.safeParse({ ...input, id, name: input.name ?? provider.id });
  if (!checked.success) throw invalid(checked.error);
  return checked.data;
}

function knownProvider(id: string): Provider {
  const provider = providerById(id);
  if (provider && !provider.offline) return provider;
  const near = nearestProviders(id, 3).map((entry) => entry.id);
  throw new ManageError('invalid', `unknown provider "${id.slice(0, 100)}"; nearest: ${near.join(', ')}`, 'provider');
}

function refuseMissing(provider: Provider, { baseUrl, parameters = {} }: NewAccount): void {
  if (provider.customBaseUrl && !baseUrl && !parameters.baseUrl) {
    throw new ManageError('invalid', `${provider.id} needs a base URL`, 'baseUrl');
  }
  const missing = (provider.parameters ?? []).filter(
    (wanted) =>
      wanted.name !== 'baseUrl' && !wanted.optional && !wanted.derived && wanted.default === undefined && !parameters[wanted.name],
  );
  const [first] = missing;
  if (!first) return;
  const texts = missing.map(({ name, label, example }) => `parameters.${name} (${label}, such as ${example})`);
  throw new ManageError('invalid', `${provider.id} needs ${texts.join(' and ')}`, `parameters.${first.name}`);
}
