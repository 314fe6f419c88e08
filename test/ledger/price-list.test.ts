import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { priceList } from '../../src/ledger/price-list.ts';
import { contextOf, lookUpAll, priceOf, pricesReady } from '../../src/ledger/prices.ts';
import { providerById } from '../../src/providers/catalogue.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const MINUTE = 60_000;

describe('the prices of a moment', () => {
  it('are the same until one may be another: by the clock, or by the user', async () => {
    await pricesReady();
    const prices = {};
    const first = priceList(prices, NOON);
    expect(priceList(prices, NOON + MINUTE)).toBe(first);
    expect(priceList({}, NOON + MINUTE)).not.toBe(first);
    // Prices by the hour begin at full or half ones (DeepSeek's at 16:30).
    const later = priceList(prices, NOON + 30 * MINUTE);
    expect(later).not.toBe(first);
    // A clock that was put back.
    expect(priceList(prices, NOON)).not.toBe(later);
  });

  it('are looked up in slices, between which others go on', async () => {
    const provider = providerById('openrouter');
    if (!provider) throw new Error('the catalogue has no OpenRouter');
    let over = false;
    let turns = 0;
    const looking = lookUpAll(
      provider,
      Array.from({ length: 12_000 }, (_, at) => `vendor/model-${at}`),
    ).then(() => {
      over = true;
    });
    while (!over) {
      await setImmediate();
      turns += 1;
    }
    await looking;
    expect(turns).toBeGreaterThan(5);
    expect(priceOf(provider, 'vendor/model-1')).toBeUndefined();
    expect(contextOf(provider, 'vendor/model-1')).toBeUndefined();
  });
});
