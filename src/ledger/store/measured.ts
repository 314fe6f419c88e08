import type { SqlValue } from 'sql.js';
import { answeredElsewhere } from '../fallback.ts';
import type { Names } from './names.ts';
import { type RequestRow, wayOf } from './record-row.ts';

/** The columns of `requests` that numbers are made of. */
export const MEASURED = [
  'seq',
  'at',
  'target',
  'provider',
  'account',
  'key',
  'client',
  'combo',
  'tier',
  'streamed',
  'first_byte_ms',
  'total_ms',
  'input',
  'cache_read',
  'cache_write',
  'output',
  'reasoning',
  'estimated',
  'cost',
  'cost_source',
  'status',
  'error_class',
  'cancelled',
  'fallback',
  'shared_with',
  'requested',
  'attempts',
  'skipped',
] as const satisfies readonly (keyof RequestRow | 'seq')[];

/** Most requests were answered at their first attempt, with nobody skipped: their attempts need not be read. */
const NEEDLESS = "skipped IS NULL AND attempts NOT LIKE '%],[%' AND attempts LIKE '[[' || target || ',' || account || ',%'";

/** The measured columns, as SQL. */
export const MEASURED_SQL = MEASURED.map((column) =>
  column === 'attempts' ? `CASE WHEN ${NEEDLESS} THEN NULL ELSE attempts END` : column,
).join(', ');

export type MeasuredRow = Pick<RequestRow & { seq: SqlValue }, (typeof MEASURED)[number]>;

/** Dimensions that are names, in the order of `codes`. */
export const NAME_DIMENSIONS = ['model', 'provider', 'account', 'key', 'client', 'combo', 'tier'] as const;
export type NameDimension = (typeof NAME_DIMENSIONS)[number];

/** What one request adds to the numbers. NaN: not known, or not to be counted. */
export interface Measures {
  /** Rises in the order of adding. */
  seq: number;
  at: number;
  /** Numbers of names, in the order of NAME_DIMENSIONS. */
  codes: number[];
  failed: boolean;
  cancelled: boolean;
  unknownUsage: boolean;
  estimatedUsage: boolean;
  unpriced: boolean;
  fallback: boolean;
  /** Answered, by somebody else than would have answered first. */
  elsewhere: boolean;
  /** Number of the name that was asked for. */
  requested: number;
  /** Of answers that were streamed: that of a whole one is its total. */
  firstMs: number;
  /** Of answered requests: refusals would make it look quick. */
  totalMs: number;
  input: number;
  cacheRead: number;
  cacheWrite: number;
  output: number;
  reasoning: number;
  paid: number;
  saved: number;
}

const numberOf = (value: SqlValue): number => (value === null ? Number.NaN : Number(value));
const codeOf = (value: SqlValue): number => (value === null ? 0 : Number(value));

/** What a row adds to the numbers. One that was given another's answer brings no tokens and no cost: they stand there. */
export function measuresOf(row: MeasuredRow, names: Names): Measures {
  const cancelled = row.cancelled === 1;
  const answered = !cancelled && row.error_class === null && Number(row.status) < 400;
  const own = row.shared_with === null;
  const amount = (value: SqlValue): number => (own ? numberOf(value) : Number.NaN);
  const plan = row.cost_source === 'plan';
  return {
    seq: Number(row.seq),
    at: Number(row.at),
    codes: [row.target, row.provider, row.account, row.key, row.client, row.combo, row.tier].map(codeOf),
    failed: !answered && !cancelled,
    cancelled,
    unknownUsage: answered && own && row.input === null && row.output === null,
    estimatedUsage: answered && own && row.estimated === 1,
    unpriced: answered && own && row.cost === null,
    fallback: row.fallback === 1,
    elsewhere: answered && answeredElsewhere(wayOf(row, names)),
    requested: codeOf(row.requested),
    firstMs: answered && row.streamed === 1 ? numberOf(row.first_byte_ms) : Number.NaN,
    totalMs: answered ? numberOf(row.total_ms) : Number.NaN,
    input: amount(row.input),
    cacheRead: amount(row.cache_read),
    cacheWrite: amount(row.cache_write),
    output: amount(row.output),
    reasoning: amount(row.reasoning),
    paid: plan ? Number.NaN : amount(row.cost),
    saved: plan ? amount(row.cost) : Number.NaN,
  };
}
