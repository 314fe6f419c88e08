import { setTimeout as pause } from 'node:timers/promises';
import type { ModelPrice, Provider as PricedProvider } from '@pydantic/genai-prices';
import { LRUCache } from 'lru-cache';
import type { Usage } from '../conversation/usage.ts';
import type { Provider, Tier } from '../providers/provider.ts';
import { countedUsage, detailedUsage } from './prices/counted.ts';
import { findModel } from './prices/find-model.ts';
import { listings, PRICE_LISTS } from './prices/lists.ts';

/** US dollars a million tokens. What is absent has no price of its own: cached tokens then cost what input costs. */
export interface Price {
  input: number;
  output: number;
  cacheRead?: number;
  /** Written with the usual lifetime (Anthropic: five minutes). */
  cacheWrite?: number;
  /** Written with a lifetime of one hour. */
  cacheWrite1h?: number;
}

export interface Cost {
  /** By list prices. */
  usd: number;
  /** `plan`: nothing is paid for the request itself; `usd` is what it would have cost. */
  source: 'list' | 'plan';
}

/** What prices depend on of a provider. */
type Priced = Pick<Provider, 'id' | 'tier'>;

type Library = typeof import('@pydantic/genai-prices');

/** A model of a price list, found. */
interface Listed {
  /** Its list with this model alone, so that it is not searched for again. */
  provider: PricedProvider;
  modelId: string;
  /** Set while the price holds: `minute` is absent where it does not depend on the time. */
  known?: { price: Price | undefined; minute?: number };
}

const PAID_BY_PLAN: ReadonlySet<Tier> = new Set(['subscription', 'free', 'local']);
const MINUTE_MS = 60_000;
/** OpenRouter's name for what it gives away (openrouter.ai/docs: model variants). */
const FREE_VARIANT = ':free';

/** Aggregators list thousands of models, and automatic routing weighs them all: were fewer kept, it would search for each of them each time. */
const KEPT = 20_000;

const found = new LRUCache<string, Listed | 'unknown' | 'free'>({ max: KEPT });
const lists = new Map<string, PricedProvider | undefined>();
let library: Library | undefined;
let loading: Promise<void> | undefined;

/**
 * Resolves when prices can be asked for. The list is bundled (nothing is read over the network) and takes some 30 ms to load, so it is
 * not loaded before somebody asks: call this once the gateway listens.
 */
export function pricesReady(): Promise<void> {
  loading ??= import('@pydantic/genai-prices').then((loaded) => {
    library = loaded;
  });
  return loading;
}

/** True once prices can be asked for. */
export function arePricesThere(): boolean {
  return library !== undefined;
}

/** Until the next slice of a long search. */
const PAUSE_MS = 10;
const SLICE_MS = 5;

/** Looks models up before somebody waits for their prices, in slices: streams go on meanwhile. */
export async function lookUpAll(provider: Priced, models: readonly string[]): Promise<void> {
  await pricesReady();
  let began = performance.now();
  for (const model of models) {
    lookUp(provider, model);
    if (performance.now() - began < SLICE_MS) continue;
    await pause(PAUSE_MS, undefined, { ref: false });
    began = performance.now();
  }
}

/**
 * List price of a model, `undefined` when it is not known, or not loaded yet. Where the price depends on the size of the request, that
 * of a small one. `at`: milliseconds since the epoch (some prices depend on the hour, or have changed).
 */
export function priceOf(provider: Priced, model: string, at: number = Date.now()): Price | undefined {
  const listed = lookUp(provider, model);
  if (listed === 'unknown') return undefined;
  if (listed === 'free') return { input: 0, output: 0 };
  const minute = Math.floor(at / MINUTE_MS);
  if (!listed.known || (listed.known.minute !== undefined && listed.known.minute !== minute)) {
    const price = readPrice(pricesAt(listed, at));
    listed.known = isSteady(listed) ? { price } : { price, minute };
  }
  return listed.known.price;
}

/** Tokens the model takes in all, as the price list has it; `undefined` when it is not known, or not loaded yet. */
export function contextOf(provider: Priced, model: string): number | undefined {
  const listed = lookUp(provider, model);
  return typeof listed === 'object' ? listed.provider.models[0]?.context_window : undefined;
}

