import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import initSqlJs, { type SqlJs } from 'sql.js';
import type { RequestRecord } from '../../../src/ledger/record.ts';

/** sql.js as the thread loads it. */
export function loadSql(): Promise<SqlJs> {
  return initSqlJs({ wasmBinary: readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm')) });
}

/** A folder that goes away after `work`. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An answered request with everything known. */
export function recordWith(id: string, changes: Partial<RequestRecord> = {}): RequestRecord {
  return {
    id,
    at: Date.parse('2026-11-20T12:00:00Z'),
    key: 'default',
    client: 'Claude Code',
    dialect: 'anthropic-messages',
    requested: 'sonnet',
    target: 'anthropic/claude-sonnet',
    account: 'work',
    combo: undefined,
    attempts: [{ target: 'anthropic/claude-sonnet', account: 'work', ms: 900 }],
    skipped: [],
    streamed: true,
    firstByteMs: 400,
    totalMs: 2400,
    usage: { input: 1000, cacheRead: 600, output: 200 },
    cost: { usd: 0.01, source: 'list' },
    finish: 'stop',
    status: 200,
    error: undefined,
    cancelled: false,
    ...changes,
  };
}

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 4 });
const tokens = fc.nat({ max: 200_000 });
const text = fc.string({ maxLength: 12 });
const some = (prefix: string, most: number): fc.Arbitrary<string> => fc.nat({ max: most }).map((n) => `${prefix}${n}`);
const failure = fc.constantFrom('rate', 'overload', 'auth', 'network', 'internal') as fc.Arbitrary<'rate'>;

const usage: fc.Arbitrary<RequestRecord['usage']> = fc.record(
  {
    input: tokens,
    cacheRead: tokens,
    cacheWrite: tokens,
    cacheWrite1h: tokens,
    output: tokens,
    reasoning: tokens,
    total: tokens,
    webSearches: fc.nat({ max: 9 }),
  },
  { requiredKeys: [] },
);

/** Any record of some days before `newest`; few names, so that groups have several. */
export function anyRecord(newest: number, days: number): fc.Arbitrary<RequestRecord> {
  return fc.record({
    id: fc.uuid(),
    at: fc.integer({ min: newest - days * 86_400_000, max: newest }),
    key: some('key', 2),
    client: fc.oneof(some('tool', 2), text),
    clientVersion: maybe(text.filter((version) => version !== '')),
    dialect: fc.constantFrom('openai-chat', 'gemini'),
    targetDialect: maybe(fc.constant('openai-chat')),
    requested: some('asked', 3),
    target: maybe(some('p/m', 3)),
    account: maybe(some('account', 2)),
    accountId: maybe(some('id', 2)),
    provider: maybe(some('provider', 2)),
    tier: maybe(fc.constantFrom('subscription', 'free', 'local')),
    model: maybe(some('m', 3)),
    combo: maybe(some('combo', 1)),
    attempts: fc.array(
      fc.record(
        {
          target: some('p/m', 3),
          account: some('account', 2),
          ms: fc.nat({ max: 9000 }),
          startMs: fc.nat({ max: 9000 }),
          class: failure,
          status: fc.constantFrom(429, 503),
        },
        { requiredKeys: ['target', 'account', 'ms'] },
      ),
      { maxLength: 3 },
    ),
    skipped: fc.array(
      fc.record({
        target: some('p/m', 3),
        account: some('account', 2),
        reason: fc.constantFrom('not-allowed', 'incapable', 'busy', 'quota', 'budget'),
      }),
      { maxLength: 2 },
    ),
    streamed: fc.boolean(),
    firstByteMs: maybe(fc.nat({ max: 5000 })),
    totalMs: fc.nat({ max: 60_000 }),
    usage: maybe(usage),
    estimated: maybe(fc.constant(true)),
    cost: maybe(fc.record({ usd: fc.double({ min: 0, max: 3, noNaN: true }), source: fc.constantFrom('list', 'user', 'plan') })),
    finish: maybe(fc.constantFrom('stop', 'length')),
    status: fc.constantFrom(200, 200, 200, 429, 503),
    error: maybe(fc.record({ class: failure, code: maybe(fc.constantFrom('a', 'b')) })),
    cancelled: fc.boolean(),
    sharedWith: fc.option(fc.uuid(), { nil: undefined, freq: 8 }),
  }) as fc.Arbitrary<RequestRecord>;
}
