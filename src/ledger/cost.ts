import type { PricesConfig } from '../config/schema.ts';
import { matchesAny, wildcard } from '../config/wildcard.ts';
import type { Usage } from '../conversation/usage.ts';
import type { Provider } from '../providers/provider.ts';
import { costOf, costsNothing, countedCost, type Price, priceOf } from './prices.ts';
import type { RecordedCost } from './record.ts';

/** What is priced: a model of a provider, under the name users know it by. */
export interface Priced {
  provider: Pick<Provider, 'id' | 'tier'>;
  /** The vendor's model id. */
  model: string;
  /** `prefix/model`. */
  name: string;
}

/** US dollars a million tokens: the user's own price, else the list's; `undefined` when neither is known. */
export function priceFor({ provider, model, name }: Priced, prices: PricesConfig): Price | undefined {
  return userPrice(prices, name) ?? priceOf(provider, model);
}

/** What an answer cost, and by which price; `undefined` when that is not known. `at` in milliseconds since the epoch. */
export function recordedCost(usage: Usage, priced: Priced, prices: PricesConfig, at: number): RecordedCost | undefined {
  const own = userPrice(prices, priced.name);
  if (!own) return costOf(usage, priced.provider, priced.model, at);
  const usd = costAt(own, usage);
  return usd === undefined ? undefined : { usd, source: 'user' };
}

/** What an answer counts against budgets: nothing where a plan has paid, unless the user set a price himself. */
export function budgetedCost(usage: Usage, priced: Priced, prices: PricesConfig): number | undefined {
  const own = userPrice(prices, priced.name);
  return own ? costAt(own, usage) : countedCost(usage, priced.provider, priced.model);
}

const NOTHING: Price = { input: 0, output: 0 };

/**
 * What is paid a million tokens, for many models: the user's own price, nothing where a plan has paid or the tier is free, else the
 * list's. Patterns are read once, not with each model.
 */
export function paidPrices(prices: PricesConfig): (priced: Priced) => Price | undefined {
  const own = Object.entries(prices).map(([pattern, price]) => ({ pattern: wildcard(pattern), price }));
  return ({ provider, model, name }) => {
    const mine = own.find(({ pattern }) => pattern.test(name));
    return mine?.price ?? (costsNothing(provider) ? NOTHING : priceOf(provider, model));
  };
}

function userPrice(prices: PricesConfig, name: string): Price | undefined {
  for (const [pattern, price] of Object.entries(prices)) if (matchesAny([pattern], name)) return price;
  return undefined;
}

const MILLION = 1_000_000;

function costAt(price: Price, { input, output, cacheRead = 0, cacheWrite = 0 }: Usage): number | undefined {
  if (input === undefined || output === undefined) return undefined;
  // Input is all of it, what came from and went to the cache included.
  const plain = Math.max(0, input - cacheRead - cacheWrite);
  const cached = cacheRead * (price.cacheRead ?? price.input) + cacheWrite * (price.cacheWrite ?? price.input);
  return (plain * price.input + cached + output * price.output) / MILLION;
}
