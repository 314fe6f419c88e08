import { expectedCost } from './expected-cost.ts';
import { sortedBy } from './sorted-by.ts';
import type { StrategyOrder } from './strategy.ts';

/** Cheapest for this request first; what has no known price last. */
export const costOptimized: StrategyOrder = (children, { facts, needs }) =>
  sortedBy(children, ({ lead }) => [expectedCost(lead, needs, facts)]);
