import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { jsonReply } from '../upstream/reply.ts';
import { type Crew, crewOf, overloaded, spent } from './crew.ts';

/** Counting and relays take the same way through the plan as a chat does. */
let crew: Crew;
beforeAll(async () => {
  const anthropic = { provider: 'anthropic-compatible' };
  crew = await crewOf([{ name: 'one' }, { name: 'two' }, { name: 'left', ...anthropic }, { name: 'right', ...anthropic }], {
    combos: [
      { name: 'work', targets: ['one/m', 'two/m'] },
      { name: 'turns', strategy: 'round-robin', targets: ['one/m', 'two/m'] },
      { name: 'claude', strategy: 'round-robin', targets: ['left/m', 'right/m'] },
      { name: 'mixed', targets: ['left/m', 'two/m'] },
      { name: 'asleep', targets: ['one/m'], enabled: false },
    ],
    routes: [{ match: 'text-embedding-*', to: 'work' }],
  });
});
afterEach(() => crew.afresh());
afterAll(() => crew.close());

interface Posted {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}, key = crew.gateway.key): Promise<Posted> {
  const init = { method: 'POST', headers: { 'x-api-key': key, ...headers }, body: JSON.stringify(body) };
  const response = await fetch(crew.gateway.url + path, init);
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
}

const VECTOR = { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.5] }], model: 'm', usage: { prompt_tokens: 1 } };

