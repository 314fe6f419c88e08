import { appendFile, mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogLine } from '../../src/log/log-line.ts';
import { PROVIDER_KEY } from '../sdk/house.ts';
import { answer, down } from '../upstream/chat-replies.ts';
import { type AdminHouse, adminHouse } from './admin-house.ts';

let house: AdminHouse;
beforeEach(async () => {
  const env = { SCRIPTED_PROVIDER_KEY: PROVIDER_KEY };
  house = await adminHouse({ version: 1, settings: { routing: { retries: 0 } } }, env);
  await house.ask('POST', '/accounts', house.account({ env: 'SCRIPTED_PROVIDER_KEY', test: false }));
  await house.ask('POST', '/accounts', house.account({ name: 'spare', prefix: 'spare', env: 'SCRIPTED_PROVIDER_KEY', test: false }));
  await house.ask('PUT', '/combos/best', { targets: ['mine/a', 'spare/b'] });
});
afterEach(() => house.close());

async function post(model: string): Promise<string> {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'a private prompt' }] });
  const headers = { authorization: `Bearer ${house.key}`, 'content-type': 'application/json' };
  const response = await fetch(`${house.url}/v1/chat/completions`, { method: 'POST', headers, body });
  await response.text();
  return response.headers.get('x-request-id') ?? '';
}

async function logs(query: string): Promise<{ entries: LogLine[]; more: boolean }> {
  return (await house.ask('GET', `/logs?${query}`)).body as unknown as { entries: LogLine[]; more: boolean };
}

const logFile = (): string => join(house.folder, 'logs', 'omniroute.log');
/** Also when the gateway has written nothing yet. */
async function put(entry: object): Promise<void> {
  await mkdir(dirname(logFile()), { recursive: true });
  await appendFile(logFile(), `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
}

/** What is told until there are `count` lines, or the gateway is gone. */
async function followed(kind: string, count: number, act: () => Promise<unknown>): Promise<LogLine[]> {
  const leave = new AbortController();
  const headers = { authorization: `Bearer ${house.key}` };
  const response = await fetch(`${house.url}/admin/logs/follow?kind=${kind}`, { headers, signal: leave.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const acting = act();
  let text = '';
  const lines = (): LogLine[] => [...text.matchAll(/^data: (.*)\n/gm)].map(([, data = '']) => JSON.parse(data) as LogLine);
  for await (const piece of response.body ?? []) {
    text += Buffer.from(piece).toString('utf8');
    if (lines().length >= count) break;
  }
  leave.abort();
  await acting;
  return lines();
}

describe('the logs, over the admin API', () => {
  it('tell requests, and each attempt by itself', async () => {
    house.provider.script(down, answer);
    const id = await post('best');
    const { entries } = await logs('kind=request');
    expect(entries).toMatchObject([{ level: 'info', requestId: id, message: expect.stringContaining(`${id} openai-chat best`) }]);
    const { entries: attempts, more } = await logs('kind=proxy');
    expect(more).toBe(false);
    expect(attempts).toMatchObject([
      { level: 'warn', requestId: id, attempt: { target: 'mine/a', account: 'mine', provider: 'openai-compatible', proxy: null } },
      { level: 'info', requestId: id, attempt: { target: 'spare/b', account: 'spare' } },
    ]);
    expect(attempts[0]?.attempt?.failure).toEqual({ class: 'overload', status: 503 });
    expect(attempts[1]?.attempt?.failure).toBeUndefined();
    expect(new Set(attempts.map((line) => line.id)).size).toBe(2);
    expect(JSON.stringify([entries, attempts])).not.toContain('private');
    expect((await logs('kind=proxy&level=warn')).entries).toHaveLength(1);
  });

  it('tell of a relayed request what went out for it, and through which proxy', async () => {
    await house.ask('PATCH', '/accounts/mine', { proxy: 'http://user:s3cret-word@127.0.0.1:9' });
    house.secrets.push('s3cret-word');
    const body = JSON.stringify({ model: 'mine/e', input: 'hello' });
    const headers = { authorization: `Bearer ${house.key}`, 'content-type': 'application/json' };
    await fetch(`${house.url}/v1/embeddings`, { method: 'POST', headers, body });
    const { entries } = await logs('kind=proxy');
    expect(entries).toMatchObject([
      { level: 'warn', attempt: { target: 'mine/e', proxy: 'http://127.0.0.1:9', failure: { class: 'network' } } },
    ]);
    expect(await readFile(logFile(), 'utf8')).not.toContain('s3cret-word');
  });

  it('tell who changed what', async () => {
    const { entries } = await logs('kind=audit');
    expect(entries.map(({ audit }) => `${audit?.who} ${audit?.what} ${audit?.subject}`)).toEqual([
      'default account.added mine',
      'default account.added spare',
      'default combo.saved best',
    ]);
    expect(entries[2]?.audit?.changes).toContainEqual({ field: 'targets', after: ['mine/a', 'spare/b'] });
    expect((await logs('kind=audit&search=SPARE%2FB')).entries).toHaveLength(1);
  });

  it('are paged back over rotated files, filtered by level, text and time', async () => {
    // What the gateway said at its start is in the file then.
    await logs('kind=console');
    for (const n of [1, 2, 3]) await put({ level: 'info', message: `line ${n}` });
    await rename(logFile(), logFile().replace('.log', '.1.log'));
    for (const n of [4, 5, 6]) await put({ level: n === 5 ? 'error' : 'debug', message: `line ${n}`, fields: { place: `here-${n}` } });
    const messages = ({ entries }: { entries: LogLine[] }): string[] =>
      entries.map(({ message }) => message).filter((text) => text.startsWith('line'));
    // The gateway may write a line of its own at any time.
    const page = await logs('limit=2&search=line');
    expect([messages(page), page.more]).toEqual([['line 5', 'line 6'], true]);
    expect(messages(await logs(`limit=3&search=line&before=${page.entries[0]?.id}`))).toEqual(['line 2', 'line 3', 'line 4']);
    expect(messages(await logs('level=error'))).toEqual(['line 5']);
    expect(messages(await logs('search=HERE-6'))).toEqual(['line 6']);
    expect(messages(await logs('until=1h'))).toEqual([]);
    expect(messages(await logs('since=1h'))).toHaveLength(6);
    expect(await logs('before=nothing')).toEqual({ entries: [], more: false });
  });

  it('are followed from now on, each line once, with the id the list gives it', async () => {
    house.provider.script(answer, answer);
    await post('mine/before');
    const lines = await followed('request', 1, () => post('mine/after'));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.message).toContain('mine/after');
    const { entries } = await logs('kind=request');
    expect(entries.at(-1)).toEqual(lines[0]);
    const [change] = await followed('audit', 1, () => house.ask('DELETE', '/combos/best'));
    expect(change?.audit).toMatchObject({ what: 'combo.removed', subject: 'best' });
  });

  it('are for admin keys alone', async () => {
    const { body } = await house.ask('POST', '/keys', { name: 'plain' });
    for (const path of ['/logs', '/logs/follow']) {
      const answered = await house.ask('GET', path, undefined, String(body.key));
      expect(answered).toMatchObject({ status: 403, body: { error: { code: 'admin_key_required' } } });
    }
    expect(await house.ask('GET', '/logs?kind=mail')).toMatchObject({ status: 400, body: { error: { param: 'kind' } } });
    expect(await house.ask('GET', '/logs?limit=1001')).toMatchObject({ status: 400, body: { error: { param: 'limit' } } });
  });
});
