import type { Facts, Needs } from '../facts.ts';
import type { Target } from '../target.ts';

/** A child of a group that may be asked now; `lead` is its first such target, whose measures stand for the child. */
export interface Child {
  lead: Target;
}

export interface StrategyContext {
  facts: Facts;
  needs: Needs;
  /** The group's name, for its turn. */
  group: string;
}

/** Gives the same children in the order in which they are tried. */
export type StrategyOrder = <T extends Child>(children: readonly T[], context: StrategyContext) => readonly T[];
