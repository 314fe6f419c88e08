import { beforeAll, describe, expect, it } from 'vitest';
import { configSchema, type PricesConfig } from '../../src/config/schema.ts';
import { budgetedCost, priceFor, recordedCost } from '../../src/ledger/cost.ts';
import { pricesReady } from '../../src/ledger/prices.ts';
import { providerById } from '../../src/providers/catalogue.ts';

const AT = Date.UTC(2026, 10, 22);

function priced(id: string, model: string) {
  const provider = providerById(id);
  if (!provider) throw new Error(`no provider ${id}`);
  return { provider, model, name: `${provider.prefix}/${model}` };
}

const sonnet = priced('anthropic', 'claude-sonnet-4-6');
const mine: PricesConfig = { 'anthropic/claude-sonnet-4-6': { input: 1, output: 2, cacheRead: 0.1, cacheWrite: 1.25 } };

describe('what an answer cost', () => {
  beforeAll(pricesReady);

  it('goes by the list, with cached tokens at their own price', () => {
    // 1,000 plain at 3, 8,000 read at 0.30, 1,000 written at 3.75, 500 out at 15, in dollars a million.
    const cost = recordedCost({ input: 10_000, cacheRead: 8000, cacheWrite: 1000, output: 500 }, sonnet, {}, AT);
    expect(cost?.source).toBe('list');
    expect(cost?.usd).toBeCloseTo(0.003 + 0.0024 + 0.00375 + 0.0075, 10);
  });

  it('goes by the user’s own price where there is one', () => {
    const cost = recordedCost({ input: 10_000, cacheRead: 8000, cacheWrite: 1000, output: 500 }, sonnet, mine, AT);
    expect(cost?.source).toBe('user');
    expect(cost?.usd).toBeCloseTo((1000 * 1 + 8000 * 0.1 + 1000 * 1.25 + 500 * 2) / 1e6, 12);
    expect(priceFor(sonnet, mine)).toMatchObject({ input: 1, output: 2 });
  });

  it('takes the first pattern that fits, and input’s price for the cache where none is given', () => {
    const prices: PricesConfig = { 'anthropic/*sonnet*': { input: 4, output: 8 }, '*': { input: 100, output: 100 } };
    expect(recordedCost({ input: 1000, cacheRead: 500, output: 0 }, sonnet, prices, AT)?.usd).toBeCloseTo(0.004, 12);
  });

  it('is not known without both counts, or without any price', () => {
    expect(recordedCost({ input: 1000 }, sonnet, mine, AT)).toBeUndefined();
    expect(recordedCost({ output: 10 }, sonnet, mine, AT)).toBeUndefined();
    expect(recordedCost({ input: 1, output: 1 }, priced('openai-compatible', 'my-model'), {}, AT)).toBeUndefined();
  });

  it('is value saved where a plan has paid, and then counts nothing against a budget', () => {
    const groq = priced('groq', 'llama-3.3-70b-versatile');
    const usage = { input: 1_000_000, output: 0 };
    expect(recordedCost(usage, groq, {}, AT)).toMatchObject({ source: 'plan' });
    expect(recordedCost(usage, groq, {}, AT)?.usd).toBeGreaterThan(0);
    expect(budgetedCost(usage, groq, {})).toBe(0);
    expect(budgetedCost(usage, groq, { 'groq/*': { input: 1, output: 1 } })).toBeCloseTo(1, 12);
  });

  it('refuses prices that are none', () => {
    expect(configSchema.safeParse({ version: 1, prices: { 'a/b': { input: -1, output: 0 } } }).success).toBe(false);
    expect(configSchema.safeParse({ version: 1, prices: { 'a/b': { input: 1 } } }).success).toBe(false);
    expect(configSchema.safeParse({ version: 1, prices: mine }).success).toBe(true);
  });
});
