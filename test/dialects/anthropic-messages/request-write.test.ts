import { describe, expect, it } from 'vitest';
import type { ContentPart, Message } from '../../../src/conversation/content.ts';
import { asArray, asObject, type JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import { chat, read, write as writeMarked } from './support.ts';

/** Marks for the prompt cache have a test of their own (`prompt-cache.test.ts`). */
const write: typeof writeMarked = (...given) => {
  const written = writeMarked(...given);
  const body = JSON.parse(JSON.stringify(written.body).replaceAll(',"cache_control":{"type":"ephemeral"}', '')) as JsonObject;
  return { ...written, body };
};

const user = (...content: ContentPart[]): Message => ({ role: 'user', content });
const assistant = (...content: ContentPart[]): Message => ({ role: 'assistant', content });
const text = (words: string): ContentPart => ({ type: 'text', text: words });
const call = (id: string, args = '{}'): ContentPart => ({ type: 'tool-call', id, name: 'go', arguments: args });
const result = (callId: string, words = 'done'): Message => ({
  role: 'tool',
  content: [{ type: 'tool-result', callId, content: [{ type: 'text', text: words }] }],
});
const messagesOf = (messages: Message[], model?: string) => write(chat({ messages }), model).body.messages;
const block = (words: string) => ({ type: 'text', text: words });
const answer = (id: string, content = 'done') => ({ type: 'tool_result', tool_use_id: id, content });
const use = (id: string, input: JsonObject = {}) => ({ type: 'tool_use', id, name: 'go', input });

describe('turns', () => {
  it('neighbours of one role become one, empty texts go', () => {
    expect(messagesOf([user(text('a')), user(text(' '), text('b')), assistant(text('c')), user(text('d'))])).toEqual([
      { role: 'user', content: [block('a'), block('b')] },
      { role: 'assistant', content: [block('c')] },
      { role: 'user', content: [block('d')] },
    ]);
  });

  it('leading system messages are lifted, later ones keep their place inside tags', () => {
    const system = (words: string): Message => ({ role: 'system', content: [text(words)] });
    const { body } = write(chat({ messages: [system('a'), { role: 'developer', content: [text('b')] }, user(text('c')), system('d')] }));
    expect(body.system).toEqual([block('a'), block('b')]);
    expect(body.messages).toEqual([{ role: 'user', content: [block('c'), block('<system>\nd\n</system>')] }]);
  });

  it('a system turn of a client of this API stays one where the model takes it', () => {
    const request = read({
      model: 'm',
      max_tokens: 9,
      messages: [
        { role: 'user', content: 'a' },
        { role: 'system', content: 'b' },
      ],
    });
    expect(asArray(write(request, 'claude-opus-4-8').body.messages).at(-1)).toEqual({ role: 'system', content: [block('b')] });
    expect(asArray(write(request, 'claude-sonnet-4-5').body.messages)).toHaveLength(1);
  });

  it('results come right behind their calls, in the order of the calls, before any text', () => {
    const messages = [user(text('a')), assistant(call('1'), call('2')), user(text('wait')), result('2', 'two'), result('1', 'one')];
    expect(messagesOf(messages)).toEqual([
      { role: 'user', content: [block('a')] },
      { role: 'assistant', content: [use('1'), use('2')] },
      { role: 'user', content: [answer('1', 'one'), answer('2', 'two'), block('wait')] },
    ]);
  });

  it('a call without a result gets an error result, a result without a call becomes text', () => {
    const { body, warnings } = write(chat({ messages: [user(text('a')), assistant(call('1')), user(text('b')), result('9', 'lost')] }));
    expect(asArray(body.messages).slice(1)).toEqual([
      { role: 'assistant', content: [use('1')] },
      {
        role: 'user',
        content: [
          { ...answer('1', 'No result was recorded.'), is_error: true },
          block('b'),
          block('Result of an earlier tool call:\nlost'),
        ],
      },
    ]);
    expect(warnings).toHaveLength(2);
  });

  it('ids that the API refuses are replaced the same way in call and result', () => {
    const [, calling, answering] = asArray(messagesOf([user(text('a')), assistant(call('call:1|x')), result('call:1|x')]));
    const id = asObject(asArray(asObject(calling)?.content)[0])?.id;
    expect(id).toMatch(/^[a-zA-Z0-9_-]+$/);
    expect(asObject(asArray(asObject(answering)?.content)[0])?.tool_use_id).toBe(id);
  });

  it('the first turn is the user’s', () => {
    expect(asObject(asArray(messagesOf([assistant(text('Hello')), user(text('Hi'))]))[0])?.role).toBe('user');
    expect(asArray(write(chat({ messages: [{ role: 'system', content: [text('a')] }] })).body.messages)).toHaveLength(1);
  });

  it('a begun answer loses its trailing space, or is followed by a request to go on where the model knows no prefill', () => {
    const messages = [user(text('a')), assistant(text('It is '))];
    expect(asArray(messagesOf(messages)).at(-1)).toEqual({ role: 'assistant', content: [block('It is')] });
    expect(asObject(asArray(messagesOf(messages, 'claude-opus-4-8')).at(-1))?.role).toBe('user');
  });
});

describe('parts', () => {
  const first = (part: ContentPart, request: Partial<ChatRequest> = {}) => {
    const { body, warnings } = write(chat({ ...request, messages: [user(text('x'), part)] }));
    return { block: asArray(asObject(asArray(body.messages)[0])?.content)[1], warnings };
  };

  it('images go by bytes and by address; other image types are named and left out', () => {
    expect(first({ type: 'image', source: { kind: 'base64', mimeType: 'image/jpg', data: 'aa' } }).block).toEqual({
      type: 'image',
      source: { type: 'base64', media_type: 'image/jpeg', data: 'aa' },
    });
    expect(first({ type: 'image', source: { kind: 'url', url: 'https://e.com/a' } }).block).toEqual({
      type: 'image',
      source: { type: 'url', url: 'https://e.com/a' },
    });
    expect(first({ type: 'image', source: { kind: 'base64', mimeType: 'image/svg+xml', data: 'aa' } }).warnings).toHaveLength(1);
  });

  it('files are documents: PDF by bytes, text as text; another vendor’s file id is left out', () => {
    const pdf = first({ type: 'file', filename: 'a.pdf', source: { kind: 'base64', mimeType: 'application/pdf', data: 'aa' } });
    expect(pdf.block).toEqual({ type: 'document', title: 'a.pdf', source: { type: 'base64', media_type: 'application/pdf', data: 'aa' } });
    const markdown = first({ type: 'file', source: { kind: 'base64', mimeType: 'text/markdown', data: 'IyBIaQ==' } });
    expect(markdown.block).toEqual({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: '# Hi' } });
    const foreign = first({ type: 'file', source: { kind: 'file-id', id: 'file-1', dialect: 'openai-chat' } });
    expect(foreign).toMatchObject({ block: undefined, warnings: [expect.stringContaining('left out')] });
  });

  it('audio and video are left out and named', () => {
    expect(first({ type: 'audio', source: { kind: 'base64', mimeType: 'audio/wav', data: 'aa' } }).warnings).toHaveLength(1);
    expect(first({ type: 'file', source: { kind: 'base64', mimeType: 'video/mp4', data: 'aa' } }).warnings).toHaveLength(1);
  });

  it.each([
    ['{"a":1}', { a: 1 }, 0],
    ['', {}, 0],
    ['null', {}, 0],
    ['[1]', { input: [1] }, 1],
    ['{"a":', { input: '{"a":' }, 1],
  ])('arguments %s', (args, input, warned) => {
    const { body, warnings } = write(chat({ messages: [user(text('a')), assistant(call('1', args)), result('1')] }));
    expect(asObject(asArray(asObject(asArray(body.messages)[1])?.content)[0])?.input).toEqual(input);
    expect(warnings).toHaveLength(warned);
  });

  it('only thinking that this API signed goes back', () => {
    const thought = (dialect?: 'anthropic-messages' | 'gemini', model?: string): ContentPart => ({
      type: 'reasoning',
      text: 'Hm',
      ...(dialect ? { signature: { value: 's', dialect, ...(model ? { model } : {}) } } : {}),
    });
    const kinds = (part: ContentPart, model?: string) =>
      asArray(asObject(asArray(messagesOf([user(text('a')), assistant(part, text('b')), user(text('c'))], model))[1])?.content).map(
        (item) => asObject(item)?.type,
      );
    expect(kinds(thought('anthropic-messages'))).toEqual(['thinking', 'text']);
    expect(kinds(thought('gemini'))).toEqual(['text']);
    expect(kinds(thought())).toEqual(['text']);
    expect(kinds(thought('anthropic-messages', 'claude-opus-5'), 'claude-opus-5-5')).toEqual(['text']);
  });
});

