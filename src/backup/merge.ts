import { isDeepStrictEqual } from 'node:util';
import { renameCombo, vaultName } from '../accounts/manage.ts';
import { renameInBudgets } from '../accounts/manage-budgets.ts';
import { AUTO_NAMES } from '../config/name-problems.ts';
import type { AccountConfig, BudgetConfig, Config, KeyConfig } from '../config/schema.ts';
import { secretOf } from './vault-secrets.ts';

/** A config that has been given what another has beyond it. */
export interface Merged {
  config: Config;
  /** Entries that came in, under their names here: `account "Groq"`. */
  added: string[];
  /** Entries of the other config that were left, as there is one of that id, name or place here: `alias "fast"`. */
  left: string[];
  /** `combo "coding" is "coding-2" here`. */
  renamed: string[];
  /** Names of secrets here, and what they are called in the export. */
  secrets: Map<string, string>;
}

/**
 * Adds to `ours` what `theirs` has beyond it. What is here stays as it is: an entry of the same id is left, one of the same name comes in
 * under another name, which everything that came with it follows. Settings stay. Pure.
 */
export function mergeConfigs(ours: Config, theirs: Config): Merged {
  const merged: Merged = { config: structuredClone(ours), added: [], left: [], renamed: [], secrets: new Map() };
  const incoming = structuredClone(theirs);
  renameCombos(merged, incoming);
  mergeAccounts(merged, incoming);
  mergeKeys(merged, incoming);
  mergeCombos(merged, incoming);
  mergeAliases(merged, incoming);
  mergeRoutes(merged, incoming);
  mergePrices(merged, incoming);
  mergeBudgets(merged, incoming);
  return merged;
}

function renameCombos(merged: Merged, incoming: Config): void {
  const { config } = merged;
  for (const { name } of [...incoming.combos]) {
    const ours = config.combos.find((entry) => entry.name === name);
    const theirs = incoming.combos.find((entry) => entry.name === name);
    if (isDeepStrictEqual(ours, theirs) || (!ours && !Object.hasOwn(config.aliases, name))) continue;
    const twin = config.combos.find((entry) => entry.name.startsWith(`${name}-`) && isDeepStrictEqual({ ...entry, name }, theirs));
    if (twin && !incoming.combos.some((entry) => entry.name === twin.name)) {
      // It came in before, under this name.
      renameCombo(incoming, name, twin.name);
      continue;
    }
    const taken = [config, incoming].flatMap((each) => [...each.combos.map((entry) => entry.name), ...Object.keys(each.aliases)]);
    const to = freeName(name, '-', new Set([...taken, ...AUTO_NAMES]));
    renameCombo(incoming, name, to);
    merged.renamed.push(`combo "${name}" is "${to}" here`);
  }
}

function mergeAccounts(merged: Merged, incoming: Config): void {
  const { config } = merged;
  for (const account of [...incoming.accounts]) {
    const here = config.accounts.find(({ id }) => id === account.id);
    if (here) {
      renameInBudgets(incoming, account, { ...account, name: here.name });
      merged.left.push(`account "${account.name}"`);
      continue;
    }
    const others = [...config.accounts, ...incoming.accounts.filter((entry) => entry !== account)];
    const taken = new Set(others.filter(({ provider }) => provider === account.provider).map(({ name }) => name));
    const isTaken = config.accounts.some(({ name, provider }) => name === account.name && provider === account.provider);
    const after = { ...withOwnSecret(merged, account), name: isTaken ? freeName(account.name, ' ', taken) : account.name };
    if (isTaken) merged.renamed.push(`account "${account.name}" is "${after.name}" here`);
    incoming.accounts = incoming.accounts.map((entry) => (entry === account ? after : entry));
    renameInBudgets(incoming, account, after);
    config.accounts.push(after);
    merged.added.push(`account "${after.name}"`);
  }
}

