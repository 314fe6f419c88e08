import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Usage } from '../../src/conversation/usage.ts';
import { PRICE_LISTS } from '../../src/ledger/prices/lists.ts';
import { costOf, countedCost, priceOf, pricesReady } from '../../src/ledger/prices.ts';
import { providerById, providers } from '../../src/providers/catalogue.ts';
import type { Provider } from '../../src/providers/provider.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');

function provider(id: string): Provider {
  const found = providerById(id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
}

beforeAll(() => pricesReady());

describe('costs', () => {
  // Worked out by hand from the vendors' lists: each sum is (tokens × dollars a million) of input, cache read, cache write, output.
  it.each<[string, string, Usage, number]>([
    // 10k × 3 + 80k × 0.30 + 8k × 3.75 + 2k × 6 (one hour) + 5k × 15
    [
      'anthropic',
      'claude-sonnet-4-5-20250929',
      { input: 100_000, cacheRead: 80_000, cacheWrite: 10_000, cacheWrite1h: 2_000, output: 5_000 },
      0.171,
    ],
    // Beyond 200k all of it is dearer: 50k × 6 + 250k × 0.60 + 10k × 22.50
    ['anthropic', 'claude-sonnet-4-5', { input: 300_000, cacheRead: 250_000, output: 10_000 }, 0.675],
    ['anthropic', 'claude-haiku-4-5-20251001', { input: 1_000_000, output: 100_000 }, 1.5],
    // 10k × 5 + 40k × 6.25 + 1k × 25 + 3 searches at $10 a thousand
    ['anthropic', 'claude-opus-4-5-20251101', { input: 50_000, cacheWrite: 40_000, output: 1_000, webSearches: 3 }, 0.355],
    // 6k × 2.50 + 4k × 1.25 + 1k × 10
    ['openai', 'gpt-4o-2024-08-06', { input: 10_000, cacheRead: 4_000, output: 1_000 }, 0.03],
    // Reasoning is output: 50k × 1.25 + 150k × 0.125 + 20k × 10
    ['openai', 'gpt-5-2025-08-07', { input: 200_000, cacheRead: 150_000, output: 20_000, reasoning: 15_000 }, 0.28125],
    // 50k × 2.50 + 200k × 0.25 + 10k × 15
    ['gemini', 'models/gemini-2.5-pro', { input: 250_000, cacheRead: 200_000, output: 10_000 }, 0.325],
    // 15k × 0.30 + 5k of audio × 1 + 2k × 2.50
    ['gemini', 'gemini-2.5-flash', { input: 20_000, inputAudio: 5_000, output: 2_000 }, 0.0145],
    // Which part of the cached input was audio is not told: 3k × 0.30 + 2k × 0.03 + 5k of audio × 1
    ['gemini', 'gemini-2.5-flash', { input: 10_000, inputAudio: 5_000, cacheRead: 2_000, output: 0 }, 0.00596],
    // 100k × 0.22 + 900k × 0.007 + 100k × 0.66
    ['deepseek', 'deepseek-v4-flash', { input: 1_000_000, cacheRead: 900_000, output: 100_000 }, 0.0943],
    // Within one region 10 % dearer: 3k × 3.30 + 5k × 0.33 + 2k × 4.125 + 1k × 16.50
    [
      'bedrock',
      'eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
      { input: 10_000, cacheRead: 5_000, cacheWrite: 2_000, output: 1_000 },
      0.0363,
    ],
    // 6k × 3 + 4k × 0.30 + 2k × 15
    ['openrouter', 'anthropic/claude-sonnet-4.5:thinking', { input: 10_000, cacheRead: 4_000, output: 2_000 }, 0.0492],
    // 40k × 0.60 + 60k × 0.10 + 4k × 3
    ['moonshot', 'kimi-k2.5', { input: 100_000, cacheRead: 60_000, output: 4_000 }, 0.042],
    // 50k × 0.20 + 50k × 0.02 + 10k × 1.50
    ['xai', 'grok-code-fast-1', { input: 100_000, cacheRead: 50_000, output: 10_000 }, 0.026],
    ['vertex-partner', 'claude-sonnet-4-5@20250929', { input: 10_000, output: 1_000 }, 0.045],
    // 1k × 3 + 1k × 15 + one request at $14 a thousand
    ['perplexity', 'sonar-pro', { input: 1_000, output: 1_000 }, 0.032],
    // Output has no price and there is none: 100k × 0.02
    ['openai', 'text-embedding-3-small', { input: 100_000 }, 0.002],
    ['openrouter', 'some/new-model:free', { input: 100_000, output: 1_000 }, 0],
  ])('of %s %s', (id, model, usage, usd) => {
    const cost = costOf(usage, provider(id), model, NOON);
    expect(cost?.usd).toBeCloseTo(usd, 10);
    expect(cost?.source).toBe('list');
    expect(countedCost(usage, provider(id), model, NOON)).toBe(cost?.usd);
  });

  it('are what the tokens are worth where a plan has paid, and then count nothing', () => {
    // 5k × 0.15 + 5k × 0.075 + 1k × 0.60
    const usage = { input: 10_000, cacheRead: 5_000, output: 1_000 };
    const cost = costOf(usage, provider('groq'), 'openai/gpt-oss-120b', NOON);
    expect(cost).toEqual({ usd: expect.closeTo(0.001725, 10), source: 'plan' });
    expect(countedCost(usage, provider('groq'), 'openai/gpt-oss-120b', NOON)).toBe(0);
    expect(costOf(usage, provider('glm'), 'glm-5.2', NOON)?.source).toBe('plan');
    expect(costOf(usage, { id: 'anthropic', tier: 'subscription' }, 'claude-sonnet-5', NOON)?.source).toBe('plan');
    expect(countedCost({}, provider('ollama-local'), 'anything', NOON)).toBe(0);
  });

  it('are not known where the model, the provider or the tokens are not', () => {
    const usage = { input: 1000, output: 1000 };
    expect(costOf(usage, provider('openai'), 'gpt-99-unheard-of', NOON)).toBeUndefined();
    expect(costOf(usage, provider('openai-compatible'), 'gpt-4o', NOON)).toBeUndefined();
    expect(costOf(usage, provider('ollama-local'), 'llama3:8b', NOON)).toBeUndefined();
    // In the list, without a price.
    expect(costOf({ input: 1000, output: 0 }, provider('gemini'), 'gemma-3', NOON)).toBeUndefined();
    expect(costOf({}, provider('openai'), 'gpt-4o', NOON)).toBeUndefined();
    expect(costOf({ output: 5 }, provider('openai'), 'gpt-4o', NOON)).toBeUndefined();
    expect(costOf({ input: 5 }, provider('openai'), 'gpt-4o', NOON)).toBeUndefined();
    expect(costOf({ input: Number.NaN, output: 5 }, provider('openai'), 'gpt-4o', NOON)).toBeUndefined();
    expect(countedCost(usage, provider('openai'), 'gpt-99-unheard-of', NOON)).toBeUndefined();
  });

  it('are still known where a vendor reports parts larger than the whole', () => {
    expect(costOf({ input: 1000, cacheRead: 2000, output: 0 }, provider('openai'), 'gpt-4o', NOON)?.usd).toBeCloseTo(0.00125, 10);
    const odd = { input: 1000, inputAudio: 800, cacheRead: 800, output: 0 };
    expect(costOf(odd, provider('gemini'), 'gemini-2.5-flash', NOON)?.usd).toBeCloseTo(0.000084, 10);
    // 800 read, so no more than 200 written: 800 × 0.30 + 200 × 3.75
    const both = { input: 1000, cacheRead: 800, cacheWrite: 900, output: 0 };
    expect(costOf(both, provider('anthropic'), 'claude-sonnet-4-5', NOON)?.usd).toBeCloseTo(0.00099, 10);
    // Only the one-hour part is told: 1k × 6
    expect(costOf({ input: 1000, cacheWrite1h: 1000, output: 0 }, provider('anthropic'), 'claude-sonnet-4-5', NOON)?.usd).toBeCloseTo(
      0.006,
      10,
    );
  });

  it('follow the price of their day and hour', () => {
    const usage = { input: 1_000_000, output: 0 };
    const o3 = (at: string): number | undefined => costOf(usage, provider('openai'), 'o3', Date.parse(at))?.usd;
    expect([o3('2025-06-09T23:59:00Z'), o3('2025-06-10T00:00:00Z'), o3('2025-06-09T23:59:00Z')]).toEqual([10, 2, 10]);
    const night = priceOf(provider('deepseek'), 'deepseek-chat', Date.parse('2025-03-01T17:00:00Z'));
    expect([night?.input, priceOf(provider('deepseek'), 'deepseek-chat', Date.parse('2025-03-01T12:00:00Z'))?.input]).toEqual([
      0.135, 0.27,
    ]);
    expect(priceOf(provider('openai'), 'o3', Date.parse('2025-06-09T23:59:00Z'))?.input).toBe(10);
    expect(priceOf(provider('openai'), 'o3', NOON)?.input).toBe(2);
  });
});

describe('prices', () => {
  it('are those of a small request, with the cached ones where they differ', () => {
    expect(priceOf(provider('anthropic'), 'claude-sonnet-4-5', NOON)).toEqual({
      input: 3,
      output: 15,
      cacheRead: 0.3,
      cacheWrite: 3.75,
      cacheWrite1h: 6,
    });
    expect(priceOf(provider('mistral'), 'mistral-large-latest', NOON)).toEqual({ input: 2, output: 6 });
  });

  it.each([
    ['vercel-ai-gateway', 'anthropic/claude-sonnet-4.5', 3],
    ['openrouter', 'deepseek/deepseek-chat:free', 0],
    ['huggingface', 'openai/gpt-oss-120b:nebius', 0.15],
    ['bedrock', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', 3],
    ['github-models', 'openai/gpt-4o', 2.5],
    ['azure-deployments', 'gpt-4o', 2.5],
    ['vertex-partner', 'publishers/anthropic/models/claude-sonnet-4-6', 3],
  ])('of %s are found for %s', (id, model, input) => {
    expect(priceOf(provider(id), model, NOON)?.input).toBe(input);
  });

  it.each([
    // In the list without a price: free or unknown, and we do not guess.
    ['gemini', 'gemma-3'],
    ['huggingface', 'openai/gpt-oss-120b'],
    ['requesty', 'openai/gpt-4o'],
    ['openai', ''],
    ['openai', 'text-embedding-3-small'],
    ['demo', 'echo'],
  ])('of %s are not known for %s', (id, model) => {
    expect(priceOf(provider(id), model, NOON)).toBeUndefined();
  });

  it('are known for every model in the catalogue of the vendors that sell by the token', () => {
    const vendors = ['openai', 'anthropic', 'gemini', 'deepseek', 'moonshot', 'minimax', 'openrouter', 'bedrock', 'azure', 'vertex'];
    const missing = vendors.flatMap((id) =>
      provider(id)
        .models.seed.filter((model) => !priceOf(provider(id), model.id, NOON))
        .map((model) => `${id}/${model.id}`),
    );
    expect(missing).toEqual([]);
  });

  it('are only listed for providers of the catalogue', () => {
    const ids = new Set(providers.map(({ id }) => id));
    expect(Object.keys(PRICE_LISTS).filter((id) => !ids.has(id))).toEqual([]);
  });

  it('are not known until the list is loaded, and asking loads it', async () => {
    vi.resetModules();
    const fresh = await import('../../src/ledger/prices.ts');
    expect(fresh.priceOf(provider('openai'), 'gpt-4o', NOON)).toBeUndefined();
    await fresh.pricesReady();
    expect(fresh.priceOf(provider('openai'), 'gpt-4o', NOON)?.input).toBe(2.5);
  });

  it('are told in well under a tenth of a millisecond once found', () => {
    const ask = (): void => {
      for (const { id } of provider('openrouter').models.seed) priceOf(provider('openrouter'), id, NOON);
    };
    ask();
    const start = performance.now();
    for (let i = 0; i < 1000; i += 1) ask();
    expect((performance.now() - start) / 10_000).toBeLessThan(0.05);
  });
});