describe('max_tokens and thinking', () => {
  const fields = (request: Partial<ChatRequest>, model: string) => {
    const { max_tokens, thinking, output_config, temperature, top_p, top_k } = write(chat(request), model).body;
    return { max_tokens, thinking, output_config, temperature, top_p, top_k };
  };

  it.each([
    ['claude-3-haiku-20240307', 4096],
    ['claude-3-5-sonnet-20241022', 8192],
    ['claude-opus-4-1', 32_000],
    ['claude-sonnet-4-5', 32_000],
    ['kimi-k2.6', 32_000],
  ])('%s gets %i tokens where the client names none', (model, most) => expect(fields({}, model).max_tokens).toBe(most));

  it('a limit above the model’s is lowered', () =>
    expect(fields({ sampling: { maxTokens: 128_000 } }, 'claude-haiku-4-5').max_tokens).toBe(64_000));

  it('the budget stays below max_tokens, which is raised by it', () => {
    expect(fields({ reasoning: { effort: 'high' }, sampling: { maxTokens: 1000 } }, 'claude-sonnet-4-5')).toMatchObject({
      max_tokens: 25_576,
      thinking: { type: 'enabled', budget_tokens: 24_576 },
    });
    expect(fields({ reasoning: { budget: 100 }, sampling: { maxTokens: 4000 } }, 'claude-sonnet-4-5').thinking).toEqual({
      type: 'enabled',
      budget_tokens: 1024,
    });
  });

  it.each([
    ['claude-opus-4-6', { type: 'adaptive' }],
    ['claude-sonnet-4-6', { type: 'adaptive' }],
    ['anthropic/claude-opus-4.7', { type: 'adaptive' }],
    ['claude-sonnet-5', { type: 'adaptive' }],
    ['claude-fable-5', { type: 'adaptive' }],
    ['claude-haiku-5-5', { type: 'adaptive' }],
    ['~anthropic/claude-opus-latest', { type: 'adaptive' }],
    ['us.anthropic.claude-haiku-4-5-20251001-v1:0', { type: 'enabled', budget_tokens: 8192 }],
    ['claude-3-7-sonnet-20250219', { type: 'enabled', budget_tokens: 8192 }],
    ['claude-3-5-haiku-20241022', undefined],
    ['glm-5.1', { type: 'enabled', budget_tokens: 8192 }],
  ])('%s thinks its own way', (model, thinking) => {
    const written = fields({ reasoning: { effort: 'medium' }, sampling: { maxTokens: 20_000 } }, model);
    expect(written.thinking).toEqual(thinking);
    expect(written.output_config).toEqual(thinking?.type === 'adaptive' ? { effort: 'medium' } : undefined);
  });

  it.each([
    ['claude-sonnet-4-5', undefined],
    ['claude-opus-4-7', undefined],
    ['claude-sonnet-5', { type: 'disabled' }],
    ['claude-sonnet-5-5', { type: 'between_tools' }],
    ['claude-fable-5', undefined],
  ])('thinking is turned off for %s', (model, thinking) =>
    expect(fields({ reasoning: { effort: 'none' } }, model).thinking).toEqual(thinking),
  );

  it('efforts that a model does not know become the nearest lower one', () => {
    expect(fields({ reasoning: { effort: 'xhigh' } }, 'claude-opus-4-6').output_config).toEqual({ effort: 'high' });
    expect(fields({ reasoning: { effort: 'minimal' } }, 'claude-opus-4-8').output_config).toEqual({ effort: 'low' });
  });

  it('a client’s own thinking is kept where the model takes it, and converted where not', () => {
    const thinking = { type: 'enabled', budget_tokens: 5000, display: 'summarized' };
    const request = read({ model: 'm', max_tokens: 9000, thinking, messages: [{ role: 'user', content: 'a' }] });
    expect(write(request, 'claude-sonnet-4-5').body.thinking).toEqual(thinking);
    expect(write(request, 'claude-opus-4-8').body).toMatchObject({
      thinking: { type: 'adaptive', display: 'summarized' },
      output_config: { effort: 'medium' },
    });
    expect(write(request, 'claude-sonnet-4-5', { thinks: false }).body.thinking).toBeUndefined();
  });

  it('an effort of this API alone does not switch thinking on', () => {
    const request = read({ model: 'm', max_tokens: 9000, output_config: { effort: 'high' }, messages: [{ role: 'user', content: 'a' }] });
    expect(write(request, 'claude-opus-4-8').body).toEqual(expect.not.objectContaining({ thinking: expect.anything() }));
    expect(write(request, 'claude-opus-4-8').body.output_config).toEqual({ effort: 'high' });
    expect(write(request, 'claude-haiku-4-5').body.output_config).toBeUndefined();
  });

  it('what thinking forbids goes, with a word', () => {
    const request = chat({
      reasoning: { budget: 2000 },
      sampling: { temperature: 0.2, topK: 4, topP: 0.99 },
      tools: [{ type: 'function', name: 'go' }],
      toolChoice: { type: 'required' },
    });
    const { body, warnings } = write(request);
    expect(body).toMatchObject({ top_p: 0.99, tool_choice: { type: 'auto' } });
    expect(body.temperature).toBeUndefined();
    expect(body.top_k).toBeUndefined();
    expect(warnings).toHaveLength(2);
  });

  it('a budget is left off when the calls being answered were thought of by another model', () => {
    const messages = [user(text('a')), assistant(call('1')), result('1')];
    expect(write(chat({ messages, reasoning: { budget: 2000 } })).body.thinking).toBeUndefined();
    expect(write(chat({ messages, reasoning: { budget: 2000 } }), 'claude-opus-4-6').body.thinking).toEqual({ type: 'adaptive' });
  });

  it('temperature and top_p: both, one, none, by model', () => {
    const sampling = { temperature: 1.5, topP: 0.5, topK: 3 };
    expect(fields({ sampling }, 'claude-sonnet-4')).toMatchObject({ temperature: 1, top_p: 0.5, top_k: 3 });
    expect(fields({ sampling }, 'claude-sonnet-4-5')).toMatchObject({ temperature: 1, top_p: undefined, top_k: 3 });
    expect(fields({ sampling }, 'claude-opus-4-7')).toMatchObject({ temperature: undefined, top_p: undefined, top_k: undefined });
  });

  it('settings without a counterpart are named; stop sequences of white space are left out', () => {
    const { body, warnings } = write(
      chat({ sampling: { seed: 1, n: 2, logprobs: true, presencePenalty: 1, stop: ['\n', 'END'] }, user: 'u1' }),
    );
    expect(body).toMatchObject({ stop_sequences: ['END'], metadata: { user_id: 'u1' } });
    expect(warnings.join()).toMatch(/seed, presence_penalty, n, logprobs/);
  });
});