/**
 * What an answer cost by list prices, or is worth under a plan. `undefined` when price or tokens are not known: an unknown cost is never
 * 0. `at`: milliseconds since the epoch.
 */
export function costOf(usage: Usage, provider: Priced, model: string, at: number = Date.now()): Cost | undefined {
  const usd = listCost(usage, provider, model, at);
  return usd === undefined ? undefined : { usd, source: costsNothing(provider) ? 'plan' : 'list' };
}

/** US dollars that count against a budget: 0 where a plan has paid, `undefined` when not known. */
export function countedCost(usage: Usage, provider: Priced, model: string, at: number = Date.now()): number | undefined {
  return costsNothing(provider) ? 0 : listCost(usage, provider, model, at);
}

/** True where no request is paid for by itself: subscriptions, flat plans, free tiers, one's own machine. */
export function costsNothing(provider: Priced): boolean {
  return PAID_BY_PLAN.has(provider.tier) || PRICE_LISTS[provider.id]?.plan === true;
}

function listCost(usage: Usage, provider: Priced, model: string, at: number): number | undefined {
  if (usage.input === undefined) return undefined;
  const listed = lookUp(provider, model);
  if (listed === 'unknown') return undefined;
  if (listed === 'free') return 0;
  // Embeddings have neither output nor a price for it.
  const pricesOutput = pricesAt(listed, at)?.output_mtok !== undefined;
  if (pricesOutput ? usage.output === undefined : (usage.output ?? 0) > 0) return undefined;
  return calculate(listed, detailedUsage(usage), at) ?? calculate(listed, countedUsage(usage), at);
}

function lookUp(provider: Priced, model: string): Listed | 'unknown' | 'free' {
  if (!library) {
    // Who has not waited is answered "not known", and better the next time.
    pricesReady().catch(() => {});
    return 'unknown';
  }
  const key = `${provider.id}\u0000${model}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const listed = search(library, provider.id, model);
  found.set(key, listed);
  return listed;
}

function search(from: Library, providerId: string, model: string): Listed | 'unknown' | 'free' {
  if (!(providerId in PRICE_LISTS)) return 'unknown';
  if (model.endsWith(FREE_VARIANT)) return 'free';
  for (const { list, name } of listings(providerId, model)) {
    const whole = listOf(from, list);
    const match = whole && findModel(whole, name, (id) => listOf(from, id));
    if (!match) continue;
    const provider = { ...whole, models: [{ ...match, match: { equals: match.id } }] };
    const priced = attempt(() => from.calcPrice({}, match.id, { provider }));
    // A model listed without prices says nothing: neither that it is free.
    if (priced?.model_price.input_mtok === undefined) continue;
    return { provider, modelId: match.id };
  }
  return 'unknown';
}

function listOf(from: Library, id: string): PricedProvider | undefined {
  if (!lists.has(id)) lists.set(id, from.findProvider({ providerId: id }));
  return lists.get(id);
}

function isSteady({ provider }: Listed): boolean {
  return !Array.isArray(provider.models[0]?.prices);
}

function pricesAt({ provider, modelId }: Listed, at: number): ModelPrice | undefined {
  return attempt(() => library?.calcPrice({}, modelId, { provider, timestamp: new Date(at) }))?.model_price;
}

function calculate({ provider, modelId }: Listed, usage: ReturnType<typeof countedUsage>, at: number): number | undefined {
  return attempt(() => library?.calcPrice(usage, modelId, { provider, timestamp: new Date(at) }))?.total_price;
}

/** The library throws for usage that contradicts itself. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

function readPrice(prices: ModelPrice | undefined): Price | undefined {
  const rate = (key: string): number | undefined => {
    const value = prices?.[key];
    return typeof value === 'object' ? value.base : value;
  };
  const input = rate('input_mtok');
  const output = rate('output_mtok');
  if (input === undefined || output === undefined) return undefined;
  const parts = { cacheRead: rate('cache_read_mtok'), cacheWrite: rate('cache_write_mtok'), cacheWrite1h: rate('cache_write_1h_mtok') };
  return { input, output, ...Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) };
}
