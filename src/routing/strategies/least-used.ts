import { sortedBy } from './sorted-by.ts';
import type { StrategyOrder } from './strategy.ts';

/** Fewest requests in the last hour first; of equals the one with fewer under way. */
export const leastUsed: StrategyOrder = (children, { facts }) =>
  sortedBy(children, ({ lead }) => [facts.used(lead), facts.running(lead.account)]);
