import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { ask } from '../sdk/ask.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { rawAsk } from '../sdk/raw.ts';
import { DIALECTS } from '../sdk/target.ts';
import { deferred } from '../upstream/deferred.ts';
import { jsonReply, type Reply } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const chunk = (delta: unknown, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

const slow = (before: Promise<unknown>): Reply => ({
  label: 'slow',
  before,
  head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
  steps: [{ do: 'send', bytes: `${chunk({ content: 'at last' })}${chunk({}, 'stop')}data: [DONE]\n\n` }, { do: 'end' }],
});

const PING = /^:|^event: ping/m;

/** What tells the beginning of an answer: once, or the accumulators of SDKs give up. */
const BEGIN: Record<ClientDialectId, RegExp> = {
  'openai-chat': /at last/g,
  'openai-responses': /^event: response\.created/gm,
  'anthropic-messages': /^event: message_start/gm,
  gemini: /at last/g,
};

describe('a provider that takes its time before the first byte', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    provider = await scriptedProvider();
    gateway = await gatewayWith(configFor([accountFor('openai-chat', provider.url)], { stream: { pingMs: 25 } }));
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });
  afterEach(() => provider.reset());

  it.each(DIALECTS)('%s: the client is pinged, then gets the whole answer', async (dialect) => {
    const { promise: pinged, resolve: goOn } = deferred();
    provider.script(slow(pinged));
    const response = await rawAsk(dialect, { target: gateway, model: 'chat/m', stream: true });
    let text = '';
    for await (const bytes of response.body ?? []) {
      text += Buffer.from(bytes).toString();
      if (PING.test(text)) goOn();
    }
    expect(text).toMatch(PING);
    expect(text).toContain('at last');
    expect(text.match(BEGIN[dialect])).toHaveLength(1);
  });

  it.each(DIALECTS)('%s: the official SDK reads over the pings', async (dialect) => {
    // Several pings long; the SDK hides them, so there is no event to wait for. (OpenAI's accumulator wants a role, which this provider leaves out.)
    provider.script(slow(new Promise((resolve) => setTimeout(resolve, 120))));
    const got = await ask(dialect, {
      target: gateway,
      model: 'chat/m',
      stream: true,
      strict: dialect !== 'openai-chat',
      body: PROMPTS[dialect],
    });
    expect(got).toMatchObject({ ok: true, answer: { choices: [{ text: 'at last' }] } });
  });

  it.each(DIALECTS)('%s: a failure after the pings is an error all the same', async (dialect) => {
    provider.script({
      ...jsonReply({ error: { message: 'overloaded', code: 'server_is_overloaded' } }, 503),
      before: new Promise((resolve) => setTimeout(resolve, 120)),
    });
    const got = await ask(dialect, { target: gateway, model: 'chat/m', stream: true, body: PROMPTS[dialect] });
    expect(got.ok).toBe(false);
    if (!got.ok) expect(got.failure.message).toContain('overloaded');
  });

  it('a Gemini client without alt=sse gets one valid JSON array, pings or not', async () => {
    provider.script(slow(new Promise((resolve) => setTimeout(resolve, 120))));
    const url = `${gateway.url}/v1beta/models/chat/m:streamGenerateContent`;
    const body = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'x' }] }] });
    const fine = await fetch(url, { method: 'POST', headers: { 'x-goog-api-key': gateway.key }, body });
    expect(JSON.stringify(JSON.parse(await fine.text()))).toContain('at last');
    provider.script({
      ...jsonReply({ error: { message: 'overloaded' } }, 503),
      before: new Promise((resolve) => setTimeout(resolve, 120)),
    });
    const failed = await fetch(url, { method: 'POST', headers: { 'x-goog-api-key': gateway.key }, body });
    expect(failed.status).toBe(503);
    expect(JSON.parse(await failed.text())).toMatchObject({ error: { code: 503 } });
  });
});
