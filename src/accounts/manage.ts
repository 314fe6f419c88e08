import { type AccountConfig, accountSchema, type BudgetConfig, type Config, type CredentialRef } from '../config/schema.ts';
import { providerById } from '../providers/catalogue.ts';
import type { Account } from './account.ts';
import { vaultName } from './account-draft.ts';
import { dropAccountBudgets, renameInBudgets } from './manage-budgets.ts';
import { invalid, ManageError } from './manage-error.ts';
import { followPrefix } from './manage-rename.ts';
import { mergePatch } from './merge-patch.ts';

/**
 * Changes of a config that is being edited, for `ConfigFile.update`. Each throws ManageError and leaves the config as it was when the
 * change cannot be. Secrets are the caller's: these functions handle their names only.
 */
export { draftAccount, isKeyless, type NewAccount, newAccountSchema, vaultName } from './account-draft.ts';
export { knownModels } from './known-models.ts';
export { dropKeyBudgets, saveBudgets } from './manage-budgets.ts';
export { removeAlias, removeCombo, removeRoute, renameCombo, saveCombo, saveRoute, saveRoutes, setAlias } from './manage-names.ts';
export { ManageError };

/** What can be edited of an account. `null` takes a value away; `limits`, `models`, `parameters` and `headers` are merged field by field. */
export interface AccountEdit {
  name?: string;
  prefix?: string | null;
  priority?: number | null;
  enabled?: boolean | null;
  proxy?: string | null;
  limits?: { [field: string]: unknown } | null;
  models?: { [field: string]: unknown } | null;
  headroom?: number | null;
  baseUrl?: string | null;
  parameters?: { [name: string]: string | null } | null;
  headers?: { [name: string]: string | null } | null;
}

const EDITABLE: ReadonlySet<string> = new Set([
  'name',
  'prefix',
  'priority',
  'enabled',
  'proxy',
  'limits',
  'models',
  'headroom',
  'baseUrl',
  'parameters',
  'headers',
]);

/** The account with this id, else with this name. Throws ManageError: `not_found`, or `ambiguous` with the ids to choose from. */
export function accountNamed(config: Config, nameOrId: string): AccountConfig {
  const byId = config.accounts.find((entry) => entry.id === nameOrId);
  if (byId) return byId;
  const [first, ...others] = config.accounts.filter((entry) => entry.name === nameOrId);
  if (!first) throw new ManageError('not_found', `There is no account named "${nameOrId}".`);
  if (others.length === 0) return first;
  const ids = [first, ...others].map((entry) => `${entry.id} (${entry.provider})`).join(', ');
  throw new ManageError('ambiguous', `Several accounts are named "${nameOrId}": name one by its id: ${ids}.`);
}

/** An account's config with its provider, as routing takes it; also of an account that is disabled or not saved yet. */
export function joinedAccount(entry: AccountConfig): Account {
  const provider = providerById(entry.provider);
  if (!provider) throw new ManageError('invalid', `Account "${entry.name}" is of a provider that is not known here: "${entry.provider}".`);
  return { config: entry, provider, prefix: entry.prefix ?? provider.prefix };
}

/** Adds an account (`draftAccount` makes one). Throws ManageError `duplicate` when the provider has one of that name, or the id is taken. */
export function addAccount(config: Config, entry: AccountConfig): AccountConfig {
  refuseDuplicate(config, entry);
  if (config.accounts.some((other) => other.id === entry.id)) {
    throw new ManageError('duplicate', `There is already an account with the id "${entry.id}".`, 'id');
  }
  config.accounts.push(entry);
  return entry;
}

/** Changes an account and gives it as it is now. Names that mean it by its old name or prefix follow: budgets, targets, key limits, rules. */
export function editAccount(config: Config, nameOrId: string, edit: AccountEdit): AccountConfig {
  const before = accountNamed(config, nameOrId);
  const stray = Object.keys(edit).find((field) => !EDITABLE.has(field));
  if (stray !== undefined) throw new ManageError('invalid', `${stray}: cannot be edited`, stray);
  const checked = accountSchema.safeParse(mergePatch(before, edit));
  if (!checked.success) throw invalid(checked.error);
  const after = withoutEmpty(checked.data);
  refuseDuplicate(config, after);
  replace(config, after);
  renameInBudgets(config, before, after);
  followPrefix(config, before, after);
  return after;
}

/** An account that was taken away, and what went with it. */
export interface RemovedAccount {
  account: AccountConfig;
  /** Name of the secret to delete: the account's key is in the vault, and nobody else's. */
  secret: string | undefined;
  /** Budgets that were for this account alone. */
  budgets: BudgetConfig[];
}

/** Takes an account away, and the budgets that could never count again. */
export function removeAccount(config: Config, nameOrId: string): RemovedAccount {
  const account = accountNamed(config, nameOrId);
  config.accounts = config.accounts.filter((entry) => entry !== account);
  return { account, secret: unusedSecret(config, account), budgets: dropAccountBudgets(config, account) };
}

/**
 * The account's key is another from now on: what was noted against the old one no longer counts. Gives the name of the old key's secret
 * when it is no longer used.
 */
export function setCredential(config: Config, nameOrId: string, credential: CredentialRef, now: Date): { unused: string | undefined } {
  const before = accountNamed(config, nameOrId);
  replace(config, { ...before, credential, rotatedAt: now.toISOString() });
  return { unused: unusedSecret(config, before) };
}

/** Where the vault keeps an account's new key: never where, by hand, another account's config looks for its own, which the key may not be meant for. */
export function ownVaultName(config: Config, accountId: string): string {
  const others = new Set(config.accounts.flatMap((entry) => (entry.id === accountId ? [] : (secretOf(entry) ?? []))));
  const usual = vaultName(accountId);
  let name = usual;
  for (let at = 2; others.has(name); at += 1) name = `${usual}/${at}`;
  return name;
}

/** The secret an account had, when no account has it now. */
function unusedSecret(config: Config, before: AccountConfig): string | undefined {
  const secret = secretOf(before);
  return config.accounts.some((entry) => secretOf(entry) === secret) ? undefined : secret;
}

function secretOf({ credential }: AccountConfig): string | undefined {
  return credential && 'secret' in credential ? credential.secret : undefined;
}

function replace(config: Config, after: AccountConfig): AccountConfig {
  config.accounts = config.accounts.map((entry) => (entry.id === after.id ? after : entry));
  return after;
}

function refuseDuplicate(config: Config, { id, name, provider }: AccountConfig): void {
  if (config.accounts.some((other) => other.id !== id && other.name === name && other.provider === provider)) {
    throw new ManageError('duplicate', `There is already a ${provider} account named "${name}".`, 'name');
  }
}

/** What is empty after its last field was taken away says nothing. */
function withoutEmpty(entry: AccountConfig): AccountConfig {
  const kept = { ...entry };
  for (const field of ['limits', 'models', 'parameters', 'headers'] as const) {
    if (kept[field] && Object.keys(kept[field]).length === 0) delete kept[field];
  }
  return kept;
}
