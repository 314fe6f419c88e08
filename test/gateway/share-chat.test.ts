import { afterEach, describe, expect, it, vi } from 'vitest';
import { addKey } from '../../src/accounts/gateway-keys.ts';
import type { Config } from '../../src/config/schema.ts';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import type { RequestRecord } from '../../src/ledger/record.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { DIALECTS } from '../sdk/target.ts';
import { deferred } from '../upstream/deferred.ts';
import { jsonReply, type Reply } from '../upstream/reply.ts';
import { type Accounts, accountsWith, answer, until } from './limits-house.ts';

const KEYS = { keys: [] } as unknown as Config;
const OTHER_KEY = addKey(KEYS, 'other', {}, new Date()).key;
const TEN = Array.from({ length: 10 }, (_, at) => at);
const sse = (...chunks: unknown[]): string =>
  chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`).join('');
const chunk = (delta: unknown, more: object = {}) => ({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: null, ...more }],
});
const BEGINNING = sse(chunk({ role: 'assistant', content: 'one answer' }));
const ENDING = sse(
  chunk({ content: ' for all' }),
  chunk({}, { finish_reason: 'stop' }),
  { ...chunk({}), choices: [], usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } },
  '[DONE]',
);

/** A stream that waits for the test after its first text. */
function stream(until: Promise<unknown>, by: 'end' | 'destroy' = 'end'): Reply {
  const rest: Reply['steps'] = by === 'end' ? [{ do: 'send', bytes: ENDING }, { do: 'end' }] : [{ do: 'destroy' }];
  return {
    label: 'held stream',
    head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
    steps: [{ do: 'send', bytes: BEGINNING }, { do: 'wait', until }, ...rest],
  };
}

interface AskOptions {
  stream?: boolean;
  /** The idempotency key; none when empty. */
  idempotency?: string;
  key?: string;
  body?: Record<string, unknown>;
  signal?: AbortSignal;
}

let house: Accounts;
afterEach(async () => {
  vi.useRealTimers();
  await house.close();
});
const start = async (settings: Record<string, unknown> = {}): Promise<Accounts['providers'][number]> => {
  house = await accountsWith([{}], { routing: { retries: 0 }, ...settings }, { keys: KEYS.keys });
  const [provider] = house.providers;
  if (!provider) throw new Error('no provider');
  return provider;
};

function send(dialect: ClientDialectId, options: AskOptions = {}): Promise<Response> {
  const { stream: streamed = false, idempotency = 'the-same', key = house.gateway.key, body = PROMPTS[dialect], signal } = options;
  const path: Record<ClientDialectId, string> = {
    'openai-chat': '/v1/chat/completions',
    'openai-responses': '/v1/responses',
    'anthropic-messages': '/v1/messages',
    gemini: `/v1beta/models/chat/m:${streamed ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  };
  return fetch(house.gateway.url + path[dialect], {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      ...(idempotency ? { 'idempotency-key': idempotency } : {}),
    },
    body: JSON.stringify(dialect === 'gemini' ? body : { model: 'chat/m', stream: streamed, ...body }),
    ...(signal ? { signal } : {}),
  });
}

async function records(count: number): Promise<RequestRecord[]> {
  let found: RequestRecord[] = [];
  await until(async () => {
    const response = await fetch(`${house.gateway.url}/admin/requests`, { headers: { 'x-api-key': house.gateway.key } });
    found = ((await response.json()) as { requests: RequestRecord[] }).requests;
    return found.length >= count;
  });
  return found;
}

/** Reads until the first bytes are there. */
async function begun(response: Response): Promise<{ rest(): Promise<string> }> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = decoder.decode((await reader?.read())?.value, { stream: true });
  const rest = async (): Promise<string> => {
    for (let step = await reader?.read(); step && !step.done; step = await reader?.read())
      text += decoder.decode(step.value, { stream: true });
    return text;
  };
  return { rest };
}

describe.each(DIALECTS)('ten requests of an %s client with one idempotency key', (dialect) => {
  it.each([true, false])('are one request to the provider (streamed: %s)', async (streamed) => {
    const provider = await start();
    const gate = deferred();
    provider.script(streamed ? stream(gate.promise) : { ...answer('one answer for all'), before: gate.promise });
    const early = TEN.slice(0, 7).map(() => send(dialect, { stream: streamed }));
    await provider.next();
    gate.resolve();
    await Promise.all(early);
    const late = TEN.slice(7).map(() => send(dialect, { stream: streamed }));
    const responses = await Promise.all([...early, ...late]);
    const texts = await Promise.all(responses.map((response) => response.text()));

    expect(provider.seen).toHaveLength(1);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('for all');
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(responses.map(({ headers }) => headers.get('content-type'))).size).toBe(1);
    const ids = responses.map(({ headers }) => headers.get('x-request-id') ?? '');
    expect(new Set(ids).size).toBe(10);
    const leaders = responses.filter(({ headers }) => !headers.has('x-omniroute-shared'));
    expect(leaders).toHaveLength(1);
    const leader = leaders[0]?.headers.get('x-request-id');
    expect(responses.filter(({ headers }) => headers.get('x-omniroute-shared') === leader)).toHaveLength(9);

    const kept = await records(10);
    expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(ids));
    expect(kept.filter(({ usage }) => usage !== undefined)).toMatchObject([{ id: leader, usage: { input: 9, output: 4 } }]);
    expect(kept.filter(({ sharedWith }) => sharedWith === leader)).toHaveLength(9);
    expect(kept.every(({ status, error }) => status === 200 && error === undefined)).toBe(true);
  });
});

