import type { ComboConfig, Settings } from '../config/schema.ts';
import type { ClientDialectId } from '../conversation/dialect-id.ts';
import type { FailureClass } from '../conversation/error.ts';
import type { Block } from './block.ts';
import type { Asker, Directory, Facts, Needs } from './facts.ts';
import { groupOf } from './names/combo-group.ts';
import { type Candidate, type Group, isReady } from './names/group.ts';
import { comboDisabled, modelNotFound } from './names/not-found.ts';
import { type Ranking, ranking } from './names/ranking.ts';
import { type Reading, readName } from './names/read-name.ts';
import { Scope } from './names/scope.ts';
import { type Home, isHome, stepsOf } from './plan-order.ts';
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
  /** Names that may be suggested to who asks; absent: all that route. */
  mayName?: ((name: string) => boolean) | undefined;
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
  /** Groups (combos, models) whose strategy chose the first target: their turns are counted when the plan is run. */
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

/**
 * The targets a name stands for right now, in the order they are asked, and those that are not asked and why. Pure: everything that
 * changes comes from `facts`. Throws class `capability`, status 404: `model_not_found` with the three nearest names, `combo_disabled`.
 * No steps but skipped targets is a plan as well: everything is cooling, or not allowed.
 */
export function plan(input: PlanInput): Plan {
  const { reading, scope, group } = survey(input.name, input);
  if (reading.kind === 'combo' && !reading.combo.enabled) throw comboDisabled(reading.combo.name);
  if (!group) throw modelNotFound(input.name, reading, scope, (name) => routes(name, input));
  const order = ableRanking(group, input);
  const homeName = homeNameOf(input, reading, scope);
  const home = homeName === undefined ? undefined : homeOf(input, homeName);
  const steps = stepsOf(order.ranked, input.facts, home, tiersFirst(reading));
  return {
    requested: input.name,
    resolved: reading.resolved,
    ...(scope.combo ? { combo: scope.combo } : {}),
    ...(homeName === undefined ? {} : { homeName }),
    steps,
    skipped: order.ranked.flatMap(({ candidate }) => skippedOf(candidate) ?? []),
    // A session that is at home takes nobody's turn.
    turns: steps[0] && isHome(steps[0], home) ? [] : [...order.turns],
    bounds: boundsOf(input, scope.combo),
  };
}

function survey(name: string, input: PlanInput): { reading: Reading; scope: Scope; group: Group | undefined } {
  const reading = readName(name, input.directory);
  const scope = new Scope(input, reading);
  return { reading, scope, group: groupOf(reading, scope) };
}

/** True for a name that leads somewhere, and may. */
function routes(name: string, input: PlanInput): boolean {
  if (input.mayName && !input.mayName(name)) return false;
  const { reading, group } = survey(name, input);
  if (reading.kind === 'combo' && !reading.combo.enabled) return false;
  return group !== undefined && ranking(group, input).ranked.some(({ candidate }) => candidate.block?.reason !== 'not-allowed');
}

/** When nothing is left but models that seem unable, they are asked all the same: the estimate may be wrong. */
function ableRanking(group: Group, input: PlanInput): Ranking {
  const order = ranking(group, input);
  const candidates = order.ranked.map(({ candidate }) => candidate);
  if (candidates.some(isReady) || !candidates.some(({ unable }) => unable !== undefined)) return order;
  for (const candidate of candidates) {
    if (candidate.unable === undefined) continue;
    candidate.doubt = candidate.unable;
    candidate.unable = undefined;
  }
  return ranking(group, input);
}

function homeNameOf({ asker, settings }: PlanInput, reading: Reading, scope: Scope): string | undefined {
  const on = settings.routing.affinity && (scope.combo?.affinity ?? true) && asker.session !== undefined;
  if (!on) return undefined;
  // A tool asks for several models in one session (a small one for titles): behind a route each has a home of its own.
  return scope.usedCaught ? `${reading.resolved} ${scope.caught ?? ''}` : reading.resolved;
}

function homeOf({ facts, asker }: PlanInput, name: string): Home | undefined {
  return asker.session === undefined ? undefined : facts.home(name, asker.session);
}

/** True where a better tier goes before a session's home. The order of `auto/fast` is about time, not money. */
function tiersFirst(reading: Reading): boolean {
  switch (reading.kind) {
    case 'combo':
      return reading.combo.strategy === 'fill-first';
    case 'auto':
      return reading.auto !== 'auto/fast';
    case 'model':
      return false;
  }
}

function skippedOf({ target, block, unable }: Candidate): Skipped | undefined {
  if (block) return { target, block };
  return unable === undefined ? undefined : { target, block: { reason: 'incapable', scope: 'request', detail: unable } };
}

function boundsOf({ settings }: PlanInput, combo: ComboConfig | undefined): PlanBounds {
  return {
    maxAttempts: combo?.maxAttempts ?? settings.routing.maxAttempts,
    ...(combo?.deadlineMs === undefined ? {} : { deadlineMs: combo.deadlineMs }),
    fallbackOn: combo?.fallbackOn ? new Set(combo.fallbackOn) : FALLBACK_CLASSES,
  };
}
