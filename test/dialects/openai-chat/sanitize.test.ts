import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/conversation/json.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { ok, sseEvents, streamed, whole } from './support.ts';

const event = (data: JsonObject, includeUsage = false) => openaiChat.sanitizeEvent(data, { includeUsage });
const chunk = (fields: JsonObject): JsonObject => ({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', ...fields });

describe('answers of OpenAI itself', () => {
  it('pass as the same object', () => {
    for (const name of ['openai-completion', 'openai-moderation-flagged', 'openai-vision-1']) {
      const body = whole.find((recording) => recording.name === name)?.response.body as JsonObject;
      const clean = openaiChat.sanitizeResponse(body);
      if (body.system_fingerprint === null)
        expect(clean).toEqual(Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'system_fingerprint')));
      else expect(clean).toBe(body);
    }
    const stream = streamed.find((recording) => recording.name === 'openai-complex-agent-run-stream');
    for (const { data } of sseEvents(stream?.response.sse ?? '').slice(0, -1)) {
      const body = JSON.parse(data) as JsonObject;
      expect(event(body, true)).toBe(body);
    }
  });
});

describe('what strict SDKs trip over', () => {
  it('is gone from every recording', () => {
    for (const recording of ok) {
      const bodies = recording.response.sse
        ? sseEvents(recording.response.sse).flatMap(({ data }) => (data === '[DONE]' ? [] : [event(JSON.parse(data), true)]))
        : [openaiChat.sanitizeResponse(recording.response.body as JsonObject)];
      for (const body of bodies) {
        expect(JSON.stringify(body)).not.toMatch(
          /"(?:x_groq|usage_breakdown|time_info)":|"(?:tool_calls|function_call|audio|reasoning_content)":null/,
        );
        expect(body?.object).toMatch(/^chat\.completion/);
      }
    }
  });

  it('Groq’s usage of a stream stands where clients look for it, if they do', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const last = chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], x_groq: { id: 'req', usage } });
    expect(event(last, true)).toEqual(chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage }));
    expect(event(last)).not.toHaveProperty('usage');
  });

  it('service_tier stays only in OpenAI’s words', () => {
    expect(event(chunk({ choices: [], service_tier: 'flex' }), true)).toHaveProperty('service_tier');
    expect(event(chunk({ choices: [], service_tier: 'on_demand' }), true)).not.toHaveProperty('service_tier');
  });

  it('an engine’s word for the finish becomes OpenAI’s', () => {
    const finish = (word: string) => openaiChat.sanitizeResponse({ object: 'o', choices: [{ index: 0, finish_reason: word }] }).choices;
    expect(finish('eos')).toEqual([{ index: 0, finish_reason: 'stop' }]);
    expect(finish('')).toEqual([{ index: 0, finish_reason: 'stop' }]);
    expect(finish('error')).toEqual([{ index: 0, finish_reason: 'error' }]);
    expect(event(chunk({ choices: [{ index: 0, delta: {}, finish_reason: '' }] }))?.choices).toMatchObject([{ finish_reason: null }]);
  });

  it('nulls stay where the types allow them', () => {
    const choice = { index: 0, delta: { content: null, refusal: null, role: 'assistant' }, finish_reason: null, logprobs: null };
    const fine = chunk({ choices: [choice], usage: null });
    expect(event(fine, true)).toBe(fine);
  });

  it('missing indexes and object are filled in', () => {
    expect(event({ choices: [{ delta: { tool_calls: [{ id: 'a' }, { id: 'b' }] } }] }, true)).toEqual({
      object: 'chat.completion.chunk',
      choices: [
        {
          index: 0,
          delta: {
            tool_calls: [
              { id: 'a', index: 0 },
              { id: 'b', index: 1 },
            ],
          },
        },
      ],
    });
  });
});

it('a call without its type gets it, where it begins', () => {
  const called = { name: 'go', arguments: '{}' };
  const choices = (holder: string, call: JsonObject) => [{ index: 0, [holder]: { role: 'assistant', tool_calls: [call] } }];
  const whole = { object: 'o', choices: choices('message', { id: 'a', function: called }) };
  expect(openaiChat.sanitizeResponse(whole).choices).toEqual(choices('message', { id: 'a', type: 'function', function: called }));
  const begun = chunk({ choices: choices('delta', { id: 'a', index: 0, function: called }) });
  expect(event(begun)?.choices).toEqual(choices('delta', { id: 'a', index: 0, type: 'function', function: called }));
  const more = chunk({ choices: choices('delta', { index: 0, function: { arguments: '}' } }) });
  expect(event(more)).toBe(more);
});

describe('usage that the client did not ask for', () => {
  it('goes: the chunk of its own, and the field beside the finish', () => {
    expect(event(chunk({ choices: [], usage: { prompt_tokens: 1 } }))).toBeUndefined();
    const finish = [{ index: 0, delta: {}, finish_reason: 'stop' }];
    expect(event(chunk({ choices: finish, usage: { prompt_tokens: 1 } }))).toEqual(chunk({ choices: finish }));
    const last = chunk({ choices: [], usage: { prompt_tokens: 1 } });
    expect(event(last, true)).toBe(last);
  });
});

it('an error passes as it is', () => {
  const error = { error: { message: 'x' }, x_groq: {} };
  expect(event(error)).toBe(error);
});
