import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { JsonObject } from '../../src/conversation/json.ts';
import type { Usage } from '../../src/conversation/usage.ts';
import { RelayUsage } from '../../src/gateway/relay-usage.ts';
import { pricesReady } from '../../src/ledger/prices.ts';
import { recordings } from '../recordings.ts';
import { accountFor, configFor, gatewayWith, PROVIDER_KEY, type RunningGateway } from '../sdk/house.ts';
import { jsonReply, recordedText, replyOf } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

/** What each recorded answer tells, read off it by eye: vectors and scores are no output. */
const TOLD: Record<string, Usage | undefined> = {
  'azure-openai-embeddings': { input: 8, output: 0 },
  'cohere-embedding-basic-functionality-cohere-embed-v4-0-can-handle-multiple-texts-with-cust': { input: 3 },
  'google-embedding-batch': { input: 4 },
  'mistral-embedding-basic-functionality-mistral-mistral-embed-handles-single-string-arrays-c': { input: 5, output: 0 },
  'openai-embedding-b64': { input: 2, output: 0 },
  'openrouter-embedding-basic-functionality-openrouter-openai-text-embedding-3-small-can-hand': { input: 3, output: 0 },
  // Cohere bills searches, not tokens.
  'cohere-rerank-reranking-with-cohere-rerank-v3-5-limits-results-with-top-n': undefined,
  'cohere-reranker-span-has-expected-attributes': undefined,
  'openrouter-rerank-reranking-with-openrouter-voyageai-rerank-2-5-lite-orders-documents-by-r': { input: 17, output: 0 },
  'voyage-voyageai-rerank-async-legacy': { input: 43, output: 0 },
  'azure-completion': { input: 16, output: 20 },
  'together-completion-legacy': { input: 10, output: 512 },
  // Streamed without `include_usage`: `"usage":null` in every chunk.
  'vllm-trace-propagation-stream-async-openai': undefined,
};

const cases = recordings(({ format, status }) => ['embeddings', 'rerank', 'openai-completions'].includes(format) && status === 200);

function readIn(text: string, size: number): Usage | undefined {
  const usage = new RelayUsage();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) usage.see(bytes.subarray(at, at + size));
  return usage.read();
}

describe('the usage a relayed answer tells', () => {
  it('is known for every recording', () => {
    expect(Object.keys(TOLD).sort()).toEqual(cases.map(({ name }) => name).sort());
  });

  it.each(cases.map((recording) => [recording.name, recordedText(recording)]))('is read from %s, however it is cut', (name, text) => {
    for (const size of [text.length * 4, 1024, 7]) expect(readIn(text, size)).toEqual(TOLD[name]);
  });

  it('is read from the last chunk of a stream', () => {
    const chunk = (usage: JsonObject | null): string => `data: ${JSON.stringify({ choices: [], usage })}\n\n`;
    const text = `${chunk(null)}${chunk({ prompt_tokens: 1 })}${chunk({ prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 })}data: [DONE]\n\n`;
    expect(readIn(text, 11)).toEqual({ input: 7, output: 3 });
  });

  it('is never taken from what documents say', () => {
    const said = '"usage": {"prompt_tokens": 999, "total_tokens": 999}';
    expect(readIn(JSON.stringify({ results: [{ document: { text: said } }] }), 64)).toBeUndefined();
    expect(readIn(JSON.stringify({ results: [{ document: { text: said } }], usage: { total_tokens: 5 } }), 64)).toEqual({
      input: 5,
      output: 0,
    });
  });

  it('is unknown where it is cut off, or nothing a number', () => {
    expect(readIn('{"usage":{"prompt_tokens":12', 9)).toBeUndefined();
    expect(readIn('{"usage":{"prompt_tokens":"many"}}', 9)).toBeUndefined();
    expect(readIn('', 9)).toBeUndefined();
  });
});

