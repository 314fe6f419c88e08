import { describe, expect, it } from 'vitest';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { failureOf } from '../../../src/editor/bridge/failure.ts';
import { AnswerReader } from '../../../src/editor/bridge/from-editor.ts';
import { editorMessages, editorOptions } from '../../../src/editor/bridge/to-editor.ts';
import { parts, standIn } from './stand-in.ts';

const { api } = standIn();
const { Text, Call, Result, Data } = parts;

function request(body: object) {
  const read = openaiChat.readRequest({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...body }, {});
  if (!read.ok) throw read.error;
  return read.value;
}
const shown = (body: object) => editorMessages(api, request(body)).map(({ role, content }) => [role, content]);
const functions = (...names: string[]) => names.map((name) => ({ type: 'function', function: { name, parameters: { type: 'object' } } }));
const call = (id: string, args: string) => ({ id, type: 'function', function: { name: 'f', arguments: args } });

describe('a request for the editor', () => {
  it('has the results of parallel calls in one message of their own', () => {
    const messages = [
      { role: 'user', content: 'go' },
      { role: 'assistant', content: 'I look.', tool_calls: [call('a', '{"n":1}'), call('b', '')] },
      { role: 'tool', tool_call_id: 'a', content: 'one' },
      { role: 'tool', tool_call_id: 'b', content: '' },
      { role: 'user', content: 'and now?' },
    ];
    expect(shown({ messages })).toEqual([
      [1, [new Text('go')]],
      [2, [new Text('I look.'), new Call('a', 'f', { n: 1 }), new Call('b', 'f', {})]],
      [1, [new Result('a', [new Text('one')]), new Result('b', [new Text('')])]],
      [1, [new Text('and now?')]],
    ]);
  });

  it('keeps arguments that are no JSON', () => {
    const [, assistant] = shown({
      messages: [
        { role: 'user', content: 'go' },
        { role: 'assistant', tool_calls: [call('a', '{"n":')] },
      ],
    });
    expect(assistant?.[1]).toEqual([new Call('a', 'f', { input: '{"n":' })]);
  });

  it('leaves out messages without content, and thoughts of earlier turns', () => {
    const messages = [
      { role: 'user', content: 'go' },
      { role: 'assistant', content: '', reasoning_content: 'hm' },
      { role: 'user', content: 'on' },
    ];
    expect(shown({ messages })).toEqual([
      [1, [new Text('go')]],
      [1, [new Text('on')]],
    ]);
  });

  it('says in words which form the answer must have', () => {
    const format = { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object', required: ['a'] } } };
    const messages = shown({ response_format: format });
    expect(JSON.stringify(messages.at(-1))).toMatch(/JSON Schema.*required/);
  });

  it('is refused, for another target to answer, when an image has no data', () => {
    const content = [{ type: 'image_url', image_url: { url: 'https://images.example/a.png' } }];
    expect(() => shown({ messages: [{ role: 'user', content }] })).toThrow(
      expect.objectContaining({ status: 400, code: 'unsupported_value' }),
    );
  });

  it('is refused when the editor is too old for images', () => {
    const content = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }];
    const { LanguageModelDataPart: _, ...old } = api;
    expect(() => editorMessages(old, request({ messages: [{ role: 'user', content }] }))).toThrow(/images/);
  });

  const choices: [string, object, string[] | undefined, number | undefined][] = [
    ['auto', { tools: functions('f', 'g') }, ['f', 'g'], 1],
    ['none', { tools: functions('f'), tool_choice: 'none' }, undefined, undefined],
    ['required, of one', { tools: functions('f'), tool_choice: 'required' }, ['f'], 2],
    ['required, of several', { tools: functions('f', 'g'), tool_choice: 'required' }, ['f', 'g'], 1],
    ['one by name', { tools: functions('f', 'g'), tool_choice: { type: 'function', function: { name: 'g' } } }, ['g'], 2],
  ];
  it.each(choices)('offers tools: %s', (_, body, names, mode) => {
    const { tools, toolMode } = editorOptions(api, request(body));
    expect([tools?.map(({ name }) => name), toolMode]).toEqual([names, mode]);
  });

  it('carries settings under the names of OpenAI', () => {
    const { modelOptions } = editorOptions(api, request({ temperature: 0, max_tokens: 5, stop: 'x', reasoning_effort: 'low' }));
    expect(modelOptions).toEqual({ temperature: 0, max_tokens: 5, stop: ['x'], reasoning_effort: 'low' });
    expect(editorOptions(api, request({}))).not.toHaveProperty('modelOptions');
  });
});

describe('an answer of the editor', () => {
  const read = (...list: unknown[]) => {
    const reader = new AnswerReader(api, 'm');
    return [...list.flatMap((part) => reader.push(part)), ...reader.end()];
  };

  it('joins pieces of text, and starts anew after a call', () => {
    const events = read(new Text('a'), new Text(''), new Text('b'), new Call('c', 'f', { n: 1 }), new Text('d'));
    expect(events.map((event) => [event.type, 'part' in event ? event.part : undefined])).toEqual([
      ['part-start', 0],
      ['part-delta', 0],
      ['part-delta', 0],
      ['part-end', 0],
      ['part-start', 1],
      ['part-delta', 1],
      ['part-end', 1],
      ['part-start', 2],
      ['part-delta', 2],
      ['part-end', 2],
      ['finish', undefined],
    ]);
    expect(events.at(-1)).toMatchObject({ finish: { reason: 'tool-calls' } });
  });

  it('passes over what it does not know', () => {
    const marker = new Data(new Uint8Array([1]), 'stateful_marker');
    expect(read(marker, {}, null, 'text')).toEqual([{ type: 'finish', choice: 0, finish: { reason: 'stop' } }]);
  });

  it('has images whole', () => {
    const [start] = read(new Data(new Uint8Array([1, 2]), 'image/png'));
    expect(start).toMatchObject({ content: { type: 'image', source: { mimeType: 'image/png', data: 'AQI=' } } });
  });
});

describe('failureOf', () => {
  it('reads whatever is thrown', () => {
    const at = { vendor: 'v', id: 'm' };
    expect(failureOf(undefined, at)).toMatchObject({ status: 500, message: 'The model failed without saying why.' });
    expect(failureOf('words', at)).toMatchObject({ status: 500, message: 'words' });
    expect(failureOf({ code: 'NoPermissions' }, at)).toMatchObject({ status: 403, code: 'consent_needed' });
    const loop: { message: string; cause?: unknown } = { message: 'round' };
    loop.cause = loop;
    expect(failureOf(loop, at).message).toBe('round');
  });
});