describe('a relayed request', () => {
  const embed = (model: string) => post('/v1/embeddings', { model, input: 'some text' });

  it('falls back to the next account, in its own form', async () => {
    crew.at('one').script(overloaded());
    crew.at('two').script(jsonReply(VECTOR));
    const { status, headers, body } = await embed('work');
    expect([status, headers.get('x-omniroute-account'), headers.get('x-omniroute-attempts')]).toEqual([200, 'two', '2']);
    expect(body).toEqual(VECTOR);
    expect(await crew.at('two').next()).toMatchObject({ path: '/v1/embeddings', body: JSON.stringify({ model: 'm', input: 'some text' }) });
  });

  it('cools who is spent for chats as well, and the other way round', async () => {
    crew.at('one').script(spent());
    crew.at('two').script(jsonReply(VECTOR));
    expect((await embed('text-embedding-x')).status).toBe(200);
    expect(await crew.ask('work')).toMatchObject({ account: 'two', attempts: 1 });
    crew.at('two').script(spent());
    expect(await crew.ask('work', { turns: 'b' })).toMatchObject({ status: 429, attempts: 1 });
    const refused = await embed('work');
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ error: { code: 'all_cooling_down', message: expect.stringContaining('one/m') } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('takes its turn among the others', async () => {
    for (const name of ['one', 'two']) crew.at(name).script(jsonReply(VECTOR), jsonReply(VECTOR));
    for (let at = 0; at < 4; at += 1) await embed('turns');
    expect(crew.counts()).toEqual([2, 2, 0, 0]);
  });

  it('goes past accounts that do not know its form', async () => {
    crew.at('two').script(jsonReply(VECTOR));
    const { headers } = await embed('mixed');
    expect([headers.get('x-omniroute-account'), headers.get('x-omniroute-attempts')]).toEqual(['two', '1']);
    expect(crew.counts()).toEqual([0, 1, 0, 0]);
  });

  it('knows no other names than a chat does', async () => {
    expect(await embed('wrok')).toMatchObject({
      status: 404,
      body: { error: { code: 'model_not_found', message: expect.stringContaining('"work"') } },
    });
    expect(await embed('asleep')).toMatchObject({ status: 404, body: { error: { code: 'combo_disabled' } } });
  });
});

describe('counting tokens', () => {
  const body = { model: 'claude', messages: [{ role: 'user', content: 'how many' }] };
  const counted = async (headers: Record<string, string>) => {
    for (const name of ['left', 'right']) crew.at(name).always(jsonReply({ input_tokens: 7 }));
    const { status, headers: told, body: count } = await post('/v1/messages/count_tokens', body, headers);
    expect([status, count]).toEqual([200, { input_tokens: 7 }]);
    return told.get('x-omniroute-account');
  };

  it("asks the account that would answer, and takes nobody's turn", async () => {
    const { steps } = await crew.explain('model=claude&dialect=anthropic-messages');
    expect([await counted({}), await counted({}), await counted({})]).toEqual([steps[0]?.account, steps[0]?.account, steps[0]?.account]);
  });

  it('asks the account at which the conversation is at home', async () => {
    const answer = {
      id: 'x',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [{ type: 'text', text: 'hi' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 1, output_tokens: 1 },
    };
    for (const session of ['s1', 's2']) {
      for (const name of ['left', 'right']) crew.at(name).always(jsonReply(answer));
      const headers = { 'x-claude-code-session-id': session };
      const { account } = await crew.ask('claude', { dialect: 'anthropic-messages', headers });
      expect(await counted(headers)).toBe(account);
    }
  });

  it('counts by itself when nobody may be asked now', async () => {
    for (const name of ['left', 'right']) crew.at(name).script(spent());
    await crew.ask('claude', { dialect: 'anthropic-messages', turns: 'spend' });
    const { status, headers, body: count } = await post('/v1/messages/count_tokens', body);
    expect([status, headers.get('x-omniroute-estimated')]).toEqual([200, 'true']);
    expect(count.input_tokens).toBeGreaterThan(0);
  });
});

describe('a gateway key that may use some names', () => {
  let key: string;
  beforeAll(async () => {
    key = (await crew.admin('POST', '/keys', { name: 'limited', models: ['work', 'text-embedding-*', 'two/m*'] })).key as string;
  });
  const chat = (model: string) =>
    post('/v1/chat/completions', { model, messages: [{ role: 'user', content: `by key ${model}` }] }, {}, key);

  it.each([
    ['work', 'one'],
    ['two/m', 'two'],
    ['two/m-large', 'two'],
    ['text-embedding-9', 'one'],
  ])('may use %s, and what it leads to', async (model, account) => {
    const { status, headers } = await chat(model);
    expect([status, headers.get('x-omniroute-account')]).toEqual([200, account]);
  });

  it('is suggested names it may use, and no other', async () => {
    const { key: narrow } = await crew.admin('POST', '/keys', { name: 'narrow', models: ['wo*'] });
    const asked = await post('/v1/chat/completions', { model: 'wokr', messages: [{ role: 'user', content: 'x' }] }, {}, narrow as string);
    expect(asked).toMatchObject({ status: 404, body: { error: { message: expect.stringMatching(/Did you mean "work"\?$/) } } });
  });

  it.each(['one/m', 'two/other', 'm', 'turns', 'auto', 'auto/fast', 'claude', 'work ', 'Work', 'nobody/x', 'demo/echo'])(
    'may not use %j, neither for chats nor for counts nor for relays; nothing is sent',
    async (model) => {
      const refusal = { status: 403, body: { error: { code: 'model_not_allowed' } } };
      expect(await chat(model)).toMatchObject(refusal);
      expect(await post('/v1/embeddings', { model, input: 'x' }, {}, key)).toMatchObject(refusal);
      expect((await post('/v1/responses', { model, input: 'x' }, {}, key)).status).toBe(403);
      expect((await post('/v1/messages/count_tokens', { model, messages: [{ role: 'user', content: 'x' }] }, {}, key)).status).toBe(403);
      const path = `/v1beta/models/${encodeURIComponent(model)}`;
      const contents = [{ role: 'user', parts: [{ text: 'x' }] }];
      expect((await post(`${path}:generateContent`, { contents }, {}, key)).status).toBe(403);
      expect((await post(`${path}:countTokens`, { contents }, {}, key)).status).toBe(403);
      expect(crew.counts()).toEqual([0, 0, 0, 0]);
    },
  );
});
