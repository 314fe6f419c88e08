import type { RequestRecord } from '../../../src/editor/admin/api.ts';
import { liveRequestOf, NEW_REQUEST } from '../../../src/editor/live/request-book.ts';
import type { Row } from '../../../webview/pages/requests/list/row.ts';

export const START = Date.UTC(2026, 10, 23, 12, 0, 0);

/** An answered request; `at` in seconds since START. */
export function record(id: string, at: number, more: Partial<RequestRecord> = {}): RequestRecord {
  return {
    id,
    at: START + at * 1000,
    key: 'default',
    client: 'Codex',
    dialect: 'openai-chat',
    requested: 'best',
    target: 'groq/llama',
    account: 'groq',
    combo: 'best',
    attempts: [{ target: 'groq/llama', account: 'groq', ms: 300 }],
    skipped: [],
    streamed: true,
    firstByteMs: 300,
    totalMs: 900,
    usage: { input: 100, output: 20 },
    finish: 'stop',
    status: 200,
    error: undefined,
    cancelled: false,
    ...more,
  };
}

export function over(id: string, at: number, more: Partial<RequestRecord> = {}): Row {
  return liveRequestOf(record(id, at, more));
}

export function running(id: string, at: number, more: Partial<Row> = {}): Row {
  return { ...NEW_REQUEST, id, startedAt: START + at * 1000, client: 'Codex', key: 'default', requested: 'best', ...more };
}
