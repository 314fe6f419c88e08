import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/conversation/json.ts';
import { type Recording, recordings } from '../recordings.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { recordedText, replyOf } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const RELAYED = new Set(['embeddings', 'rerank', 'openai-completions']);
const cases = recordings((entry) => RELAYED.has(entry.format)).filter((recording) => recording.request);

/** The account that speaks a recording's form, and the path a client of the gateway uses for it. */
function routeOf({ provider, request }: Recording): { prefix: string; path: (model: string) => string } {
  const path = request?.path ?? '';
  const method = /:(\w+)$/.exec(path)?.[1];
  if (method) return { prefix: 'gem', path: (model) => `/v1beta/models/${model}:${method}` };
  const kind = path.split('?')[0]?.split('/').at(-1) ?? '';
  if (provider === 'cohere') return { prefix: 'cohere', path: () => `/v2/${kind}` };
  return { prefix: 'chat', path: () => `/v1/${kind}` };
}

/** The recorded body as a client of the gateway sends it: with the account's prefix in every model name. */
function asClient(body: JsonObject, prefix: string): JsonObject {
  const named = (value: unknown): unknown => (typeof value === 'string' ? value.replace(/^(models\/)?/, `$1${prefix}/`) : value);
  const copy = structuredClone(body) as Record<string, unknown>;
  if ('model' in copy) copy.model = named(copy.model);
  if (Array.isArray(copy.requests))
    copy.requests = (copy.requests as JsonObject[]).map((entry) => ({ ...entry, model: named(entry.model) }));
  return copy as JsonObject;
}

describe('embeddings, rerank and legacy completions', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    provider = await scriptedProvider();
    const cohere = {
      ...accountFor('openai-chat', provider.url),
      id: 'cohere',
      provider: 'cohere-compatible',
      name: 'cohere',
      prefix: 'cohere',
      baseUrl: `${provider.url}/v2`,
    };
    gateway = await gatewayWith(configFor([accountFor('openai-chat', provider.url), accountFor('gemini', provider.url), cohere]));
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });
  afterEach(async () => {
    await gateway.resetHealth();
    provider.reset();
  });

  it.each(cases.map((recording) => [recording.file, recording] as const))('%s is handed on and back as it is', async (_file, recording) => {
    const { prefix, path } = routeOf(recording);
    const body = recording.request?.body ?? {};
    provider.script(replyOf(recording));
    const response = await fetch(gateway.url + path(`${prefix}/${recording.model}`), {
      method: 'POST',
      headers: { 'x-api-key': gateway.key },
      body: JSON.stringify(asClient(body, prefix)),
    });
    expect(response.status).toBe(recording.response.status);
    expect(JSON.parse((await provider.next()).body)).toEqual(body);
    const text = await response.text();
    if (response.ok) expect(text).toBe(recordedText(recording));
    else expect(text).toContain(/"message":"([^"\\]{10,40})/.exec(recordedText(recording))?.[1]);
  });

  it('says so when no account knows the form', async () => {
    const response = await fetch(`${gateway.url}/v2/embed`, {
      method: 'POST',
      headers: { 'x-api-key': gateway.key },
      body: JSON.stringify({ model: 'chat/x', texts: [] }),
    });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('not_supported');
  });

  it('never ends a cut stream as if it were whole', async () => {
    const stream = cases.find((recording) => recording.response.sse);
    if (!stream) throw new Error('no recorded stream of completions');
    provider.script(replyOf(stream, { chunking: 'events', cut: { after: 2, by: 'destroy' } }));
    const response = await fetch(`${gateway.url}/v1/completions`, {
      method: 'POST',
      headers: { 'x-api-key': gateway.key },
      body: JSON.stringify({ model: 'chat/x', prompt: 'x', stream: true }),
    });
    await expect(response.text()).rejects.toThrow();
  });
});
