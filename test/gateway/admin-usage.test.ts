import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/conversation/json.ts';
import { pricesReady } from '../../src/ledger/prices.ts';
import { ask } from '../sdk/ask.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { DIALECTS } from '../sdk/target.ts';
import { down } from '../upstream/chat-replies.ts';
import { jsonReply } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const answer = jsonReply({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'here' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200, prompt_tokens_details: { cached_tokens: 600 } },
});

describe('what was used, over the admin API', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  const get = async (path: string): Promise<JsonObject> => {
    const response = await fetch(gateway.url + path, { headers: { 'x-api-key': gateway.key } });
    return (await response.json()) as JsonObject;
  };

  beforeAll(async () => {
    await pricesReady();
    provider = await scriptedProvider();
    gateway = await gatewayWith({
      ...configFor([accountFor('openai-chat', provider.url, 0), accountFor('openai-chat', provider.url, 1)]),
      combos: [{ name: 'best', targets: ['chat/a', 'chat-1/b'] }],
      prices: { 'chat/*': { input: 1, output: 10, cacheRead: 0.1 } },
    });
    for (const dialect of DIALECTS) {
      provider.script(answer);
      await ask(dialect, { target: gateway, model: 'chat/a', stream: false, body: PROMPTS[dialect] });
    }
    provider.script(down, answer);
    await ask('openai-chat', { target: gateway, model: 'best', stream: false, body: PROMPTS['openai-chat'] });
    provider.script(down);
    await ask('openai-chat', { target: gateway, model: 'chat-1/c', stream: false, body: PROMPTS['openai-chat'] });
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  it('is summed by model; the same prompt costs the same in every dialect', async () => {
    const { rows } = await get('/admin/usage?by=model&since=1h');
    // 400 plain at 1, 600 from the cache at 0.1, 200 out at 10, in dollars a million; four dialects.
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          by: ['chat/a'],
          requests: 4,
          failed: 0,
          inputTokens: 4000,
          cacheReadTokens: 2400,
          outputTokens: 800,
          cost: expect.closeTo((4 * (400 * 1 + 600 * 0.1 + 200 * 10)) / 1e6, 9) as number,
          cacheHitShare: expect.closeTo(0.6, 6) as number,
        }),
        expect.objectContaining({ by: ['chat-1/b'], requests: 1, fallbacks: 1, cost: null, unpriced: 1, inputTokens: 1000 }),
        expect.objectContaining({ by: ['chat-1/c'], requests: 1, failed: 1, inputTokens: null, cost: null }),
      ]),
    );
  });

  it('is summed over everything, by two dimensions, and filtered', async () => {
    expect(await get('/admin/usage')).toMatchObject({ by: [], rows: [{ by: [], requests: 6, failed: 1, fallbacks: 1 }] });
    expect(await get('/admin/usage?by=combo,account&combo=best')).toMatchObject({ rows: [{ by: ['best', 'chat-1'], requests: 1 }] });
    expect(await get('/admin/usage?until=1h')).toMatchObject({ rows: [{ requests: 0, inputTokens: null, cost: null }] });
    expect(await get('/admin/usage?key_name=default')).toMatchObject({ rows: [{ requests: 6 }] });
    expect(await get('/admin/usage?key_name=other')).toMatchObject({ rows: [{ requests: 0, inputTokens: null, cost: null }] });
  });

  it('lists requests, newest last, a page at a time', async () => {
    const { requests } = (await get('/admin/requests?limit=2')) as { requests: JsonObject[] };
    expect(requests.map((request) => request.requested)).toEqual(['best', 'chat-1/c']);
    const page = (await get(`/admin/requests?limit=3&before=${String(requests[0]?.id)}`)) as { requests: JsonObject[] };
    expect(page.requests.map((request) => request.requested)).toEqual(['chat/a', 'chat/a', 'chat/a']);
    expect(requests[0]).toMatchObject({ combo: 'best', target: 'chat-1/b', provider: 'openai-compatible', tier: 'api-key', model: 'b' });
  });

  it('lists what ended in one way, what a text is part of, and any piece of it; and says how many there are', async () => {
    const of = async (query: string): Promise<[string[], unknown]> => {
      const { requests, count } = (await get(`/admin/requests?count=1&${query}`)) as { requests: JsonObject[]; count: unknown };
      return [requests.map((request) => String(request.requested)), count];
    };
    expect(await of('outcome=fallback')).toEqual([['best'], 1]);
    expect(await of('outcome=failed')).toEqual([['chat-1/c'], 1]);
    expect(await of('outcome=cancelled')).toEqual([[], 0]);
    expect(await of('outcome=answered&limit=2&offset=1')).toEqual([['chat/a', 'chat/a'], 5]);
    expect(await of('search=CHAT-1%2F')).toEqual([['best', 'chat-1/c'], 2]);
    expect(await of('search=best&model=chat-1%2Fb')).toEqual([['best'], 1]);
    expect(await of('search=req_&limit=1')).toEqual([['chat-1/c'], 6]);
    expect(await get('/admin/usage?outcome=answered&search=chat-1')).toMatchObject({ rows: [{ requests: 1, inputTokens: 1000 }] });
    expect(await get('/admin/usage?outcome=well')).toMatchObject({ error: { param: 'outcome' } });
    expect(await get('/admin/requests?offset=-1')).toMatchObject({ error: { param: 'offset' } });
  });

  it('gives one request by its id', async () => {
    const { requests } = (await get('/admin/requests?limit=1')) as { requests: JsonObject[] };
    expect(await get(`/admin/requests/${String(requests[0]?.id)}`)).toEqual({ request: requests[0] });
    expect(await get('/admin/requests/req_nobody')).toMatchObject({ error: { code: 'not_found' } });
  });

  it('says what is wrong with a question', async () => {
    expect(await get('/admin/usage?by=moon')).toMatchObject({ error: { param: 'by[0]' } });
    expect(await get('/admin/usage?since=lately')).toMatchObject({ error: { param: 'since' } });
    expect(await get('/admin/usage?by=day,hour,model')).toMatchObject({ error: { param: 'by' } });
  });

  it('knows how large it is', async () => {
    expect(await get('/admin/ledger')).toMatchObject({ records: 6, notices: [] });
  });
});
