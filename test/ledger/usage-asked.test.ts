import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { JsonObject } from '../../src/conversation/json.ts';
import { eventsReply } from '../gateway/matrix/failures.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { rawAsk } from '../sdk/raw.ts';
import { DIALECTS } from '../sdk/target.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const chunk = (fields: JsonObject): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', ...fields })}\n\n`;
const said = (content: string, finish: string | null = null): string =>
  chunk({ choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: finish }] });
const USAGE = { prompt_tokens: 40, completion_tokens: 6, total_tokens: 46, prompt_tokens_details: { cached_tokens: 32 } };
const TOLD = { input: 40, cacheRead: 32, output: 6 };
const WITHOUT = [said('Hello '), said('there', 'stop'), 'data: [DONE]\n\n'];
const WITH = [...WITHOUT.slice(0, 2), chunk({ choices: [], usage: USAGE }), 'data: [DONE]\n\n'];

const anthropicEvent = (type: string, fields: JsonObject): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
const START = anthropicEvent('message_start', {
  message: {
    id: 'msg',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 8, cache_read_input_tokens: 32, cache_creation_input_tokens: 0, output_tokens: 1 },
  },
});
const BLOCK = anthropicEvent('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
const TEXT = anthropicEvent('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Hello' } });

describe('the usage of a stream', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    provider = await scriptedProvider();
    const accounts = [accountFor('openai-chat', provider.url), accountFor('anthropic-messages', provider.url)];
    gateway = await gatewayWith({ ...configFor(accounts), prices: { '*': { input: 1, output: 1 } } });
  });
  afterEach(() => provider.reset());
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  const chat = async (options: JsonObject): Promise<string> => {
    const body = { messages: [{ role: 'user', content: 'Hi' }], ...options };
    return await (await rawAsk('openai-chat', { target: gateway, model: 'chat/m', stream: true, body })).text();
  };
  const usagesIn = (text: string): unknown[] =>
    text
      .split('\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line) => (JSON.parse(line.slice(6)) as JsonObject).usage)
      .filter((usage) => usage !== undefined && usage !== null);

  it.each([
    ['says nothing of it', {}],
    ['does not want it', { stream_options: { include_usage: false } }],
    ['has other options', { stream_options: { include_obfuscation: false } }],
  ])('is asked for, kept, and hidden from a chat client that %s', async (_what, options) => {
    provider.script(eventsReply('with usage', WITH, 'end'));
    const text = await chat(options as JsonObject);
    expect((await provider.next()).json()).toMatchObject({ ...options, stream_options: { include_usage: true } });
    expect(usagesIn(text)).toEqual([]);
    expect(text).not.toContain('"choices":[]');
    expect(text).toContain('there');
    expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true);
    expect(gateway.lastRecord()?.usage).toEqual(TOLD);
  });

  it('is handed on to a chat client that asked for it', async () => {
    provider.script(eventsReply('with usage', WITH, 'end'));
    const text = await chat({ stream_options: { include_usage: true } });
    expect((await provider.next()).json()).toMatchObject({ stream_options: { include_usage: true } });
    expect(usagesIn(text)).toEqual([expect.objectContaining(USAGE)]);
    expect(gateway.lastRecord()?.usage).toEqual(TOLD);
  });

  it.each(DIALECTS)('is asked for whoever asks: %s', async (dialect) => {
    provider.script(eventsReply('with usage', WITH, 'end'));
    await (await rawAsk(dialect, { target: gateway, model: 'chat/m', stream: true })).text();
    expect((await provider.next()).json()).toMatchObject({ stream_options: { include_usage: true } });
    expect(gateway.lastRecord()?.usage).toEqual(TOLD);
  });

  it.each(DIALECTS)('stays unknown where none is told: %s', async (dialect) => {
    provider.script(eventsReply('without usage', WITHOUT, 'end'));
    const response = await rawAsk(dialect, { target: gateway, model: `chat/untold-${dialect}`, stream: true });
    await response.text();
    const record = gateway.lastRecord();
    expect(record).toMatchObject({ id: response.headers.get('x-request-id'), status: 200, error: undefined });
    expect([record?.usage, record?.cost, record?.estimated]).toEqual([undefined, undefined, undefined]);
    const headers = { 'x-api-key': gateway.key };
    const { rows } = (await (
      await fetch(`${gateway.url}/admin/usage?by=model&model=chat/untold-${dialect}`, { headers })
    ).json()) as JsonObject;
    expect(rows).toMatchObject([{ requests: 1, inputTokens: null, outputTokens: null, cost: null, unknownUsage: 1, estimatedUsage: 0 }]);
  });

  it.each(DIALECTS)('is what was told until the client left: %s', async (dialect) => {
    provider.script(eventsReply('half an answer', [START, BLOCK, TEXT], 'hang'));
    const leaving = new AbortController();
    const response = await rawAsk(dialect, { target: gateway, model: 'anth/m', stream: true, signal: leaving.signal });
    await response.body?.getReader().read();
    leaving.abort();
    const id = response.headers.get('x-request-id');
    const record = await vi.waitUntil(() => (gateway.lastRecord()?.id === id ? gateway.lastRecord() : undefined));
    expect(record).toMatchObject({ cancelled: true, usage: { input: 40, cacheRead: 32 } });
  });

  it('is unknown, and no 0, when the client left before any was told', async () => {
    provider.script(eventsReply('half an answer', [said('Hello ')], 'hang'));
    const leaving = new AbortController();
    const response = await rawAsk('openai-chat', { target: gateway, model: 'chat/m', stream: true, signal: leaving.signal });
    await response.body?.getReader().read();
    leaving.abort();
    const id = response.headers.get('x-request-id');
    const record = await vi.waitUntil(() => (gateway.lastRecord()?.id === id ? gateway.lastRecord() : undefined));
    expect(record.cancelled).toBe(true);
    expect([record.usage, record.cost]).toEqual([undefined, undefined]);
  });
});
