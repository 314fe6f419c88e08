import type { Strategy } from '../config/schema.ts';
import type { DialectId } from '../conversation/dialect-id.ts';
import type { FailureClass } from '../conversation/error.ts';
import type { Tier } from '../providers/provider.ts';
import type { Block, BlockReason } from './block.ts';
import type { Plan, Skipped, Step } from './plan.ts';

export interface ExplainedStep {
  /** Counted from 1. */
  position: number;
  /** `prefix/model`. */
  target: string;
  /** The account's name. */
  account: string;
  /** The provider's id. */
  provider: string;
  tier: Tier;
  dialect: DialectId;
  why: string[];
}

export interface ExplainedSkip {
  /** `prefix/model`. */
  target: string;
  account: string;
  reason: BlockReason;
  scope: Block['scope'];
  /** ISO 8601; absent when it does not end by itself. */
  until?: string;
  detail: string;
}

/** A plan as plain JSON, without a credential: `GET /admin/explain`. */
export interface Explained {
  requested: string;
  resolved: string;
  combo?: { name: string; strategy: Strategy };
  steps: ExplainedStep[];
  skipped: ExplainedSkip[];
  bounds: { maxAttempts: number; deadlineMs?: number; fallbackOn: FailureClass[] };
}

export function explained(plan: Plan): Explained {
  const { requested, resolved, combo, bounds } = plan;
  return {
    requested,
    resolved,
    ...(combo ? { combo: { name: combo.name, strategy: combo.strategy } } : {}),
    steps: plan.steps.map(explainedStep),
    skipped: plan.skipped.map(explainedSkip),
    bounds: {
      maxAttempts: bounds.maxAttempts,
      ...(bounds.deadlineMs === undefined ? {} : { deadlineMs: bounds.deadlineMs }),
      fallbackOn: [...bounds.fallbackOn],
    },
  };
}

function explainedStep({ target, why }: Step, index: number): ExplainedStep {
  const { name, account, dialect } = target;
  const { id, tier } = account.provider;
  return { position: index + 1, target: name, account: account.config.name, provider: id, tier, dialect, why: [...why] };
}

function explainedSkip({ target, block }: Skipped): ExplainedSkip {
  const { reason, scope, until, detail } = block;
  const ends = until !== undefined && Math.abs(until) <= MOST_MS ? { until: new Date(until).toISOString() } : {};
  return { target: target.name, account: target.account.config.name, reason, scope, ...ends, detail };
}

/** The latest moment a `Date` can hold (ECMA-262, Time Values). */
const MOST_MS = 8.64e15;

/** The lines the command line prints: the order, why, and what is skipped, with the time left until `now` (milliseconds) reaches its end. */
export function explainedText(explained: Explained, now: number): string[] {
  const { steps, skipped } = explained;
  const order = steps.length > 0 ? steps.map(stepLine) : ['  nothing can be asked now'];
  const rest = skipped.length > 0 ? ['Skipped:', ...skipped.map((skip) => skipLine(skip, now))] : [];
  return [headLine(explained), 'Order:', ...order, ...rest, boundsLine(explained)];
}

function headLine({ requested, resolved, combo }: Explained): string {
  const name = requested === resolved ? requested : `${requested} → ${resolved}`;
  return combo ? `${name}: combo "${combo.name}", ${combo.strategy}` : name;
}

function stepLine({ position, target, account, provider, tier, dialect, why }: ExplainedStep): string {
  const reasons = why.length > 0 ? `: ${why.join('; ')}` : '';
  return `  ${position}. ${target} (account "${account}", ${provider}, ${tier}, ${dialect})${reasons}`;
}

function skipLine({ target, account, reason, until, detail }: ExplainedSkip, now: number): string {
  const left = until === undefined ? '' : `, ${timeLeft(Date.parse(until) - now)}`;
  return `  ${target} (account "${account}"): ${reason}${left}: ${detail}`;
}

function boundsLine({ bounds }: Explained): string {
  const { maxAttempts, deadlineMs, fallbackOn } = bounds;
  const within = deadlineMs === undefined ? '' : ` within ${timeOf(deadlineMs)}`;
  return `At most ${maxAttempts} ${maxAttempts === 1 ? 'attempt' : 'attempts'}${within}; the next target after: ${fallbackOn.join(', ')}`;
}

function timeLeft(ms: number): string {
  return ms > 0 ? `${timeOf(ms)} left` : 'over now';
}

/** `45 s`, `3 min 05 s`, `2 h 07 min`, `3 d 4 h`: two units at most, rounded up to a second. */
function timeOf(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${padded(seconds % 60)} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${padded(minutes % 60)} min`;
  return `${Math.floor(minutes / (24 * 60))} d ${Math.floor((minutes % (24 * 60)) / 60)} h`;
}

function padded(count: number): string {
  return String(count).padStart(2, '0');
}
