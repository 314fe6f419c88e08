import { describe, expect, test } from 'vitest';
import { asObject } from '../../../src/conversation/json.ts';
import { nativeOnly, openaiResponses, withoutInstructions } from '../../../src/dialects/openai-responses/index.ts';
import { bodies, jsonEvents, named, readRequest, streams } from './helpers.ts';

describe('what is right stays the same object', () => {
  test.each(named(bodies))('%s', (_name, { response }) => {
    const body = asObject(response.body) ?? {};
    expect(openaiResponses.sanitizeResponse(body)).toBe(body);
  });

  test.each(named(streams))('%s', async (_name, { response }) => {
    for (const event of await jsonEvents(response.sse ?? '')) expect(openaiResponses.sanitizeEvent(event)).toBe(event);
  });

  test('an error body', () => {
    const body = { error: { message: 'm' } };
    expect(openaiResponses.sanitizeResponse(body)).toBe(body);
  });
});

test('lists that SDKs walk through are there', () => {
  const broken = {
    object: 'response',
    output: [{ type: 'message', content: null }, { type: 'reasoning' }, { type: 'message', content: [{ type: 'output_text', text: 'x' }] }],
  };
  expect(openaiResponses.sanitizeResponse(broken).output).toEqual([
    { type: 'message', content: [] },
    { type: 'reasoning', summary: [] },
    { type: 'message', content: [{ type: 'output_text', text: 'x', annotations: [] }] },
  ]);
  expect(openaiResponses.sanitizeEvent({ type: 'response.created', response: { output: null } })).toEqual({
    type: 'response.created',
    response: { output: [] },
  });
  expect(openaiResponses.sanitizeEvent({ type: 'response.output_item.added', item: { type: 'message' } })).toEqual({
    type: 'response.output_item.added',
    item: { type: 'message', content: [] },
  });
  expect(openaiResponses.sanitizeEvent({ type: 'response.content_part.added', part: { type: 'output_text', text: '' } })).toEqual({
    type: 'response.content_part.added',
    part: { type: 'output_text', text: '', annotations: [] },
  });
});

test('what only a native target can do is named', () => {
  const request = readRequest({
    model: 'm',
    background: true,
    conversation: 'conv_1',
    prompt: { id: 'p' },
    input: [{ type: 'item_reference', id: 'msg_1' }],
  });
  expect(nativeOnly(request)).toEqual(['background', 'conversation', 'prompt', 'item_reference']);
  expect(nativeOnly(readRequest({ model: 'm', input: 'x', background: false, previous_response_id: 'resp_1' }))).toEqual([]);
});

test('instructions are not carried into the next response', () => {
  const { messages } = readRequest({ model: 'm', instructions: 'i', input: [{ role: 'system', content: 's' }] });
  expect(withoutInstructions(messages).map((message) => message.content)).toEqual([[{ type: 'text', text: 's' }]]);
});
