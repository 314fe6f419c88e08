import * as l10n from '@vscode/l10n';
import type { Provider, ProviderParameter } from '../../../providers/provider.ts';
import type { AccountView, NewAccount } from '../../admin/api.ts';
import { error, type Problem } from '../../input/ui.ts';
import { freeName, namesOf, prefixFrom } from './names.ts';

/** Where a new account's key comes from. A typed key lives here, as long as the flow does, and in the request that adds the account. */
export type GivenKey = { from: 'typed'; key: string } | { from: 'env'; variable: string } | { from: 'none' };

/** What is known of an account that is being added. */
export interface Draft {
  provider: Provider | undefined;
  parameters: Record<string, string>;
  baseUrl: string | undefined;
  key: GivenKey;
  name: string | undefined;
}

export const emptyDraft = (provider?: Provider): Draft => ({
  provider,
  parameters: {},
  baseUrl: undefined,
  key: { from: 'none' },
  name: undefined,
});

/** Parameters without which the provider cannot be asked. The optional ones are edited later by those who need them. */
export function askedParameters({ parameters = [] }: Pick<Provider, 'parameters'>): ProviderParameter[] {
  return parameters.filter(({ name, optional, derived }) => name !== 'baseUrl' && !optional && !derived);
}

/** What is wrong with a parameter's value. They become parts of addresses. */
export function parameterProblem({ label, example, optional }: ProviderParameter, text: string): Problem | undefined {
  const value = text.trim();
  if (value === '') return optional ? undefined : error(l10n.t('Enter the {0}, such as {1}.', label, example));
  if (/[^\w.:-]/.test(value)) return error(l10n.t('Only letters, digits, dots, colons and dashes, such as {0}.', example));
  return undefined;
}

/** What is wrong with an account's name. */
export function nameProblem(text: string, taken: readonly string[]): Problem | undefined {
  const name = text.trim();
  if (name === '') return error(l10n.t('Enter a name.'));
  if (name.length > 100) return error(l10n.t('A name has at most {0} characters.', 100));
  return taken.includes(name) ? error(l10n.t('Another account of this provider has this name.')) : undefined;
}

/** The name an account is given when the user gives none: the provider's id as on the command line; of an own endpoint, its host. */
export function suggestedName(provider: Provider, host: string, accounts: readonly AccountView[]): string {
  return freeName((provider.customBaseUrl && host) || provider.id, namesOf(provider.id, accounts));
}

/** The request that adds the account. Nothing is stored unless its provider answered. */
export function newAccountOf(draft: Draft & { provider: Provider }, accounts: readonly AccountView[]): NewAccount {
  const { provider, parameters, baseUrl, key } = draft;
  const name = draft.name ?? suggestedName(provider, '', accounts);
  const prefix = ownPrefix(provider, name, accounts);
  return {
    provider: provider.id,
    name,
    ...(prefix === undefined ? {} : { prefix }),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...credentialOf(key),
    mustReach: true,
  };
}

function credentialOf(key: GivenKey): Pick<NewAccount, 'key' | 'env' | 'noKey'> {
  return key.from === 'none' ? { noKey: true } : keyOf(key);
}

/** A key, or where it is read, as the gateway takes it. */
export function keyOf(given: Exclude<GivenKey, { from: 'none' }>): { key: string } | { env: string } {
  return given.from === 'typed' ? { key: given.key } : { env: given.variable };
}

/** Two own endpoints are two providers: the second has a prefix of its own, or their models would be taken for the same. */
function ownPrefix(provider: Provider, name: string, accounts: readonly AccountView[]): string | undefined {
  const taken = accounts.flatMap(({ prefix }) => prefix ?? []);
  if (!provider.customBaseUrl || !taken.includes(provider.prefix)) return undefined;
  return freeName(prefixFrom(name) || provider.prefix, taken);
}
