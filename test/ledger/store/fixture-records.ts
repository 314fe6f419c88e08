import { fileURLToPath } from 'node:url';
import type { RequestRecord } from '../../../src/ledger/record.ts';
import { recordWith } from './records.ts';

export const fixturePath = (version: number): string => fileURLToPath(new URL(`./fixtures/v${version}.sqlite`, import.meta.url));

/** What the fixtures hold: `old-…` as sums of 17 November, the others singly. At noon UTC, so of one day nearly everywhere. */
export const FIXTURE_RECORDS: RequestRecord[] = [
  recordWith('old-1', { at: Date.parse('2026-11-17T12:00:00Z') }),
  recordWith('old-2', { at: Date.parse('2026-11-17T12:10:00Z'), cost: { usd: 0.5, source: 'plan' } }),
  recordWith('plain'),
  recordWith('everything', {
    at: Date.parse('2026-11-20T12:01:00Z'),
    clientVersion: '2.1',
    targetDialect: 'openai-chat',
    accountId: 'acc_1',
    provider: 'openai',
    tier: 'subscription',
    model: 'gpt-x',
    combo: 'coding',
    attempts: [
      { target: 'a/b', account: 'x', ms: 12.5, class: 'rate', status: 429 },
      { target: 'c/d', account: 'y', ms: 300 },
    ],
    skipped: [{ target: 'e/f', account: 'z', reason: 'quota' }],
    usage: {
      input: 1,
      cacheRead: 2,
      cacheWrite: 3,
      cacheWrite1h: 4,
      output: 5,
      reasoning: 6,
      total: 7,
      inputAudio: 8,
      outputAudio: 9,
      webSearches: 10,
    },
    estimated: true,
    cost: { usd: 0.25, source: 'plan' },
    sharedWith: 'plain',
  }),
  recordWith('failed', {
    at: Date.parse('2026-11-20T12:02:00Z'),
    target: undefined,
    account: undefined,
    attempts: [],
    streamed: false,
    firstByteMs: undefined,
    usage: undefined,
    cost: undefined,
    finish: undefined,
    status: 429,
    error: { class: 'quota', code: undefined },
  }),
];