describe('relayed requests', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    await pricesReady();
    provider = await scriptedProvider();
    const spare = accountFor('openai-chat', provider.url, 1);
    gateway = await gatewayWith({
      ...configFor([accountFor('openai-chat', provider.url), spare]),
      combos: [{ name: 'vectors', targets: ['chat/embed', 'chat-1/embed'] }],
      prices: { 'chat*/embed': { input: 0.02, output: 0 } },
    });
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });
  afterEach(async () => {
    await gateway.resetHealth();
    provider.reset();
  });

  const send = (model: string, path = '/v1/embeddings', signal?: AbortSignal) =>
    fetch(gateway.url + path, {
      method: 'POST',
      headers: { 'x-api-key': gateway.key, 'user-agent': 'codex_cli_rs/1.2.3' },
      body: JSON.stringify({ model, input: 'a private text' }),
      ...(signal ? { signal } : {}),
    });
  const answer = jsonReply({ data: [{ embedding: [0.1] }], usage: { prompt_tokens: 1000, total_tokens: 1000 } });
  const recordOf = (requested: string) =>
    vi.waitUntil(() => {
      const record = gateway.lastRecord();
      return record?.requested === requested ? record : undefined;
    });

  it('are recorded with who asked, who answered, what was used and what it cost', async () => {
    provider.script(jsonReply({ error: { message: 'overloaded' } }, 503), answer);
    await (await send('vectors')).text();
    const record = await recordOf('vectors');
    expect(record).toMatchObject({
      key: 'default',
      dialect: 'openai-chat',
      combo: 'vectors',
      target: 'chat-1/embed',
      account: 'chat-1',
      targetDialect: 'openai-chat',
      attempts: [{ account: 'chat', class: 'overload', status: 503 }, { account: 'chat-1' }],
      usage: { input: 1000, output: 0 },
      cost: { usd: expect.closeTo(0.00002, 12) as number, source: 'user' },
      status: 200,
      error: undefined,
      cancelled: false,
    });
    expect(record.firstByteMs).toBeLessThanOrEqual(record.totalMs);
    expect(JSON.stringify(record)).not.toContain('private');
    expect(JSON.stringify(record)).not.toContain(PROVIDER_KEY);
  });

  it('stand in the ledger beside the others', async () => {
    provider.script(answer);
    await (await send('chat/ledger')).text();
    const found = await fetch(`${gateway.url}/admin/requests?model=chat/ledger`, { headers: { 'x-api-key': gateway.key } });
    const { requests } = (await found.json()) as { requests: JsonObject[] };
    expect(requests).toMatchObject([{ requested: 'chat/ledger', usage: { input: 1000, output: 0 } }]);
    expect(requests[0]).not.toHaveProperty('cost');
  });

  it('are recorded when they fail, or name no model that is there', async () => {
    provider.always(jsonReply({ error: { message: 'bad input' } }, 400));
    expect((await send('chat/refused')).status).toBe(400);
    expect(await recordOf('chat/refused')).toMatchObject({
      target: 'chat/refused',
      attempts: [{ account: 'chat', class: 'request' }],
      status: 400,
      error: { class: 'request' },
      usage: undefined,
    });
    expect((await send('nobody/x')).status).toBe(404);
    expect(await recordOf('nobody/x')).toMatchObject({ target: undefined, attempts: [], status: 404, usage: undefined });
  });

  it('are cancelled when the client leaves, with no usage rather than none at all', async () => {
    const stream = cases.find(({ response }) => response.sse);
    if (!stream) throw new Error('no recorded stream of completions');
    provider.script(replyOf(stream, { chunking: 'events', cut: { after: 2, by: 'hang' } }));
    const leaving = new AbortController();
    const response = await send('chat/left', '/v1/completions', leaving.signal);
    await response.body?.getReader().read();
    leaving.abort();
    const record = await recordOf('chat/left');
    expect(record).toMatchObject({ cancelled: true, error: { class: 'cancelled' }, status: 200 });
    expect(record.usage).toBeUndefined();
    expect(record.cost).toBeUndefined();
  });
});
