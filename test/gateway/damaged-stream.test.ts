import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../sdk/ask.ts';
import { configFor, gatewayWith, manyAccounts, prefixOf, type RunningGateway } from '../sdk/house.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { rawAsk } from '../sdk/raw.ts';
import { DIALECTS } from '../sdk/target.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const event = (data: { type: string; [key: string]: unknown }): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const start = (id: string): string =>
  event({
    type: 'message_start',
    message: { id, type: 'message', role: 'assistant', model: 'm', content: [], usage: { input_tokens: 9 } },
  });
const text = (words: string): string =>
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: words } });
const end =
  event({ type: 'content_block_stop', index: 0 }) +
  event({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 3 } }) +
  event({ type: 'message_stop' });

const DAMAGES = {
  'another answer inside a block of this one': start('one') + text('Once upon') + start('two') + text('Once more') + end,
  'an event that is no JSON': `${start('one')}${text('Once upon')}event: content_block_delta\ndata: {"type":"content_bl\n\n${end}`,
};

describe.each(Object.entries(DAMAGES))('%s', (_name, bytes) => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    provider = await scriptedProvider();
    gateway = await gatewayWith(configFor(manyAccounts('anthropic-messages', provider.url, DIALECTS.length + 1)));
    provider.always({
      label: 'damaged',
      head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
      steps: [{ do: 'send', bytes }, { do: 'end' }],
    });
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  it.each(DIALECTS.map((dialect, at) => [dialect, at] as const))('%s: the client hears of it', async (dialect, at) => {
    const model = `${prefixOf('anthropic-messages', at)}/m`;
    const got = await ask(dialect, { target: gateway, model, stream: true, body: PROMPTS[dialect] });
    expect(got).toMatchObject({ ok: false, failure: { message: expect.stringContaining('The provider') } });
  });

  it('its own dialect gets no damaged event, but an error', async () => {
    const model = `${prefixOf('anthropic-messages', DIALECTS.length)}/m`;
    const response = await rawAsk('anthropic-messages', { target: gateway, model, stream: true });
    const events = (await response.text()).trim().split('\n\n');
    expect(events.map((lines) => lines.split('\n')[0])).toEqual([
      'event: message_start',
      'event: content_block_start',
      'event: content_block_delta',
      'event: error',
    ]);
  });
});
