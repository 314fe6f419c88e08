import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from '../../gateway/crew.ts';
import { type BridgeHouse, bridgeHouse } from './bridge-house.ts';
import { answer, LanguageModelError, parts, type Script } from './stand-in.ts';

let house: BridgeHouse;
beforeAll(async () => {
  house = await bridgeHouse();
});
afterEach(async () => await house.afresh());
afterAll(async () => await house.close());

const usage = (value: object) => new parts.Data(new TextEncoder().encode(JSON.stringify(value)), 'usage');
const failing = (error: Error): Script => {
  return () => Promise.reject(error);
};
const chat = (model: string, more: object = {}) =>
  house.call('/v1/chat/completions', { model, messages: [{ role: 'user', content: 'hi' }], ...more });

const TOOL = { name: 'read_file', description: 'Reads a file', schema: { type: 'object', properties: { path: { type: 'string' } } } };
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The same second turn in each client's dialect: instructions, a question with an image, a tool's call, its result. */
const TURNS: Record<string, (model: string, stream: boolean) => { path: string; body: Record<string, unknown> }> = {
  'openai-chat': (model, stream) => ({
    path: '/v1/chat/completions',
    body: {
      model,
      stream,
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is in a.txt?' },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL}` } },
          ],
        },
        {
          role: 'assistant',
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'read_file', arguments: '{"path":"a.txt"}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'alpha' },
      ],
      tools: [{ type: 'function', function: { name: TOOL.name, description: TOOL.description, parameters: TOOL.schema } }],
    },
  }),
  'openai-responses': (model, stream) => ({
    path: '/v1/responses',
    body: {
      model,
      stream,
      instructions: 'Be brief.',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'What is in a.txt?' },
            { type: 'input_image', image_url: `data:image/png;base64,${PIXEL}` },
          ],
        },
        { type: 'function_call', call_id: 'call_1', name: 'read_file', arguments: '{"path":"a.txt"}' },
        { type: 'function_call_output', call_id: 'call_1', output: 'alpha' },
      ],
      tools: [{ type: 'function', name: TOOL.name, description: TOOL.description, parameters: TOOL.schema }],
    },
  }),
  'anthropic-messages': (model, stream) => ({
    path: '/v1/messages',
    body: {
      model,
      stream,
      max_tokens: 100,
      system: 'Be brief.',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is in a.txt?' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PIXEL } },
          ],
        },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'read_file', input: { path: 'a.txt' } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'alpha' }] },
      ],
      tools: [{ name: TOOL.name, description: TOOL.description, input_schema: TOOL.schema }],
    },
  }),
  gemini: (model, stream) => ({
    path: `/v1beta/models/${encodeURIComponent(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'What is in a.txt?' }, { inlineData: { mimeType: 'image/png', data: PIXEL } }] },
        { role: 'model', parts: [{ functionCall: { id: 'call_1', name: 'read_file', args: { path: 'a.txt' } } }] },
        { role: 'user', parts: [{ functionResponse: { id: 'call_1', name: 'read_file', response: { output: 'alpha' } } }] },
      ],
      tools: [{ functionDeclarations: [{ name: TOOL.name, description: TOOL.description, parameters: TOOL.schema }] }],
    },
  }),
};

describe('models of the editor behind the gateway', () => {
  it('are listed with what the editor tells of them, and none of our own', async () => {
    const names = (await house.json('/v1/models')).data ?? [];
    const bridged = names.map(({ id }) => id).filter((id) => /^(?:gh|lm)\//.test(id));
    expect(bridged).toEqual(['gh/gpt-test', 'lm/standin/echo']);
    const models = (await house.json('/admin/models')).models ?? [];
    expect(models.find(({ name }) => name === 'gh/gpt-test')).toMatchObject({ contextWindow: 100_000, tools: true, vision: true });
    expect(models.find(({ name }) => name === 'lm/standin/echo')).toMatchObject({ contextWindow: 100_000, tools: null, vision: null });
  });

  it('stay unknown to nobody: what changes in the editor is read anew', async () => {
    expect(await house.watch.isStale()).toBe(false);
    house.editor.add('standin', 'late');
    expect(await house.watch.isStale()).toBe(true);
    house.server.modelsChanged();
    await expect.poll(async () => JSON.stringify(await house.json('/v1/models'))).toContain('lm/standin/late');
    expect(await house.watch.isStale()).toBe(false);
  });

  for (const [dialect, turn] of Object.entries(TURNS)) {
    for (const stream of [false, true]) {
      it(`answer ${dialect}, ${stream ? 'streamed' : 'whole'}, with image, tools and their results`, async () => {
        house.editor.script = answer(
          new parts.Text('It holds '),
          new parts.Text('alpha.'),
          new parts.Call('call_2', 'read_file', { path: 'b' }),
        );
        const { path, body } = turn('lm/standin/echo', stream);
        const response = await house.call(path, body);
        const text = await response.text();
        expect(response.status, text).toBe(200);
        expect(text.replace(/"[^"]*(?:text|content|delta)":"/g, '')).toMatch(/It holds/);
        expect(text).toMatch(/call_2/);
        expect(text.replaceAll('\\', '')).toMatch(/"path":\s?"b"/);
        const asked = house.editor.asked[0];
        const [system, question, call, result] = asked?.messages ?? [];
        expect([system?.role, system?.content]).toEqual([1, [new parts.Text('Be brief.')]]);
        expect([question?.role, question?.content]).toEqual([
          1,
          [new parts.Text('What is in a.txt?'), new parts.Data(new Uint8Array(Buffer.from(PIXEL, 'base64')), 'image/png')],
        ]);
        expect([call?.role, call?.content]).toEqual([2, [new parts.Call('call_1', 'read_file', { path: 'a.txt' })]]);
        expect([result?.role, JSON.stringify(result?.content)]).toEqual([1, expect.stringMatching(/"callId":"call_1".*alpha/)]);
        expect(asked?.messages).toHaveLength(4);
        expect(asked?.options).toMatchObject({ tools: [{ name: 'read_file', description: 'Reads a file' }], toolMode: 1 });
        expect(asked?.options.justification).toMatch(/coding tools/);
      });
    }
  }

  it('have their tokens counted where the provider tells them, and left unknown where it does not', async () => {
    const told = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15, prompt_tokens_details: { cached_tokens: 8 } };
    for (const stream of [false, true]) {
      house.editor.script = answer(new parts.Text('yes'), usage(told));
      await (await chat('gh/gpt-test', { stream })).text();
      expect(house.lastRecord()?.usage).toMatchObject({ input: 12, output: 3, cacheRead: 8 });
      house.editor.script = answer(new parts.Text('yes'));
      const text = await (await chat('gh/gpt-test', { stream })).text();
      expect(text).not.toMatch(/"prompt_tokens":0/);
      expect(house.lastRecord()?.usage?.input).toBeUndefined();
    }
  });

  it('show their thoughts as reasoning', async () => {
    house.editor.script = answer(new parts.Thinking('hm'), new parts.Text('yes'));
    const { choices } = await house.json('/v1/chat/completions', { model: 'gh/gpt-test', messages: [{ role: 'user', content: 'hi' }] });
    expect(choices?.[0]?.message).toMatchObject({ content: 'yes', reasoning_content: 'hm' });
  });

  it('are cancelled when the client leaves in mid-stream', async () => {
    let cancelled: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      cancelled = resolve;
    });
    house.editor.script = async function* ({ token }) {
      token.onCancellationRequested(cancelled);
      yield new parts.Text('first');
      await gone;
    };
    const leave = new AbortController();
    const body = JSON.stringify({ model: 'gh/gpt-test', stream: true, messages: [{ role: 'user', content: 'hi' }] });
    const response = await house.call('/v1/chat/completions', {}, { method: 'POST', body, signal: leave.signal });
    await response.body?.getReader().read();
    leave.abort();
    await gone;
  });

  it('end the stream with an error when they fail in the middle', async () => {
    house.editor.script = async function* () {
      yield new parts.Text('first');
      throw new LanguageModelError('Unknown', 'it broke');
    };
    const text = await (await chat('gh/gpt-test', { stream: true })).text();
    expect(text).toContain('first');
    expect(text).toContain('it broke');
    expect(text).not.toContain('[DONE]');
  });

  it('carry long answers whole, however slowly they are read', async () => {
    const long = 'Ж'.repeat(100_000);
    house.editor.script = answer(...Array.from({ length: 40 }, () => new parts.Text(long)));
    const text = await (await chat('gh/gpt-test', { stream: true })).text();
    expect(text.split('Ж').length - 1).toBe(4_000_000);
  });
});

describe('a failure of a model of the editor', () => {
  const failures: [string, Error, number, string][] = [
    ['NoPermissions', new LanguageModelError('NoPermissions', 'no'), 401, 'auth'],
    ['Blocked', new LanguageModelError('Blocked', 'This extension is blocked'), 403, 'policy'],
    ['Blocked for a quota', new LanguageModelError('Blocked', 'You have exceeded your premium request allowance'), 429, 'quota'],
    ['NotFound', new LanguageModelError('NotFound', 'gone'), 404, 'capability'],
    ['a quota by name', Object.assign(new Error('You have used all'), { name: 'ChatQuotaExceeded' }), 429, 'quota'],
    ['a rate limit', new LanguageModelError('Unknown', 'failed', new Error('Rate limit exceeded, wait')), 429, 'rate'],
    ['a long prompt', new Error('Message exceeds token limit: prompt is too long'), 500, 'context'],
    ['a refusal of its host', new Error('Request Failed: 400 {"error":{"message":"bad thing"}}'), 400, 'request'],
    ['anything else', new Error('boom'), 500, 'overload'],
  ];
  it.each(failures)('%s is classed', async (_, error, status, kind) => {
    house.editor.script = failing(error);
    const response = await chat('gh/gpt-test');
    const text = await response.text();
    expect([house.lastRecord()?.attempts.at(-1)?.class, house.lastRecord()?.attempts.at(-1)?.status], text).toEqual([kind, status]);
  });

  it('comes with its own status when it comes with the first part', async () => {
    // biome-ignore lint/correctness/useYield: it fails before
    house.editor.script = async function* () {
      throw new LanguageModelError('Blocked', 'quota exceeded');
    };
    expect((await chat('gh/gpt-test', { stream: true })).status).toBe(429);
  });
});

describe('without consent', () => {
  it('nothing is sent, the next target answers, and the window hears of it', async () => {
    house.editor.consent = undefined;
    house.provider.always(answerOf('spare'));
    const { choices } = await house.json('/v1/chat/completions', { model: 'either', messages: [{ role: 'user', content: 'hi' }] });
    house.provider.always(undefined);
    expect(JSON.stringify(choices)).toContain('from spare');
    expect(house.editor.asked).toEqual([]);
    expect(house.state.wanted).toEqual(['copilot']);
  });

  it('that VS Code itself refuses, the window hears of it too', async () => {
    house.editor.script = failing(new LanguageModelError('NoPermissions', 'no'));
    expect((await chat('gh/gpt-test')).status).toBe(401);
    expect(house.state.wanted).toEqual(['copilot']);
  });

  it('of one vendor, the others of lm/… still answer', async () => {
    house.editor.consent = false;
    const response = await chat('lm/standin/echo');
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('standin/echo')]);
    house.editor.consent = true;
    house.editor.add('other', 'm');
    house.editor.script = answer(new parts.Text('yes'));
    house.server.modelsChanged();
    expect((await chat('lm/other/m')).status).toBe(200);
  });
});

describe('turned off', () => {
  it('answers 403, falls back, and answers again once it is on', async () => {
    house.state.enabled = false;
    const response = await chat('gh/gpt-test');
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('turned off in VS Code')]);
    house.provider.always(answerOf('spare'));
    expect(await (await chat('either')).text()).toContain('from spare');
    house.provider.always(undefined);
    house.state.enabled = true;
    house.editor.script = answer(new parts.Text('yes'));
    expect((await chat('gh/gpt-test')).status).toBe(200);
  });
});

describe('a model that does not exist', () => {
  it.each(['gh/nope', 'lm/standin/nope', 'lm/omniroute/auto', 'lm/customendpoint/ours', 'lm/copilot/gpt-test'])(
    '%s is not found',
    async (model) => {
      expect((await chat(model)).status).toBe(404);
      expect(house.editor.asked).toEqual([]);
    },
  );
});

describe('a gateway that no editor runs', () => {
  it('says so, and asks the next target', async () => {
    const headless = await bridgeHouse({ bridge: false });
    try {
      const body = { messages: [{ role: 'user', content: 'hi' }] };
      const response = await headless.call('/v1/chat/completions', { ...body, model: 'gh/gpt-test' });
      expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('only there while VS Code runs the gateway')]);
      headless.provider.always(answerOf('spare'));
      expect(JSON.stringify(await headless.json('/v1/chat/completions', { ...body, model: 'either' }))).toContain('from spare');
    } finally {
      await headless.close();
    }
  });
});
