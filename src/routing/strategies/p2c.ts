import type { StrategyOrder } from './strategy.ts';

/** The power of two choices (Mitzenmacher 1996): of two drawn at random the less busy one, then the other, then the rest as written. */
export const powerOfTwoChoices: StrategyOrder = (children, { facts }) => {
  if (children.length < 2) return children;
  const one = Math.floor(facts.random() * children.length);
  const draw = Math.floor(facts.random() * (children.length - 1));
  const two = draw < one ? draw : draw + 1;
  const [first, second] = [children[one], children[two]];
  if (first === undefined || second === undefined) return children;
  const rest = children.filter((_, index) => index !== one && index !== two);
  const swap = facts.running(second.lead.account) < facts.running(first.lead.account);
  return swap ? [second, first, ...rest] : [first, second, ...rest];
};
