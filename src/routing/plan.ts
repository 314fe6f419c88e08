import type { ComboConfig, Settings } from '../config/schema.ts';
import type { ClientDialectId } from '../conversation/dialect-id.ts';
import type { FailureClass } from '../conversation/error.ts';
import type { Block } from './block.ts';
import type { Asker, Directory, Facts, Needs } from './facts.ts';
import type { Target } from './target.ts';

/** What a plan is made from. */
export interface PlanInput {
  /** The model name as the client wrote it. */
  name: string;
  client: ClientDialectId;
  needs: Needs;
  asker: Asker;
  directory: Directory;
  facts: Facts;
  settings: Pick<Settings, 'routing' | 'rules'>;
}

/** One target of a plan. */
export interface Step {
  target: Target;
  /** Reasons for its place, for people: `combo "work" (round-robin)`, `session stays here`. */
  why: string[];
}

/** A target that is not asked now. */
export interface Skipped {
  target: Target;
  block: Block;
}

/** Bounds of one request. */
export interface PlanBounds {
  maxAttempts: number;
  /** Until an answer has begun, in milliseconds; absent: the total deadline alone. */
  deadlineMs?: number;
  /** Classes after which the next target is asked. */
  fallbackOn: ReadonlySet<FailureClass>;
}

export interface Plan {
  requested: string;
  /** What an alias or a route turned the name into. */
  resolved: string;
  combo?: ComboConfig;
  /** Where a session of this plan is at home: the name homes are kept under; absent when affinity is off. */
  homeName?: string;
  /** In the order they are asked. */
  steps: Step[];
  skipped: Skipped[];
  /** Groups (combos, models) whose turn is counted when the plan is run. */
  turns: string[];
  bounds: PlanBounds;
}

/** Classes after which another target may do better. The others come back to the client: nobody else would mend them, or may. */
export const FALLBACK_CLASSES: ReadonlySet<FailureClass> = new Set([
  'auth',
  'quota',
  'billing',
  'rate',
  'overload',
  'capability',
  'network',
  'empty',
]);
