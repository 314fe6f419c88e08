import type { StrategyOrder } from './strategy.ts';

/** As written: the next one only when those before it cannot answer. */
export const fillFirst: StrategyOrder = (children) => children;
