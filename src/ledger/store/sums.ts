import type { Percentiles, UsageRow } from '../ledger.ts';
import { type Columns, FLAGS } from './columns.ts';

/** Sums that are NaN until something known is added. */
export const AMOUNTS = ['input', 'cacheRead', 'cacheWrite', 'output', 'reasoning', 'paid', 'saved'] as const;

export const COUNTS = [
  'requests',
  'failed',
  'cancelled',
  'unknownUsage',
  'estimatedUsage',
  'unpriced',
  'fallbacks',
  'cacheableInput',
  'cachedInput',
  'timedOutput',
  'timedMs',
] as const;

/** The sums of a group of requests: everything of a UsageRow that can be added up. */
export class Sums {
  requests = 0;
  failed = 0;
  cancelled = 0;
  unknownUsage = 0;
  estimatedUsage = 0;
  unpriced = 0;
  fallbacks = 0;
  input = Number.NaN;
  cacheRead = Number.NaN;
  cacheWrite = Number.NaN;
  output = Number.NaN;
  reasoning = Number.NaN;
  paid = Number.NaN;
  saved = Number.NaN;
  /** Input, and cache reads, of requests that report both. */
  cacheableInput = 0;
  cachedInput = 0;
  /** Output tokens, and the time after the first, of streamed answers whose both are known. */
  timedOutput = 0;
  timedMs = 0;

  /** Adds record `i`. */
  add(columns: Columns, i: number): void {
    const { input, cacheRead, cacheWrite, output, reasoning, paid, saved } = columns.numbers;
    this.#count(columns.flags[i] ?? 0);
    this.input = plus(this.input, input[i]);
    this.cacheRead = plus(this.cacheRead, cacheRead[i]);
    this.cacheWrite = plus(this.cacheWrite, cacheWrite[i]);
    this.output = plus(this.output, output[i]);
    this.reasoning = plus(this.reasoning, reasoning[i]);
    this.paid = plus(this.paid, paid[i]);
    this.saved = plus(this.saved, saved[i]);
    this.#share(input[i] ?? Number.NaN, cacheRead[i] ?? Number.NaN);
    this.#speed(output[i] ?? Number.NaN, (columns.numbers.totalMs[i] ?? Number.NaN) - (columns.numbers.firstMs[i] ?? Number.NaN));
  }

  addAll(other: Sums): void {
    for (const name of COUNTS) this[name] += other[name];
    for (const name of AMOUNTS) this[name] = plus(this[name], other[name]);
  }

  row(by: string[], firstTokenMs: Percentiles | null, totalMs: Percentiles | null): UsageRow {
    return {
      by,
      requests: this.requests,
      failed: this.failed,
      cancelled: this.cancelled,
      inputTokens: known(this.input),
      cacheReadTokens: known(this.cacheRead),
      cacheWriteTokens: known(this.cacheWrite),
      outputTokens: known(this.output),
      reasoningTokens: known(this.reasoning),
      unknownUsage: this.unknownUsage,
      estimatedUsage: this.estimatedUsage,
      cost: known(this.paid),
      saved: known(this.saved),
      unpriced: this.unpriced,
      cacheHitShare: this.cacheableInput > 0 ? this.cachedInput / this.cacheableInput : null,
      firstTokenMs,
      totalMs,
      tokensPerSecond: this.timedMs > 0 ? (this.timedOutput * 1000) / this.timedMs : null,
      fallbacks: this.fallbacks,
    };
  }

  #count(flags: number): void {
    this.requests += 1;
    if (flags & FLAGS.failed) this.failed += 1;
    if (flags & FLAGS.cancelled) this.cancelled += 1;
    if (flags & FLAGS.unknownUsage) this.unknownUsage += 1;
    if (flags & FLAGS.estimatedUsage) this.estimatedUsage += 1;
    if (flags & FLAGS.unpriced) this.unpriced += 1;
    if (flags & FLAGS.fallback) this.fallbacks += 1;
  }

  #share(input: number, cacheRead: number): void {
    if (Number.isNaN(input) || Number.isNaN(cacheRead)) return;
    this.cacheableInput += input;
    this.cachedInput += cacheRead;
  }

  #speed(output: number, ms: number): void {
    if (Number.isNaN(output) || !(ms > 0)) return;
    this.timedOutput += output;
    this.timedMs += ms;
  }
}

function plus(sum: number, value = Number.NaN): number {
  if (Number.isNaN(value)) return sum;
  return Number.isNaN(sum) ? value : sum + value;
}

const known = (sum: number): number | null => (Number.isNaN(sum) ? null : sum);
