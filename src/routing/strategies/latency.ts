import { sortedBy } from './sorted-by.ts';
import type { StrategyOrder } from './strategy.ts';

/** Soonest first token first. What was not measured lately comes before all, so that it gets measured. */
export const latency: StrategyOrder = (children, { facts }) => sortedBy(children, ({ lead }) => [facts.latency(lead) ?? -1]);
