import type { StrategyOrder } from './strategy.ts';

/** Shuffled evenly (Fisher and Yates): a random place is drawn for each. */
export const random: StrategyOrder = (children, { facts }) => {
  const left = [...children];
  return children.flatMap(() => left.splice(Math.floor(facts.random() * left.length), 1));
};
