import type { Strategy } from '../../config/schema.ts';
import type { Block } from '../block.ts';
import type { Target } from '../target.ts';

/** A target that a name may stand for, and what speaks against asking it. The same object for the same account and model of one plan. */
export interface Candidate {
  target: Target;
  /** Why it is not asked now. */
  block?: Block;
  /** What the model is known not to be able to do, where that counts. */
  unable?: string;
  /** `unable`, where nothing else is left and it is asked all the same. */
  doubt?: string;
}

/** Targets in an order that a strategy decides: a combo, the accounts of a model, automatic routing. */
export interface Group {
  /** Its turns are counted under this name. */
  name: string;
  /** For people: `combo "work" (round-robin)`. Absent where there is nothing to tell. */
  label?: string;
  strategy: Strategy;
  /** Those of an earlier rank always come first; the strategy orders each rank. */
  ranks: readonly (readonly (Group | Candidate)[])[];
}

export function isGroup(node: Group | Candidate): node is Group {
  return 'ranks' in node;
}

export function isReady(candidate: Candidate): boolean {
  return candidate.block === undefined && candidate.unable === undefined;
}
