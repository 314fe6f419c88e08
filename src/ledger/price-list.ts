import type { PricesConfig } from '../config/schema.ts';
import { arePricesThere } from './prices.ts';

/** Hours of the day at which list prices change are full or half ones; longer than this no change goes unnoticed. */
const STEADY_MS = 5 * 60_000;

interface Known {
  there: boolean;
  until: number;
  id: object;
}

const known = new WeakMap<PricesConfig, Known>();

/** An object that stays the same as long as no price changes: the user's own, those of the lists, and what of them depends on the time. */
export function priceList(prices: PricesConfig, now: number): object {
  const there = arePricesThere();
  const last = known.get(prices);
  if (last?.there === there && now < last.until && now >= last.until - STEADY_MS) return last.id;
  const fresh = { there, until: (Math.floor(now / STEADY_MS) + 1) * STEADY_MS, id: {} };
  known.set(prices, fresh);
  return fresh.id;
}
