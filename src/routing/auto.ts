import type { Account } from '../accounts/account.ts';
import { allowedModels, chatModels, freeVariants, isSmall, smallModels } from './auto-models.ts';
import { byCost, ladderOf } from './cost-ladder.ts';
import { type Candidate, type Group, isReady } from './names/group.ts';
import type { AutoName } from './names/read-name.ts';
import type { Scope } from './names/scope.ts';
import { COSTS_NOTHING, expectedCost } from './strategies/expected-cost.ts';
import { sortedBy } from './strategies/sorted-by.ts';
import { tierRank } from './tier-rank.ts';

/** Automatic routing: one model of each account, in the order of the name's own measure. `undefined` when no account has a model. */
export function autoGroup(auto: AutoName, scope: Scope): Group | undefined {
  return scope.group(auto, () => {
    const candidates = CANDIDATES[auto](accountsByTier(scope), scope);
    return candidates.length > 0 ? { name: auto, label: LABELS[auto], strategy: 'fill-first', ranks: [candidates] } : undefined;
  });
}

const LABELS: Record<AutoName, string> = {
  auto: 'auto (best tier first)',
  'auto/free': 'auto/free (what costs nothing)',
  'auto/cheap': 'auto/cheap (cheapest first)',
  'auto/fast': 'auto/fast (small models, quickest first)',
};

const CANDIDATES: Record<AutoName, (accounts: readonly Account[], scope: Scope) => Candidate[]> = {
  auto: (accounts, scope) => accounts.flatMap((account) => choice(account, scope) ?? []),
  'auto/free': free,
  'auto/cheap': cheap,
  'auto/fast': fast,
};

/** The directory has the best priority first, and the sort keeps it so within a tier. */
function accountsByTier({ input }: Scope): Account[] {
  const accounts = input.directory.accounts.filter((account) => !account.provider.offline);
  return sortedBy(accounts, ({ provider }) => [tierRank(provider.tier)]);
}

/** What costs nothing: the free and local accounts, and models that their host marks as free (OpenRouter's `:free`). */
function free(accounts: readonly Account[], scope: Scope): Candidate[] {
  const found = accounts.flatMap((account) => {
    const rank = account.provider.tier === 'local' ? 1 : 0;
    return freeModels(account, scope).map((candidate) => ({ candidate, rank, priority: account.config.priority }));
  });
  return sortedBy(found, ({ rank, priority }) => [rank, priority]).map(({ candidate }) => candidate);
}

function freeModels(account: Account, scope: Scope): Candidate[] {
  const { tier } = account.provider;
  if (tier === 'free' || tier === 'local') return [choice(account, scope) ?? []].flat();
  return freeVariants(account, scope.input.directory).flatMap((id) => scope.candidate(account, id) ?? []);
}

function cheap(accounts: readonly Account[], scope: Scope): Candidate[] {
  const { needs, facts } = scope.input;
  const chosen = accounts.flatMap((account) => cheapest(account, scope) ?? []);
  return sortedBy(chosen, ({ target }) => [expectedCost(target, needs, facts)]);
}

function cheapest(account: Account, scope: Scope): Candidate | undefined {
  const usual = choice(account, scope);
  if (!usual || !isReady(usual) || COSTS_NOTHING.has(account.provider.tier)) return usual;
  for (const id of byCost(ladderOf(account, scope.input), scope.input.needs)) {
    const candidate = scope.candidate(account, id);
    if (candidate && isReady(candidate)) return candidate;
  }
  return usual;
}

/** Soonest first token first. A small model that was not measured lately comes before all, so that it gets measured. */
function fast(accounts: readonly Account[], scope: Scope): Candidate[] {
  const chosen = accounts.flatMap((account) => quick(account, scope) ?? []);
  const unmeasured = (model: string): number => (isSmall(model) ? -1 : Number.POSITIVE_INFINITY);
  return sortedBy(chosen, ({ target }) => [scope.input.facts.latency(target) ?? unmeasured(target.model)]);
}

function quick(account: Account, scope: Scope): Candidate | undefined {
  const preferred = account.config.models?.preferred;
  const small = smallModels(account, scope.input.directory);
  const found = firstFit(account, preferred !== undefined && isSmall(preferred) ? preferred : undefined, small, scope);
  return found && isReady(found) ? found : choice(account, scope);
}

/** The account's preferred model, else the first that is allowed, able and not blocked; else the one that comes nearest to it. */
function choice(account: Account, scope: Scope): Candidate | undefined {
  return firstFit(account, account.config.models?.preferred, usualModels(account, scope), scope);
}

/** What the account may not be used for is nearest only where it may be used for nothing, or not at all. */
function usualModels(account: Account, { input: { directory, settings } }: Scope): readonly string[] {
  const may = settings.rules.blockedProviders.includes(account.provider.id) ? [] : allowedModels(account, directory);
  return may.length > 0 ? may : chatModels(account, directory);
}

function firstFit(account: Account, first: string | undefined, ids: readonly string[], scope: Scope): Candidate | undefined {
  let nearest: Candidate | undefined;
  for (let at = first === undefined ? 0 : -1; at < ids.length; at++) {
    const candidate = scope.candidate(account, (at < 0 ? first : ids[at]) ?? '');
    if (!candidate) continue;
    if (isReady(candidate)) return candidate;
    // What holds for the account holds for its other models as well.
    if (candidate.block && candidate.block.scope !== 'model') return candidate;
    if (!nearest || hindrance(candidate) < hindrance(nearest)) nearest = candidate;
  }
  return nearest;
}

function hindrance({ block }: Candidate): number {
  if (!block) return 0;
  return block.reason === 'not-allowed' ? 2 : 1;
}
