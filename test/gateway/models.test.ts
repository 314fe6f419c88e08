import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordings } from '../recordings.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';

const recorded = recordings((entry) => entry.format === 'models');
const google = recorded.find((recording) => recording.provider === 'google');
const openai = recorded.find((recording) => recording.provider === 'openai');

/** Answers model lists: Google's as recorded, OpenAI's with the one recorded model, and never a word under `/silent`. */
function listServer(): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/silent')) return;
    const body = request.url?.startsWith('/v1beta') ? google?.response.body : { object: 'list', data: [openai?.response.body] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('GET /v1/models', () => {
  let server: Server;
  let gateway: RunningGateway;
  beforeAll(async () => {
    server = await listServer();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const silent = {
      ...accountFor('openai-chat', `${url}/silent`),
      provider: 'groq',
      baseUrl: `${url}/silent/v1`,
      id: 'silent',
      prefix: 'quiet',
      name: 'silent',
    };
    gateway = await gatewayWith({
      ...configFor([accountFor('openai-chat', url), accountFor('gemini', url), silent]),
      combos: [{ name: 'best', strategy: 'fill-first', targets: ['chat/curie'] }],
    });
  });
  afterAll(async () => {
    await gateway.close();
    server.closeAllConnections();
    server.close();
  });

  it('lists live models, combos and the demo, and the seed of a provider that keeps silent', async () => {
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key });
    const ids = (await client.models.list()).data.map((model) => model.id);
    expect(ids).toEqual(
      expect.arrayContaining(['best', 'chat/curie', 'gem/gemini-2.5-flash', 'demo/echo', 'quiet/llama-3.3-70b-versatile']),
    );
  });

  it('names models that are asked for by these names', async () => {
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key });
    expect((await client.models.retrieve('chat/curie')).id).toBe('chat/curie');
    await expect(client.models.retrieve('chat/nope')).rejects.toMatchObject({ status: 404 });
  });

  it('has Anthropic’s shape, in pages, for its clients', async () => {
    const client = new Anthropic({ baseURL: gateway.url, apiKey: gateway.key });
    const first = await client.models.list({ limit: 2 });
    expect(first.data).toHaveLength(2);
    expect(first.has_more).toBe(true);
    const all: string[] = [];
    for await (const model of client.models.list({ limit: 2 })) all.push(model.id);
    expect(all).toContain('gem/gemini-2.5-flash');
    expect(new Set(all).size).toBe(all.length);
  });

  it('has Gemini’s shape, with the limits the vendor states', async () => {
    const client = new GoogleGenAI({ apiKey: gateway.key, httpOptions: { baseUrl: gateway.url } });
    const models = [];
    for await (const model of await client.models.list()) models.push(model);
    const flash = models.find((model) => model.name === 'models/gem/gemini-2.5-flash');
    expect(flash?.inputTokenLimit).toBeGreaterThan(100_000);
    expect(flash?.supportedActions).toContain('generateContent');
  });
});
