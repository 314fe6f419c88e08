import * as l10n from '@vscode/l10n';
import type { UsageRow } from '../../../src/editor/admin/api.ts';
import { successOf } from '../../../src/editor/dashboard/contract/usage/measures.ts';
import { formatCount, formatMs, formatPercent, formatTokens, formatUsd } from '../../../src/editor/format/index.ts';

/** A figure of today, what is to be said of it, and the same of this month. */
export interface Sum {
  id: 'requests' | 'avoided' | 'input' | 'output' | 'paid' | 'saved' | 'first' | 'total';
  label: string;
  value: string;
  note: string;
  month: string;
}

const UNKNOWN = '–';

type Row = UsageRow | null | undefined;

/** What is not known is `–`, never 0. `null`, `undefined`: the sums themselves are not known. */
export function sumsOf(today: Row, month: Row): Sum[] {
  return [
    sum('requests', l10n.t('Requests'), today, month, requests, requestsNote),
    sum('avoided', l10n.t('Interruptions Avoided'), today, month, avoided, avoidedNote, silent),
    sum('input', l10n.t('Tokens In'), today, month, (row) => tokens(row.inputTokens), inputNote),
    sum('output', l10n.t('Tokens Out'), today, month, (row) => tokens(row.outputTokens), outputNote, silent),
    sum('paid', l10n.t('Paid'), today, month, (row) => usd(paidOf(row)), paidNote),
    sum('saved', l10n.t('Saved'), today, month, (row) => usd(row.saved), savedNote, silent),
    sum(
      'first',
      l10n.t('First Token'),
      today,
      month,
      (row) => time(row.firstTokenMs),
      (row) => p95(row.firstTokenMs),
    ),
    sum(
      'total',
      l10n.t('Whole Answer'),
      today,
      month,
      (row) => time(row.totalMs),
      (row) => p95(row.totalMs),
    ),
  ];
}

type Words = (row: UsageRow) => string;

const silent: Words = () => '';

function sum(id: Sum['id'], label: string, today: Row, month: Row, value: Words, note: Words, monthNote = note): Sum {
  return {
    id,
    label,
    value: today ? value(today) : UNKNOWN,
    note: today ? note(today) : '',
    month: month ? joined(value(month), monthNote(month)) : UNKNOWN,
  };
}

function joined(value: string, note: string): string {
  return note === '' || value === UNKNOWN ? value : l10n.t('{0}, {1}', value, note);
}

function requests(row: UsageRow): string {
  return formatCount(row.requests);
}

function requestsNote(row: UsageRow): string {
  const share = successOf(row);
  return share === undefined ? '' : l10n.t('{0} answered', formatPercent(share * 100));
}

function avoided(row: UsageRow): string {
  return formatCount(row.fallbacks);
}

function avoidedNote({ fallbacks }: UsageRow): string {
  return fallbacks === 0 ? '' : l10n.t('answered by another');
}

function inputNote({ cacheHitShare, unknownUsage }: UsageRow): string {
  if (unknownUsage > 0) return l10n.t('not known for {0} requests', formatCount(unknownUsage));
  return cacheHitShare === null ? '' : l10n.t('{0} from the cache', formatPercent(cacheHitShare * 100));
}

function outputNote({ tokensPerSecond, estimatedUsage }: UsageRow): string {
  if (estimatedUsage > 0) return l10n.t('estimated for {0} requests', formatCount(estimatedUsage));
  return tokensPerSecond === null ? '' : l10n.t('{0} a second', formatCount(tokensPerSecond));
}

function paidNote({ unpriced }: UsageRow): string {
  return unpriced === 0 ? '' : l10n.t('no price for {0} requests', formatCount(unpriced));
}

function savedNote({ saved }: UsageRow): string {
  return saved === null || saved === 0 ? '' : l10n.t('by list price');
}

/** What plans, free tiers and this machine answered alone cost nothing: that is known. */
export function paidOf({ cost, saved, unpriced }: UsageRow): number | null {
  return cost ?? (saved !== null && unpriced === 0 ? 0 : null);
}

function tokens(count: number | null): string {
  return count === null ? UNKNOWN : formatTokens(count);
}

function usd(amount: number | null): string {
  return amount === null ? UNKNOWN : formatUsd(amount);
}

function time(percentiles: UsageRow['totalMs']): string {
  return percentiles ? formatMs(percentiles.p50) : UNKNOWN;
}

function p95(percentiles: UsageRow['totalMs']): string {
  return percentiles ? l10n.t('p95 {0}', formatMs(percentiles.p95)) : '';
}

/** When the month began, on this machine's clock. */
/**
 * This month as it goes: the days `before` today, which stay, and today. Shares, times and speed cannot be added up: they are those of
 * the month as it was read last, `whole`.
 */
export function monthOf(before: Row, today: Row, whole: Row): Row {
  if (!before || !today) return whole;
  const added = (of: (row: UsageRow) => number | null): number | null => {
    const [a, b] = [of(before), of(today)];
    return a === null && b === null ? null : (a ?? 0) + (b ?? 0);
  };
  const counted = (of: (row: UsageRow) => number): number => of(before) + of(today);
  return {
    ...(whole ?? today),
    requests: counted(({ requests }) => requests),
    failed: counted(({ failed }) => failed),
    cancelled: counted(({ cancelled }) => cancelled),
    inputTokens: added(({ inputTokens }) => inputTokens),
    cacheReadTokens: added(({ cacheReadTokens }) => cacheReadTokens),
    cacheWriteTokens: added(({ cacheWriteTokens }) => cacheWriteTokens),
    outputTokens: added(({ outputTokens }) => outputTokens),
    reasoningTokens: added(({ reasoningTokens }) => reasoningTokens),
    unknownUsage: counted(({ unknownUsage }) => unknownUsage),
    estimatedUsage: counted(({ estimatedUsage }) => estimatedUsage),
    cost: added(({ cost }) => cost),
    saved: added(({ saved }) => saved),
    unpriced: counted(({ unpriced }) => unpriced),
    fallbacks: counted(({ fallbacks }) => fallbacks),
  };
}

/** When today began, in milliseconds since the epoch. */
export function startOfDay(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}

export function startOfMonth(now: number): number {
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), 1).getTime();
}
