import * as l10n from '@vscode/l10n';
import type { UsageRow } from '../../../src/editor/admin/api.ts';
import { amountOf, lackingIn, type Measure, successOf } from '../../../src/editor/dashboard/contract/usage/measures.ts';
import { formatCount, formatMs, formatPercent } from '../../../src/editor/format/index.ts';
import { numberFormat } from '../../../src/editor/format/locale.ts';
import { amountWord, measureWord, UNKNOWN } from './words.ts';

/** A headline figure, what belongs to it, and what it was in the range before. */
export interface Figure {
  id: string;
  label: string;
  value: string;
  note: string;
  before: string;
}

interface Kind {
  id: string;
  label: string;
  amount(row: UsageRow): number | null;
  word(amount: number): string;
  note(row: UsageRow): string;
  /** Whether a change is said in per cent; of what is per cent itself it would mislead. */
  relative: boolean;
}

/** `before`: the sums of the range before; nothing is compared with a range in which nothing was asked. */
export function figuresOf(total: UsageRow, before: UsageRow | undefined): Figure[] {
  return kinds().map((kind) => {
    const amount = kind.amount(total);
    return {
      id: kind.id,
      label: kind.label,
      value: amount === null ? UNKNOWN : kind.word(amount),
      note: kind.note(total),
      before: before && before.requests > 0 ? beforeWord(kind, amount, kind.amount(before)) : '',
    };
  });
}

function kinds(): Kind[] {
  return [
    added('cost', (row) => lackingWord(row, 'cost')),
    added('saved', (row) => lackingWord(row, 'saved')),
    added('tokens', (row) =>
      l10n.t('{0} in, {1} out', amountWord('input', amountOf(row, 'input')), amountWord('output', amountOf(row, 'output'))),
    ),
    share(
      'cache',
      l10n.t('From Cache'),
      (row) => row.cacheHitShare,
      (row) => (row.cacheReadTokens === null ? '' : l10n.t('{0} tokens', amountWord('cacheRead', row.cacheReadTokens))),
    ),
    added('requests', ({ cancelled }) => (cancelled > 0 ? l10n.t('{0} cancelled', formatCount(cancelled)) : '')),
    share(
      'success',
      l10n.t('Success'),
      (row) => successOf(row) ?? null,
      ({ failed }) => l10n.t('{0} failed', formatCount(failed)),
    ),
    added('fallbacks', () => ''),
    time('first', l10n.t('First Token'), (row) => row.firstTokenMs),
    time('whole', l10n.t('Whole Answer'), (row) => row.totalMs),
    {
      id: 'speed',
      label: l10n.t('Tokens per Second'),
      amount: (row) => row.tokensPerSecond,
      word: speedWord,
      note: () => '',
      relative: true,
    },
  ];
}

function added(measure: Measure, note: Kind['note']): Kind {
  return {
    id: measure,
    label: measureWord(measure),
    amount: (row) => amountOf(row, measure),
    word: (amount) => amountWord(measure, amount),
    note,
    relative: true,
  };
}

function share(id: string, label: string, amount: Kind['amount'], note: Kind['note']): Kind {
  return { id, label, amount, word: (part) => formatPercent(part * 100), note, relative: false };
}

function time(id: string, label: string, of: (row: UsageRow) => UsageRow['totalMs']): Kind {
  return {
    id,
    label,
    amount: (row) => of(row)?.p50 ?? null,
    word: formatMs,
    note: (row) => l10n.t('p95: {0}', timeWord(of(row)?.p95 ?? null)),
    relative: true,
  };
}

export function timeWord(ms: number | null): string {
  return ms === null ? UNKNOWN : formatMs(ms);
}

export function speedWord(speed: number): string {
  return numberFormat({ maximumFractionDigits: speed < 10 ? 1 : 0 }).format(speed);
}

function lackingWord(row: UsageRow, measure: Measure): string {
  const lacking = lackingIn(row, measure);
  return lacking > 0 ? l10n.t('without {0} of unknown price', formatCount(lacking)) : '';
}

function beforeWord({ word, relative }: Kind, now: number | null, before: number | null): string {
  if (before === null) return '';
  const change = relative && now !== null && before > 0 ? changeWord(now / before - 1) : undefined;
  return change === undefined ? l10n.t('Before: {0}', word(before)) : l10n.t('Before: {0} ({1})', word(before), change);
}

/** `+12 %`; more than tenfold is no figure to compare. */
function changeWord(change: number): string | undefined {
  if (change > 9) return undefined;
  // Not broken before the sign.
  return l10n
    .t('{0} %', numberFormat({ maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(change * 100))
    .replaceAll(' ', '\u00a0');
}

/** What the sums do not hold, in sentences. */
export function notesOf(total: UsageRow): string[] {
  const { unpriced, unknownUsage, estimatedUsage } = total;
  return [
    ...(unpriced > 0 ? [l10n.t('Cost is not known for {0} requests; they are in no sum of money.', formatCount(unpriced))] : []),
    ...(unknownUsage > 0
      ? [l10n.t('Tokens are not known for {0} requests; they are in no sum of tokens.', formatCount(unknownUsage))]
      : []),
    ...(estimatedUsage > 0
      ? [l10n.t('The provider did not report tokens for {0} requests; they were counted here.', formatCount(estimatedUsage))]
      : []),
  ];
}
