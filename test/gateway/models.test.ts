import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recordings } from '../recordings.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { type Crew, crewOf } from './crew.ts';

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

describe('what is listed', () => {
  const custom = (contextWindow: number, maxOutput: number) => [{ id: 'm', contextWindow, maxOutput }];
  let crew: Crew;
  beforeAll(async () => {
    crew = await crewOf(
      [
        { name: 'large', models: { custom: [...custom(200_000, 8000), { id: 'kept-back' }], deny: ['kept-*'] } },
        { name: 'small', models: { custom: custom(32_000, 16_000), allow: ['m'] } },
        { name: 'gratis', provider: 'groq', models: { custom: custom(4000, 1000), allow: ['m'] } },
        { name: 'off', enabled: false, models: { custom: [{ id: 'm' }] } },
      ],
      {
        combos: [
          { name: 'both', targets: ['large/m', 'small/m'] },
          { name: 'outer', targets: ['both', 'gratis/m'] },
          { name: 'vague', targets: ['large/unlisted'] },
          { name: 'partly', targets: ['large/m', 'gratis/denied', 'small/m'] },
          { name: 'asleep', targets: ['large/m'], enabled: false },
          { name: 'nowhere', targets: ['gone/m'] },
          { name: 'denied', targets: ['large/kept-back'] },
        ],
        aliases: { nick: 'both', lost: 'gone/m' },
      },
    );
  });
  afterEach(() => crew.admin('PATCH', '/settings', { rules: null }));
  afterAll(() => crew.close());

  /** Name, context window, limit of the answer, as the three dialects tell them. */
  type Listed = [string, number | undefined, number | undefined][];
  const get = async (path: string, headers: Record<string, string> = {}, key = crew.gateway.key) =>
    (await (await fetch(crew.gateway.url + path, { headers: { 'x-api-key': key, ...headers } })).json()) as Record<string, never[]>;
  const SHAPES: [string, (key?: string) => Promise<Listed>][] = [
    ['OpenAI', async (key) => read((await get('/v1/models', {}, key)).data, 'id', 'context_length')],
    [
      'Anthropic',
      async (key) =>
        read((await get('/v1/models?limit=1000', { 'anthropic-version': '2023-06-01' }, key)).data, 'id', 'max_input_tokens', 'max_tokens'),
    ],
    [
      'Gemini',
      async (key) =>
        read((await get('/v1beta/models', {}, key)).models, 'name', 'inputTokenLimit', 'outputTokenLimit').map(([name, ...rest]) => [
          name.replace('models/', ''),
          ...rest,
        ]),
    ],
  ];
  function read(rows: Record<string, unknown>[] | undefined, name: string, context: string, output = ''): Listed {
    return (rows ?? []).map((row) => [String(row[name]), row[context] as number | undefined, row[output] as number | undefined]);
  }
  const namesOf = (listed: Listed) => listed.map(([name]) => name);

  describe.each(SHAPES)('in the shape of %s', (shape, list) => {
    it('are combos that are on and lead somewhere, auto names that do, aliases, models, and custom ones', async () => {
      expect(namesOf(await list())).toEqual([
        ...['both', 'outer', 'vague', 'partly', 'auto', 'auto/free', 'auto/cheap', 'auto/fast', 'nick'],
        ...['large/scripted-model', 'large/m', 'small/m', 'gratis/m', 'demo/echo', 'demo/tools'],
      ]);
    });

    it('promises of a combo what the least of its targets can', async () => {
      const of = new Map((await list()).map(([name, ...limits]) => [name, limits]));
      const output = (tokens: number) => (shape === 'OpenAI' ? undefined : tokens);
      expect(of.get('both')).toEqual([32_000, output(8000)]);
      expect(of.get('nick')).toEqual([32_000, output(8000)]);
      expect(of.get('outer')).toEqual([4000, output(1000)]);
      expect(of.get('large/m')).toEqual([200_000, output(8000)]);
      expect(of.get('vague')).toEqual([undefined, undefined]);
      // A target the account may not be used for is never asked.
      expect(of.get('partly')).toEqual([32_000, output(8000)]);
    });

    it('leaves out what the rules block, with the names that lead only there', async () => {
      await crew.admin('PATCH', '/settings', { rules: { blockedProviders: ['groq'] } });
      const listed = await list();
      expect(namesOf(listed)).not.toContain('gratis/m');
      expect(namesOf(listed)).not.toContain('auto/free');
      expect(listed.find(([name]) => name === 'outer')?.[1]).toBe(32_000);
    });

    it('shows a key what it may use, and every name it is shown routes', async () => {
      const { key } = await crew.admin('POST', '/keys', { name: `limited ${shape}`, models: ['both', 'large/*', 'auto/*'] });
      expect(namesOf(await list(key as string))).toEqual([
        'both',
        'auto/free',
        'auto/cheap',
        'auto/fast',
        'large/scripted-model',
        'large/m',
      ]);
    });

    it('routes, name by name', async () => {
      for (const name of namesOf(await list())) {
        expect(await crew.ask(name, { turns: `${shape} ${name}` }), name).toMatchObject({ status: 200 });
      }
    });
  });
});
