import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/conversation/json.ts';
import { anthropicMessages } from '../../../src/dialects/anthropic-messages/index.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';

const tool = { type: 'function', function: { name: 'read', parameters: { type: 'object', properties: {} } } };
const turn: JsonObject[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Read it.' },
  { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'read', arguments: '{}' } }] },
  { role: 'tool', tool_call_id: 'call_1', content: 'done' },
];

function written(body: JsonObject, model = 'claude-sonnet-4-5'): JsonObject {
  const read = openaiChat.readRequest({ model: 'm', ...body }, {});
  if (!read.ok) throw read.error;
  return anthropicMessages.writeRequest(read.value, { model, warn: () => {} });
}

const marks = (body: JsonObject): number => JSON.stringify(body).split('"cache_control"').length - 1;

describe('prompt caching for clients that expect it by itself', () => {
  it('marks the end of the system prompt and of the last message of a conversation', () => {
    const body = written({ messages: turn, tools: [tool] });
    expect(body.system).toEqual([{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }]);
    const last = (body.messages as { content: JsonObject[] }[]).at(-1);
    expect(last?.content.at(-1)).toMatchObject({ type: 'tool_result', cache_control: { type: 'ephemeral' } });
    expect(marks(body)).toBe(2);
  });

  it('leaves a single question without tools alone', () => {
    expect(marks(written({ messages: [{ role: 'user', content: 'Hello' }] }))).toBe(0);
  });

  it('leaves the marks of a client that sets its own', () => {
    const own = [
      { role: 'user', content: [{ type: 'text', text: 'long', cache_control: { type: 'ephemeral' } }] },
      { role: 'assistant', content: 'x' },
      { role: 'user', content: 'y' },
    ];
    expect(marks(written({ messages: own, tools: [tool] }))).toBe(1);
  });

  it('sends none to other vendors’ models', () => {
    expect(marks(written({ messages: turn, tools: [tool] }, 'MiniMax-M2.5'))).toBe(0);
  });
});
