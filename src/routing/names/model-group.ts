import type { Account } from '../../accounts/account.ts';
import { wildcard } from '../../config/wildcard.ts';
import type { Directory } from '../facts.ts';
import type { Candidate, Group } from './group.ts';
import { infoOn } from './listed.ts';
import type { Scope } from './scope.ts';

/** The accounts a model's name stands for: `prefix/model` every one with that prefix, a bare id every one that lists it. */
export function modelGroup(name: string, scope: Scope): Group | undefined {
  return scope.group(`model ${name}`, () => {
    const prefixed = prefixedCandidates(name, scope);
    const candidates = prefixed.length > 0 ? prefixed : listingCandidates(name, scope);
    if (candidates.length === 0) return undefined;
    const strategy = scope.input.settings.routing.accountStrategy;
    const label = candidates.length > 1 ? { label: `accounts of ${name} (${strategy})` } : {};
    return { name, strategy, ranks: byPriority(candidates), ...label };
  });
}

/** The listed models that fit a pattern, in list order: each a reference of its own. */
export function listedGroups(pattern: string, scope: Scope): Group[] {
  const expression = wildcard(pattern);
  const prefix = plainPrefix(pattern);
  const bare = !pattern.includes('/');
  const names = new Set<string>();
  const { directory } = scope.input;
  for (const account of directory.accounts) {
    // The demo answers only who asks for it.
    if (prefix === undefined ? account.provider.offline : account.prefix !== prefix) continue;
    for (const { id } of directory.modelsOf(account)) {
      const name = `${account.prefix}/${id}`;
      if (expression.test(name) || (bare && expression.test(id))) names.add(name);
    }
  }
  return [...names].flatMap((name) => modelGroup(name, scope) ?? []);
}

/** What stands before a pattern's first slash, where that is no pattern itself. */
function plainPrefix(pattern: string): string | undefined {
  const prefix = pattern.slice(0, Math.max(0, pattern.indexOf('/')));
  return prefix === '' || prefix.includes('*') ? undefined : prefix;
}

function prefixedCandidates(name: string, scope: Scope): Candidate[] {
  const slash = name.indexOf('/');
  if (slash <= 0) return [];
  const prefix = name.slice(0, slash);
  const accounts = scope.input.directory.accounts.filter((account) => account.prefix === prefix);
  return candidatesAt(accounts, name.slice(slash + 1), scope);
}

function listingCandidates(name: string, scope: Scope): Candidate[] {
  const { directory } = scope.input;
  return candidatesAt(listing(name, directory), name, scope);
}

function listing(id: string, directory: Directory): Account[] {
  return directory.accounts.filter((account) => infoOn(account, id, directory) !== undefined);
}

function candidatesAt(accounts: readonly Account[], model: string, scope: Scope): Candidate[] {
  return accounts.flatMap((account) => scope.candidate(account, model) ?? []);
}

function byPriority(candidates: readonly Candidate[]): Candidate[][] {
  const ranks = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    const { priority } = candidate.target.account.config;
    const rank = ranks.get(priority);
    if (rank) rank.push(candidate);
    else ranks.set(priority, [candidate]);
  }
  return [...ranks].sort(([a], [b]) => a - b).map(([, rank]) => rank);
}