/** An account that comes in has a secret of its own: by another's name it would be sent the key of an account that is here. */
function withOwnSecret(merged: Merged, account: AccountConfig): AccountConfig {
  const from = secretOf(account);
  if (from === undefined) return account;
  const taken = new Set(merged.config.accounts.flatMap((entry) => secretOf(entry) ?? []));
  const own = vaultName(account.id);
  const to = taken.has(own) ? freeName(own, '-', taken) : own;
  merged.secrets.set(to, from);
  return { ...account, credential: { secret: to } };
}

function mergeKeys(merged: Merged, incoming: Config): void {
  const { config } = merged;
  for (const key of incoming.keys) {
    const here = config.keys.find(({ id, hash }) => id === key.id || hash === key.hash);
    if (here) {
      renameKeyInBudgets(incoming, key.name, here.name);
      merged.left.push(`key "${key.name}"`);
      continue;
    }
    const after: KeyConfig = { ...key, name: freeKeyName(config, incoming, key) };
    if (after.name !== key.name) merged.renamed.push(`key "${key.name}" is "${after.name}" here`);
    renameKeyInBudgets(incoming, key.name, after.name);
    config.keys.push(after);
    merged.added.push(`key "${after.name}"`);
  }
}

function renameKeyInBudgets(config: Config, from: string, to: string): void {
  config.budgets = config.budgets.map((budget) => (budget.key === from ? { ...budget, key: to } : budget));
}

function freeKeyName(config: Config, incoming: Config, key: KeyConfig): string {
  if (!config.keys.some(({ name }) => name === key.name)) return key.name;
  return freeName(key.name, '-', new Set([...config.keys, ...incoming.keys].map(({ name }) => name)));
}

function mergeCombos(merged: Merged, incoming: Config): void {
  for (const combo of incoming.combos) {
    const isHere = merged.config.combos.some(({ name }) => name === combo.name);
    if (!isHere) merged.config.combos.push(combo);
    (isHere ? merged.left : merged.added).push(`combo "${combo.name}"`);
  }
}

function mergeAliases(merged: Merged, incoming: Config): void {
  const { config } = merged;
  for (const [alias, to] of Object.entries(incoming.aliases)) {
    const isTaken = Object.hasOwn(config.aliases, alias) || config.combos.some(({ name }) => name === alias);
    if (!isTaken) config.aliases = { ...config.aliases, [alias]: to };
    (isTaken ? merged.left : merged.added).push(`alias "${alias}"`);
  }
}

function mergeRoutes(merged: Merged, incoming: Config): void {
  for (const route of incoming.routes) {
    const isHere = merged.config.routes.some(({ match }) => match === route.match);
    if (!isHere) merged.config.routes.push(route);
    (isHere ? merged.left : merged.added).push(`route "${route.match}"`);
  }
}

/** Behind ours: the first pattern that fits counts. */
function mergePrices(merged: Merged, incoming: Config): void {
  const { config } = merged;
  for (const [pattern, price] of Object.entries(incoming.prices)) {
    const isHere = Object.hasOwn(config.prices, pattern);
    if (!isHere) config.prices = { ...config.prices, [pattern]: price };
    (isHere ? merged.left : merged.added).push(`price of "${pattern}"`);
  }
}

function mergeBudgets(merged: Merged, incoming: Config): void {
  const scope = ({ key, account, provider, tier, period, mode }: BudgetConfig) =>
    JSON.stringify([key, account, provider, tier, period, mode]);
  const here = new Set(merged.config.budgets.map(scope));
  for (const budget of incoming.budgets) {
    const isHere = here.has(scope(budget));
    if (!isHere) merged.config.budgets.push(budget);
    (isHere ? merged.left : merged.added).push(`a budget a ${budget.period}`);
  }
}

/** `name`, `name-2`, `name-3` … */
function freeName(name: string, joint: string, taken: ReadonlySet<string>): string {
  let count = 2;
  // A name has at most 100 characters.
  const named = (): string => `${name.slice(0, 94)}${joint}${count}`;
  while (taken.has(named())) count += 1;
  return named();
}
