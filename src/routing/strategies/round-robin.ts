import type { StrategyOrder } from './strategy.ts';

/** Each in turn; the others follow in the circle's order. */
export const roundRobin: StrategyOrder = (children, { facts, group }) => {
  if (children.length < 2) return children;
  const start = facts.turn(group) % children.length;
  return [...children.slice(start), ...children.slice(0, start)];
};
