import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/conversation/json.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { openaiResponses } from '../../../src/dialects/openai-responses/index.ts';
import { readRequest, writeContext } from './helpers.ts';

/** In the form that Codex 0.169 sends to gpt-6 models (docs/tools-on-the-wire.md). */
const ITEM: JsonObject = {
  type: 'additional_tools',
  id: 'at_1',
  role: 'developer',
  tools: [
    {
      type: 'namespace',
      name: 'functions',
      description: '',
      tools: [{ type: 'custom', name: 'exec', description: 'Run', format: { type: 'text' } }],
    },
    { type: 'function', name: 'wait', strict: false, parameters: { type: 'object', properties: {} } },
    { type: 'web_search', external_web_access: true },
  ],
};
const SYSTEM: JsonObject = { type: 'message', id: 'msg_1', role: 'developer', content: [{ type: 'input_text', text: 'Be brief.' }] };
const USER: JsonObject = { type: 'message', id: 'msg_2', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] };

const body = (fields: JsonObject): JsonObject => ({ model: 'gpt-6', stream: true, ...fields });
const written = (request: JsonObject): JsonObject => openaiResponses.writeRequest(readRequest(request), writeContext('gpt-6'));

describe('tools that stand in the input', () => {
  test('are tools of the request, and no part of the conversation', () => {
    const request = readRequest(body({ input: [ITEM, SYSTEM, USER] }));
    expect(request.tools?.map((tool) => (tool.type === 'server' ? tool.kind : tool.name))).toEqual([
      'functions__exec',
      'wait',
      'web-search',
    ]);
    expect(request.messages.map((message) => message.role)).toEqual(['developer', 'user']);
  });

  test('are offered to a provider of another dialect', () => {
    const chat = openaiChat.writeRequest(readRequest(body({ input: [ITEM, SYSTEM, USER] })), writeContext('m'));
    expect(chat.tools).toMatchObject([{ function: { name: 'functions__exec' } }, { function: { name: 'wait' } }]);
  });

  test.each([
    ['first', { input: [ITEM, SYSTEM, USER] }],
    ['between messages', { input: [SYSTEM, ITEM, USER] }],
    ['twice', { input: [ITEM, SYSTEM, { ...ITEM, id: 'at_2' }, USER] }],
    [
      'beside tools',
      { input: [ITEM, USER], tools: [{ type: 'function', name: 'own', strict: false, parameters: { type: 'object', properties: {} } }] },
    ],
  ])('go back to their own dialect where they stood: %s', (_place, fields) => {
    expect(written(body(fields))).toEqual(body(fields));
  });

  test('give the path of a bad field', () => {
    const bad = { ...ITEM, tools: [{ type: 'function', name: '' }] };
    const parsed = openaiResponses.readRequest(body({ input: [USER, bad] }), {});
    expect(parsed).toMatchObject({ ok: false, error: { class: 'request', param: 'input[1].tools[0].name' } });
  });
});
