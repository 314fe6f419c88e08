import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type House, house } from '../sdk/house.ts';
import type { Reply } from '../upstream/reply.ts';

const chunk = (delta: object, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const BEGIN = chunk({ role: 'assistant', content: 'one ' });
const REST = `${chunk({ content: 'two' })}${chunk({}, 'stop')}data: [DONE]\n\n`;
const MESSAGES = [{ role: 'user' as const, content: 'Hi' }];

const typed = (headers: Record<string, string>, ...steps: Reply['steps']): Reply => ({
  label: 'events under another type',
  head: { status: 200, headers },
  steps,
});

const TYPES: Record<string, string>[] = [{ 'content-type': 'application/json' }, { 'content-type': 'text/plain' }, {}];

/** Proxies and small hosts send events under a type that does not say so; SDKs read them all the same. */
describe.each(TYPES)('a stream whose headers are %j', (headers) => {
  let at: House;
  let client: OpenAI;
  beforeAll(async () => {
    at = await house();
    client = new OpenAI({ baseURL: `${at.target.url}/v1`, apiKey: at.target.key, maxRetries: 0 });
  });
  afterEach(() => at.provider.reset());
  afterAll(() => at.close());

  const ask = () => client.chat.completions.create({ model: at.model('openai-chat', 'm'), messages: MESSAGES, stream: true });

  it('reaches the client as it comes', async () => {
    let goOn = (): void => {};
    const until = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    at.provider.script(typed(headers, { do: 'send', bytes: BEGIN }, { do: 'wait', until }, { do: 'send', bytes: REST }, { do: 'end' }));
    let text = '';
    for await (const { choices } of await ask()) {
      text += choices[0]?.delta.content ?? '';
      goOn();
    }
    expect(text).toBe('one two');
  });

  it('is put together for a client that asked for a whole answer', async () => {
    at.provider.script(typed(headers, { do: 'send', bytes: BEGIN + REST }, { do: 'end' }));
    const whole = await client.chat.completions.create({ model: at.model('openai-chat', 'm'), messages: MESSAGES });
    expect(whole.choices[0]?.message.content).toBe('one two');
  });

  it('is an error at once when it is empty', async () => {
    at.provider.script(typed(headers, { do: 'end' }));
    await expect(ask()).rejects.toMatchObject({ status: 502 });
  });
});
