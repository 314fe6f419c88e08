import type { Account } from '../accounts/account.ts';
import type { ModelInfo } from '../providers/provider.ts';
import { allowedModels } from './auto-models.ts';
import { lack } from './capability.ts';
import type { Needs, Price } from './facts.ts';
import { targetOn } from './names/listed.ts';
import type { PlanInput } from './plan.ts';
import { costAt } from './strategies/expected-cost.ts';

/** A model of an account that has a price. */
interface Rung {
  id: string;
  info: ModelInfo | undefined;
  price: Price;
}

interface Kept {
  /** The list it was made of. */
  ids: readonly string[];
  rungs: readonly Rung[];
}

const kept = new WeakMap<object, WeakMap<Account, Kept>>();

/** The models the account may be used for whose price is known, in its own order; looked up once for a list of models and of prices. */
export function ladderOf(account: Account, input: PlanInput): readonly Rung[] {
  const ids = allowedModels(account, input.directory);
  const { priceList } = input.facts;
  if (!priceList) return rungsOf(account, ids, input);
  const ofList = kept.get(priceList) ?? new WeakMap<Account, Kept>();
  kept.set(priceList, ofList);
  const known = ofList.get(account);
  if (known?.ids === ids) return known.rungs;
  const rungs = rungsOf(account, ids, input);
  ofList.set(account, { ids, rungs });
  return rungs;
}

function rungsOf(account: Account, ids: readonly string[], { client, directory, facts }: PlanInput): Rung[] {
  return ids.flatMap((id) => {
    const target = targetOn(account, id, client, directory);
    const price = target && facts.price(target);
    return price ? [{ id, info: target.info, price }] : [];
  });
}

/** Nearly always the first will do; after so many that cannot be asked now the rest is sorted. */
const SINGLE_LOOKS = 4;

/** Ids of the models that are able, the cheapest for this request first; of equal ones the first of the list. */
export function* byCost(ladder: readonly Rung[], needs: Needs): Generator<string> {
  const taken = new Set<Rung>();
  while (taken.size < SINGLE_LOOKS) {
    const next = cheapestBut(taken, ladder, needs);
    if (!next) return;
    taken.add(next);
    yield next.id;
  }
  const rest = ladder.flatMap((rung) => (taken.has(rung) || lack(rung.info, needs) ? [] : [{ rung, cost: costAt(rung.price, needs) }]));
  for (const { rung } of rest.sort((a, b) => a.cost - b.cost)) yield rung.id;
}

function cheapestBut(taken: ReadonlySet<Rung>, ladder: readonly Rung[], needs: Needs): Rung | undefined {
  let best: Rung | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const rung of ladder) {
    const cost = costAt(rung.price, needs);
    if (cost >= least || taken.has(rung) || lack(rung.info, needs)) continue;
    best = rung;
    least = cost;
  }
  return best;
}
