import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../sdk/ask.ts';
import { accountFor, configFor, gatewayWith, PROVIDER_KEY, type RunningGateway } from '../sdk/house.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { DIALECTS } from '../sdk/target.ts';
import { faults, jsonReply, type Reply } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const sse = (label: string, ...chunks: unknown[]): Reply => ({
  label,
  head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
  steps: [
    { do: 'send', bytes: chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`).join('') },
    { do: 'end' },
  ],
});
const chunk = (delta: unknown, finish: string | null = null) => ({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: finish }],
});

const good = sse('good', chunk({ role: 'assistant', content: 'from the second' }), chunk({}, 'stop'), '[DONE]');

const BEFORE_COMMIT: [string, Reply][] = [
  ['a 500', jsonReply({ error: { message: 'boom' } }, 500)],
  ['a 429', jsonReply({ error: { message: 'slow down', code: 'rate_limit_exceeded' } }, 429)],
  ['a 401', jsonReply({ error: { message: 'bad key', code: 'invalid_api_key' } }, 401)],
  ['a 402', jsonReply({ error: { message: 'Insufficient Balance' } }, 402)],
  ['a 404 for the model', jsonReply({ error: { message: 'no such model', code: 'model_not_found' } }, 404)],
  ['an HTML page', faults.html(200)],
  ['a reset connection', faults.reset()],
  ['an empty 200', faults.empty200('text/event-stream')],
  ['an error in a 200', faults.errorIn200({ error: { message: 'overloaded', code: 'server_is_overloaded' } })],
  ['an error event first', sse('error event', { error: { message: 'overloaded', code: 503 } })],
  ['a stream with nothing in it', sse('nothing', chunk({ role: 'assistant', content: '' }), chunk({}, 'stop'), '[DONE]')],
  ['reasoning and no answer', sse('thinking only', chunk({ reasoning_content: 'hm' }), chunk({}, 'stop'), '[DONE]')],
  ['reasoning, then an error', sse('thinking, error', chunk({ reasoning_content: 'hm' }), { error: { message: 'overloaded', code: 503 } })],
  ['a stream cut before any text', sse('cut', chunk({ role: 'assistant' }))],
];

describe('a combo of two', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    provider = await scriptedProvider();
    const accounts = [accountFor('openai-chat', provider.url, 0), accountFor('openai-chat', provider.url, 1)];
    gateway = await gatewayWith({
      ...configFor(accounts),
      combos: [{ name: 'always-on', strategy: 'fill-first', targets: ['chat/a', 'chat-1/b'] }],
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

  describe.each(BEFORE_COMMIT)('after %s', (_name, reply) => {
    it.each(DIALECTS)('answers an %s client from the second, and nothing of the first is seen', async (dialect) => {
      // A reset connection is tried once more on the same target: it may only have been an old connection.
      provider.script(...(reply.label === 'reset' ? [reply, reply] : [reply]), good);
      const got = await ask(dialect, { target: gateway, model: 'always-on', stream: true, body: PROMPTS[dialect] });
      expect(got).toMatchObject({ ok: true, answer: { choices: [{ text: 'from the second', reasoning: '' }] } });
    });
  });

  it.each([
    ['a malformed request', jsonReply({ error: { message: 'messages: wrong', code: 'invalid_value' } }, 400), 400],
    ['a refusal by policy', jsonReply({ error: { message: 'no', code: 'content_policy_violation' } }, 400), 400],
    ['a conversation too long', jsonReply({ error: { message: 'too long', code: 'context_length_exceeded' } }, 400), 400],
  ] as const)('returns %s to the client and asks nobody else', async (_name, reply, status) => {
    provider.script(reply);
    const got = await ask('openai-chat', { target: gateway, model: 'always-on', stream: true, body: PROMPTS['openai-chat'] });
    expect(got).toMatchObject({ ok: false, failure: { status } });
    expect(provider.seen).toHaveLength(1);
  });

  it('after the first text tells the failure, and never glues a second answer to it', async () => {
    const broken: Reply = {
      ...sse('x', chunk({ content: 'half an ans' })),
      label: 'breaks off',
      steps: [
        { do: 'send', bytes: `data: ${JSON.stringify(chunk({ content: 'half an ans' }))}\n\n` },
        { do: 'wait', until: new Promise((resolve) => setTimeout(resolve, 20)) },
        { do: 'destroy' },
      ],
    };
    provider.script(broken);
    const got = await ask('openai-chat', { target: gateway, model: 'always-on', stream: true, body: PROMPTS['openai-chat'] });
    expect(got.ok).toBe(false);
    expect(provider.seen).toHaveLength(1);
  });

  it('names every target tried when all fail', async () => {
    provider.script(jsonReply({ error: { message: 'first down' } }, 500), jsonReply({ error: { message: 'second down' } }, 503));
    const got = await ask('anthropic-messages', {
      target: gateway,
      model: 'always-on',
      stream: false,
      body: PROMPTS['anthropic-messages'],
    });
    expect(got).toMatchObject({ ok: false, failure: { status: 503 } });
    if (!got.ok) expect(got.failure.message).toMatch(/second down.*chat\/a.*overload.*chat-1\/b.*overload/);
  });

  it.each(DIALECTS)('never shows an %s client the key that a provider repeats in its error', async (dialect) => {
    const echo = { error: { message: `Incorrect API key provided: ${PROVIDER_KEY}. Find yours elsewhere.`, code: 'invalid_api_key' } };
    provider.script(jsonReply(echo, 401));
    const got = await ask(dialect, { target: gateway, model: 'chat/a', stream: true, body: PROMPTS[dialect] });
    expect(got).toMatchObject({ ok: false, failure: { status: 401 } });
    expect(JSON.stringify(got)).toContain('[redacted]');
    expect(JSON.stringify(got)).not.toContain(PROVIDER_KEY);
    const requests = await fetch(`${gateway.url}/admin/requests`, { headers: { 'x-api-key': gateway.key } });
    expect(await requests.text()).not.toContain(PROVIDER_KEY);
  });

  it.each(DIALECTS)('nor in an error inside a stream: %s', async (dialect) => {
    const error = { error: { message: `Incorrect API key provided: ${PROVIDER_KEY}`, code: 'invalid_api_key' } };
    for (const chunks of [[error], [chunk({ content: 'some text' }), error]]) {
      await gateway.resetHealth();
      provider.script(sse('echo', ...chunks));
      const got = await ask(dialect, { target: gateway, model: 'chat/a', stream: true, body: PROMPTS[dialect] });
      expect(got.ok).toBe(false);
      expect(JSON.stringify(got)).not.toContain(PROVIDER_KEY);
    }
  });

  it('leaves out a parameter the provider does not know, once, and says so', async () => {
    provider.script(
      jsonReply(
        { error: { message: "Unsupported parameter: 'seed' is not supported with this model.", code: 'unsupported_parameter' } },
        400,
      ),
      good,
    );
    const asked = () =>
      fetch(`${gateway.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'x-api-key': gateway.key },
        body: JSON.stringify({ model: 'chat/a', seed: 1, stream: true, messages: [{ role: 'user', content: 'x' }] }),
      });
    const response = await asked();
    expect(await response.text()).toContain('from the second');
    expect(response.headers.get('x-omniroute-warning')).toContain('seed');
    expect(provider.seen.map((seen) => 'seed' in (JSON.parse(seen.body) as object))).toEqual([true, false]);
    // The next request is not refused once more.
    provider.script(good);
    await (await asked()).text();
    expect(provider.seen.map((seen) => 'seed' in (JSON.parse(seen.body) as object))).toEqual([true, false, false]);
  });
});
