import * as z from 'zod';
import { TIERS } from '../../config/budgets.ts';
import type { Usage } from '../../conversation/usage.ts';

/** What a budget can tell apart. */
export interface Spender {
  /** Name of the gateway key. */
  key: string;
  /** Id of the account. */
  account: string;
  /** Id of the provider. */
  provider: string;
  tier: (typeof TIERS)[number];
  /** Name of the outermost combo that was asked for. */
  combo?: string;
}

/** All are whole numbers, so that sums do not depend on the order. */
export interface Amounts {
  requests: number;
  tokens: number;
  /** Billionths of a US dollar. */
  nanos: number;
  /** Requests whose cost is not known: they are in none of the sums of money. */
  unpriced: number;
}

/** What one spender took on one day. */
export interface Row extends Spender, Amounts {
  /** `2026-11-22`, by the machine's time zone. */
  day: string;
}

const NANOS = 1e9;
const count = z.number().int().nonnegative();

const rowSchema = z.object({
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  key: z.string(),
  account: z.string(),
  provider: z.string(),
  tier: z.enum(TIERS),
  combo: z.string().optional(),
  usd: z.number().nonnegative(),
  tokens: count,
  requests: count,
  unpriced: count.default(0),
});
const savedSchema = z.object({ rows: z.array(z.unknown()) });
const namesSchema = z.object({ names: z.record(z.string(), z.string()) });

export function noAmounts(): Amounts {
  return { requests: 0, tokens: 0, nanos: 0, unpriced: 0 };
}

export function addAmounts(to: Amounts, more: Amounts): void {
  to.requests += more.requests;
  to.tokens += more.tokens;
  to.nanos += more.nanos;
  to.unpriced += more.unpriced;
}

export function toNanos(usd: number): number {
  return Math.round(usd * NANOS);
}

export function toUsd(nanos: number): number {
  return nanos / NANOS;
}

/** What an answer took. `usd` is `undefined` when the cost is not known. */
export function amountsOf(usage: Usage, usd: number | undefined): Amounts {
  const tokens = usage.total ?? (usage.input ?? 0) + (usage.output ?? 0);
  const known = usd !== undefined && Number.isFinite(usd) && usd >= 0;
  return {
    requests: 0,
    tokens: Number.isFinite(tokens) && tokens > 0 ? Math.round(tokens) : 0,
    nanos: known ? toNanos(usd) : 0,
    unpriced: known ? 0 : 1,
  };
}

/** Everything spent, by day and spender. */
export class Rows {
  readonly #rows = new Map<string, Row>();

  /** The row of this day and spender, made when there is none. */
  of(day: string, spender: Spender): Row {
    const { key, account, provider, tier, combo } = spender;
    const id = JSON.stringify([day, key, account, provider, tier, combo]);
    const known = this.#rows.get(id);
    if (known) return known;
    const row: Row = { day, key, account, provider, tier, ...(combo === undefined ? {} : { combo }), ...noAmounts() };
    this.#rows.set(id, row);
    return row;
  }

  list(): Iterable<Row> {
    return this.#rows.values();
  }

  /** Forgets what is older than this month (`2026-10`). What seems to lie ahead is kept: the clock may be wrong now. */
  forgetBefore(month: string): void {
    for (const [id, row] of this.#rows) {
      if (row.day.slice(0, 7) < month) this.#rows.delete(id);
    }
  }

  toJSON(): unknown[] {
    return [...this.#rows.values()].map(({ nanos, ...row }) => ({ ...row, usd: toUsd(nanos) }));
  }

  /** Adds saved rows; what is no row is left out. */
  restore(saved: unknown): void {
    const list = savedSchema.safeParse(saved);
    for (const entry of list.success ? list.data.rows : []) {
      const row = rowSchema.safeParse(entry);
      if (!row.success) continue;
      const { day, usd, requests, tokens, unpriced, ...spender } = row.data;
      addAmounts(this.of(day, withoutUndefined(spender)), { requests, tokens, unpriced, nanos: toNanos(usd) });
    }
  }
}

/** Names of accounts as they were saved. */
export function savedNames(saved: unknown): [string, string][] {
  const read = namesSchema.safeParse(saved);
  return read.success ? Object.entries(read.data.names) : [];
}

function withoutUndefined({ combo, ...spender }: Omit<Spender, 'combo'> & { combo?: string | undefined }): Spender {
  return combo === undefined ? spender : { ...spender, combo };
}
