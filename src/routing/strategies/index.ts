import type { Strategy } from '../../config/schema.ts';
import { costOptimized } from './cost-optimized.ts';
import { fillFirst } from './fill-first.ts';
import { latency } from './latency.ts';
import { leastUsed } from './least-used.ts';
import { powerOfTwoChoices } from './p2c.ts';
import { random } from './random.ts';
import { roundRobin } from './round-robin.ts';
import type { StrategyOrder } from './strategy.ts';

export type { Child, StrategyContext, StrategyOrder } from './strategy.ts';

/** Every strategy a config may name. */
export const strategies: Record<Strategy, StrategyOrder> = {
  'fill-first': fillFirst,
  'round-robin': roundRobin,
  p2c: powerOfTwoChoices,
  random,
  'least-used': leastUsed,
  'cost-optimized': costOptimized,
  latency,
};
