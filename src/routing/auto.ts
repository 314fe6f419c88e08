import type { Account } from '../accounts/account.ts';
import { chatModels, isSmall, smallModels } from './auto-models.ts';
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
  const marked = scope.input.directory.modelsOf(account).filter(({ id }) => id.endsWith(':free'));
  return marked.flatMap(({ id }) => scope.candidate(account, id) ?? []);
}

function cheap(accounts: readonly Account[], scope: Scope): Candidate[] {
  const { needs, facts } = scope.input;
  const chosen = accounts.flatMap((account) => cheapest(account, scope) ?? []);
  return sortedBy(chosen, ({ target }) => [expectedCost(target, needs, facts)]);
}

function cheapest(account: Account, scope: Scope): Candidate | undefined {
  const usual = choice(account, scope);
  if (!usual || !isReady(usual) || COSTS_NOTHING.has(account.provider.tier)) return usual;
  const { needs, facts, directory } = scope.input;
  let best = { candidate: usual, cost: Number.POSITIVE_INFINITY };
  for (const id of chatModels(account, directory)) {
    const candidate = scope.candidate(account, id);
    if (!candidate || !isReady(candidate)) continue;
    const cost = expectedCost(candidate.target, needs, facts);
    if (cost < best.cost) best = { candidate, cost };
  }
  return best.candidate;
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
  const found = firstFit(account, preferred !== undefined && isSmall(preferred) ? [preferred, ...small] : small, scope);
  return found && isReady(found) ? found : choice(account, scope);
}

/** The account's preferred model, else the first that is allowed, able and not blocked; else the one that comes nearest to it. */
function choice(account: Account, scope: Scope): Candidate | undefined {
  return firstFit(account, usualOrder(account, scope), scope);
}

function usualOrder(account: Account, scope: Scope): readonly string[] {
  const preferred = account.config.models?.preferred;
  const models = chatModels(account, scope.input.directory);
  return preferred === undefined ? models : [preferred, ...models];
}

function firstFit(account: Account, ids: readonly string[], scope: Scope): Candidate | undefined {
  let nearest: Candidate | undefined;
  for (const id of ids) {
    const candidate = scope.candidate(account, id);
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