describe('requests are not shared', () => {
  it.each<[string, AskOptions, AskOptions]>([
    ['with the same key and another body', {}, { body: { messages: [{ role: 'user', content: 'Say something else.' }] } }],
    ['with another key', {}, { idempotency: 'another' }],
    ['without a key', { idempotency: '' }, { idempotency: '' }],
    ['streamed with whole', {}, { stream: true }],
    ['among gateway keys', {}, { key: OTHER_KEY }],
  ])('%s', async (_name, one, other) => {
    const provider = await start();
    provider.always(answer('an answer of its own'));
    for (const options of [one, other]) {
      const response = await send('openai-chat', options);
      expect(response.status).toBe(200);
      await response.text();
      expect(response.headers.has('x-omniroute-shared')).toBe(false);
    }
    expect(provider.seen).toHaveLength(2);
  });

  it('five seconds after the first was asked', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const provider = await start();
    provider.always(answer());
    for (const wait of [0, 4999, 1]) {
      vi.setSystemTime(Date.now() + wait);
      await (await send('openai-chat')).text();
    }
    expect(provider.seen).toHaveLength(2);
  });
});

describe('requests alike without a key', () => {
  it('share where the user switched that on, but never among gateway keys', async () => {
    const provider = await start({ routing: { retries: 0, shareIdentical: true } });
    provider.always(answer());
    for (const key of [house.gateway.key, house.gateway.key, OTHER_KEY, OTHER_KEY]) {
      await (await send('openai-chat', { key, idempotency: '' })).text();
    }
    expect(provider.seen).toHaveLength(2);
  });
});

describe('a failure', () => {
  it('is told to those who wait, and not replayed', async () => {
    const provider = await start();
    const gate = deferred();
    provider.script({ ...jsonReply({ error: { message: 'boom' } }, 500), before: gate.promise });
    const asked = TEN.map(() => send('anthropic-messages'));
    await provider.next();
    await house.arrived();
    provider.always(answer('better now'));
    gate.resolve();
    const responses = await Promise.all(asked);
    expect(responses.map(({ status }) => status)).toEqual(TEN.map(() => 500));
    const ids = responses.map(({ headers }) => headers.get('x-request-id'));
    const bodies = (await Promise.all(responses.map((response) => response.json()))) as {
      request_id: string;
      error: { message: string };
    }[];
    expect(bodies.map(({ request_id }) => request_id)).toEqual(ids);
    expect(new Set(bodies.map(({ error }) => error.message)).size).toBe(1);
    const again = await send('anthropic-messages');
    expect(await again.text()).toContain('better now');
    expect(provider.seen).toHaveLength(2);
  });

  it('in the middle is seen by all, and a retry really asks again', async () => {
    const provider = await start();
    const gate = deferred();
    provider.script(stream(gate.promise, 'destroy'));
    const streams = await Promise.all([1, 2, 3].map(async () => begun(await send('openai-chat', { stream: true }))));
    provider.script(stream(Promise.resolve()));
    gate.resolve();
    for (const { rest } of streams) {
      const text = await rest();
      expect(text).toContain('"error"');
      expect(text).not.toContain('[DONE]');
    }
    expect(await (await send('openai-chat', { stream: true })).text()).toContain('[DONE]');
    expect(provider.seen).toHaveLength(2);
  });
});

describe('clients that leave', () => {
  it.each([0, 1, 2])('do not end the answer of the others (client %i of 3 leaves)', async (leaver) => {
    const provider = await start();
    const gate = deferred();
    provider.script(stream(gate.promise));
    const leaving = new AbortController();
    const streams: { rest(): Promise<string> }[] = [];
    for (const at of [0, 1, 2]) {
      streams.push(await begun(await send('openai-chat', { stream: true, ...(at === leaver ? { signal: leaving.signal } : {}) })));
    }
    const seen = await provider.next();
    leaving.abort();
    await expect(streams[leaver]?.rest()).rejects.toThrow();
    await house.arrived();
    gate.resolve();
    for (const [at, { rest }] of streams.entries()) if (at !== leaver) expect(await rest()).toContain('[DONE]');
    expect(seen.abortedAt).toBeUndefined();
    const kept = await records(3);
    expect(kept.filter(({ usage }) => usage !== undefined)).toMatchObject([{ usage: { input: 9, output: 4 } }]);
    expect(kept.filter(({ sharedWith }) => sharedWith === undefined)).toHaveLength(1);
  });

  it.each([
    ['the first to ask leaves first', [0, 1, 2]],
    ['the first to ask leaves last', [2, 1, 0]],
  ])('all of them end it: the provider sees it, and the next one asks anew (%s)', async (_name, order) => {
    const provider = await start();
    provider.script(stream(new Promise(() => {})));
    const leaving = order.map(() => new AbortController());
    for (const { signal } of leaving) await begun(await send('openai-chat', { stream: true, signal }));
    const seen = await provider.next();
    for (const at of order) {
      expect(seen.abortedAt).toBeUndefined();
      leaving[at]?.abort();
      await house.arrived();
    }
    await seen.aborted;
    const kept = await records(3);
    expect(kept.map(({ cancelled }) => cancelled)).toEqual([true, true, true]);
    provider.script(stream(Promise.resolve()));
    expect(await (await send('openai-chat', { stream: true })).text()).toContain('[DONE]');
    await until(async () => (await house.limits())['account-0']?.running === 0);
  });
});
