import type { Tier } from '../../providers/provider.ts';
import type { Facts, Needs, Price } from '../facts.ts';
import type { Target } from '../target.ts';

/** Tiers where a request costs nothing more: the plan is paid, or nobody asks for money. */
export const COSTS_NOTHING: ReadonlySet<Tier> = new Set<Tier>(['subscription', 'free', 'local']);

/** An answer's usual length, and the most that is expected: tools set limits of 32,000 and more, and answers stay far below. */
const USUAL_OUTPUT = 1000;
const MOST_OUTPUT = 4000;

/** What a request is likely to cost at a target, in millionths of a US dollar; infinite when the price is not known. */
export function expectedCost(target: Target, needs: Needs, facts: Facts): number {
  if (COSTS_NOTHING.has(target.account.provider.tier)) return 0;
  const price = facts.price(target);
  if (!price) return Number.POSITIVE_INFINITY;
  return costAt(price, needs);
}

/** The same of a price. */
export function costAt(price: Price, needs: Needs): number {
  return price.input * needs.inputTokens + price.output * Math.min(needs.outputTokens ?? USUAL_OUTPUT, MOST_OUTPUT);
}
