import { describe, expect, it } from 'vitest';
import { asObject, isObject, type JsonObject, parseJson } from '../../../src/conversation/json.ts';
import { anthropicMessages } from '../../../src/dialects/anthropic-messages/index.ts';
import { createdMessage, eventsIn, finalMessage, streamed, whole } from './support.ts';

const event = (data: JsonObject) => anthropicMessages.sanitizeEvent(data);

describe('sanitizing', () => {
  it.each(whole.map((recording) => [recording.name, recording] as const))('%s: nothing to change, the same object', (_name, recording) => {
    const body = asObject(recording.response.body) ?? {};
    expect(anthropicMessages.sanitizeResponse(body)).toBe(body);
  });

  it.each(streamed.map((recording) => [recording.name, recording] as const))('%s: no event to change', (_name, recording) => {
    for (const { data } of eventsIn(recording.response.sse ?? '')) {
      const parsed = parseJson(data);
      if (!isObject(parsed)) throw new Error('not an object');
      expect(event(parsed)).toBe(parsed);
    }
  });

  it('extras of compatible vendors go', () => {
    expect(anthropicMessages.sanitizeResponse({ ...message, base_resp: { status_code: 0 }, time_info: {}, x_groq: {} })).toEqual(message);
    expect(event({ type: 'ping', base_resp: {} })).toEqual({ type: 'ping' });
  });

  it('what the SDK would trip over is filled in', async () => {
    const bad = {
      id: 'm',
      model: 'x',
      content: [
        { type: 'text', text: null },
        { type: 'thinking', thinking: 'a' },
      ],
      stop_reason: 'end_turn',
    };
    expect(await createdMessage(anthropicMessages.sanitizeResponse(bad))).toMatchObject({
      type: 'message',
      content: [{ text: '' }, { signature: '' }],
      usage: { input_tokens: 0, output_tokens: 0 },
    });
    const stream = [
      { type: 'message_start', message: { id: 'm', model: 'x', content: null, usage: null } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: null } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: null } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
      { type: 'message_stop' },
    ];
    const text = (items: JsonObject[]) => items.map((item) => `event: ${String(item.type)}\ndata: ${JSON.stringify(item)}\n\n`).join('');
    await expect(finalMessage(text(stream))).rejects.toThrow();
    const repaired = stream.map((item) => event(item) ?? {});
    expect(await finalMessage(text(repaired))).toMatchObject({ content: [{ text: 'Hi' }], stop_reason: 'end_turn' });
  });

  it('errors and events that are not known pass', () => {
    const error = { type: 'error', error: { type: 'api_error', message: 'm' } };
    expect(anthropicMessages.sanitizeResponse(error)).toBe(error);
    const soon = { type: 'soon', a: null };
    expect(event(soon)).toBe(soon);
  });
});

const message: JsonObject = {
  id: 'm',
  type: 'message',
  role: 'assistant',
  model: 'x',
  content: [],
  stop_reason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 1 },
};