describe('tools and output', () => {
  const schemaOf = (parameters: JsonObject) =>
    asObject(asArray(write(chat({ tools: [{ type: 'function', name: 'go', parameters }] })).body.tools)[0])?.input_schema;

  it('a schema’s root is an object without unions', () => {
    const a = { type: 'object', properties: { a: { type: 'string' }, both: {} }, required: ['a', 'both'] };
    const b = { type: 'object', properties: { b: { type: 'string' }, both: {} }, required: ['b', 'both'] };
    expect(schemaOf({ anyOf: [a, { $ref: '#/$defs/b' }], $defs: { b } })).toMatchObject({
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' }, both: {} },
      required: ['both'],
    });
    expect(schemaOf({ allOf: [a, b] })).toMatchObject({ required: ['a', 'both', 'b'] });
    expect(schemaOf({ $ref: '#/$defs/b', $defs: { b } })).toEqual({ ...b, $defs: { b } });
    expect(schemaOf({})).toEqual({ type: 'object', properties: {} });
  });

  it('a conversation with calls but without tools defines them, not to be called', () => {
    const { body } = write(chat({ messages: [user(text('a')), assistant(call('1')), result('1')] }));
    expect(body).toMatchObject({ tools: [{ name: 'go', input_schema: { type: 'object' } }], tool_choice: { type: 'none' } });
  });

  it('names that the API refuses are mapped, and chosen by the mapped name', () => {
    const { body } = write(
      chat({ tools: [{ type: 'function', name: 'a.b' }], toolChoice: { type: 'tool', name: 'a.b' }, parallelToolCalls: false }),
    );
    expect(body.tools).toMatchObject([{ name: 'a_b' }]);
    expect(body.tool_choice).toEqual({ type: 'tool', name: 'a_b', disable_parallel_tool_use: true });
  });

  it('a free-form tool is a function with one string', () => {
    expect(write(chat({ tools: [{ type: 'custom', name: 'patch' }] })).body.tools).toMatchObject([
      { name: 'patch', input_schema: { required: ['input'] } },
    ]);
  });

  it('another vendor’s web search is this one’s; its other tools are named and left out', () => {
    const { body, warnings } = write(
      chat({
        tools: [
          {
            type: 'server',
            kind: 'web-search',
            dialect: 'openai-responses',
            raw: { type: 'web_search', filters: { allowed_domains: ['e.com'] } },
          },
          { type: 'server', kind: 'other', dialect: 'openai-responses', raw: { type: 'file_search' } },
        ],
      }),
    );
    expect(body.tools).toEqual([{ type: 'web_search_20250305', name: 'web_search', allowed_domains: ['e.com'] }]);
    expect(warnings).toHaveLength(1);
  });

  it('a tool that Anthropic defines keeps its type here and has a schema elsewhere', () => {
    const tool = { type: 'bash_20250124', name: 'bash' };
    const request = read({ model: 'm', max_tokens: 9, tools: [tool], messages: [{ role: 'user', content: 'a' }] });
    expect(request.tools).toMatchObject([{ type: 'function', name: 'bash', parameters: { type: 'object' } }]);
    expect(write(request).body.tools).toEqual([tool]);
  });

  it('a JSON schema is closed and loses the keywords that the grammar does not know', () => {
    const schema = {
      type: 'object',
      properties: { n: { type: 'integer', minimum: 1 }, not: { oneOf: [{ type: 'null' }] } },
      required: ['n'],
    };
    expect(write(chat({ output: { type: 'json-schema', schema } })).body.output_config).toEqual({
      format: {
        type: 'json_schema',
        schema: {
          type: 'object',
          properties: { n: { type: 'integer' }, not: { anyOf: [{ type: 'null' }] } },
          required: ['n'],
          additionalProperties: false,
        },
      },
    });
    expect(write(chat({ output: { type: 'json-schema', schema } }), 'kimi-k2.6').body).toMatchObject({
      system: expect.stringContaining('JSON Schema'),
    });
  });
});
