import { describe, expect, test } from 'vitest';
import type { Message } from '../../../src/conversation/content.ts';
import { asArray, asObject, type JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import { openaiResponses } from '../../../src/dialects/openai-responses/index.ts';
import { readContext, readStream, writeContext } from './helpers.ts';

const user = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });
const system = (text: string): Message => ({ role: 'system', content: [{ type: 'text', text }] });

const base: ChatRequest = { dialect: 'anthropic-messages', model: 'm', messages: [user('hi')], sampling: {}, stream: true };

function write(request: Partial<ChatRequest>, model = 'vendor-model', thinks?: boolean): { body: JsonObject; warnings: string[] } {
  const context = { ...writeContext(model), ...(thinks === undefined ? {} : { thinks }) };
  return { body: openaiResponses.writeRequest({ ...base, ...request }, context), warnings: context.warnings };
}

const input = (messages: Message[], more: Partial<ChatRequest> = {}): unknown[] => asArray(write({ messages, ...more }).body.input);

describe("another dialect's request", () => {
  test('is stateless and names the vendor model', () => {
    expect(write({}).body).toEqual({
      model: 'vendor-model',
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] }],
      store: false,
      stream: true,
    });
  });

  test('leading system text is the instructions; later system and developer messages stay in their place', () => {
    const { body } = write({
      messages: [system('a'), { role: 'developer', content: [{ type: 'text', text: 'b' }] }, user('hi'), system('later')],
    });
    expect(body.instructions).toBe('a\n\nb');
    expect(asArray(body.input).map((item) => asObject(item)?.role)).toEqual(['user', 'system']);
  });

  test.each<[string, boolean | undefined, string[] | undefined]>([
    ['gpt-5.1', undefined, ['reasoning.encrypted_content']],
    ['openai/o4-mini', undefined, ['reasoning.encrypted_content']],
    ['gpt-5-chat-latest', undefined, undefined],
    ['gpt-4o', undefined, undefined],
    ['gpt-5.1', false, undefined],
    ['house-model', true, ['reasoning.encrypted_content']],
  ])('%s (thinks: %s) is asked for %j', (model, thinks, include) => {
    expect(write({}, model, thinks).body.include).toEqual(include);
  });

  test('tools are not strict unless the client said so; custom tools are native; server tools are matched by kind', () => {
    const { body, warnings } = write({
      tools: [
        { type: 'function', name: 'f', description: 'd', parameters: { type: 'object' } },
        { type: 'function', name: 'g', strict: true },
        { type: 'custom', name: 'p', format: { type: 'text' } },
        { type: 'server', kind: 'web-search', dialect: 'anthropic-messages', raw: {} },
        { type: 'server', kind: 'code-execution', dialect: 'gemini', raw: {} },
        { type: 'server', kind: 'web-fetch', dialect: 'gemini', raw: {} },
      ],
      toolChoice: { type: 'tool', name: 'p' },
      parallelToolCalls: false,
    });
    expect(body.tools).toEqual([
      { type: 'function', name: 'f', description: 'd', parameters: { type: 'object' }, strict: false },
      { type: 'function', name: 'g', parameters: { type: 'object', properties: {} }, strict: true },
      { type: 'custom', name: 'p', format: { type: 'text' } },
      { type: 'web_search' },
      { type: 'code_interpreter', container: { type: 'auto' } },
    ]);
    expect(body.tool_choice).toEqual({ type: 'custom', name: 'p' });
    expect(body.parallel_tool_calls).toBe(false);
    expect(warnings).toHaveLength(1);
  });

  test('a tool name that the API refuses fits it in offer, choice and call, and is the own name again in the answer', async () => {
    const name = 'mcp.server:read file';
    const request: ChatRequest = {
      ...base,
      messages: [user('go'), { role: 'assistant', content: [{ type: 'tool-call', id: 'a', name, arguments: '{}' }] }],
      tools: [
        { type: 'function', name },
        { type: 'function', name: 'plain' },
      ],
      toolChoice: { type: 'tool', name },
    };
    const { body } = write(request);
    const sent = asObject(asArray(body.tools)[0])?.name;
    expect(sent).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect([asObject(body.tool_choice)?.name, asObject(asArray(body.input)[1])?.name, asObject(asArray(body.tools)[1])?.name]).toEqual([
      sent,
      sent,
      'plain',
    ]);
    const item = { type: 'function_call', call_id: 'b', name: sent, arguments: '{}' };
    const whole = openaiResponses.readResponse({ status: 'completed', output: [item] }, readContext(request));
    expect(whole.ok && whole.value.choices[0]?.content[0]).toMatchObject({ name });
    const told = readStream([{ data: JSON.stringify({ type: 'response.output_item.done', item }) }], request);
    expect(told).toContainEqual(expect.objectContaining({ type: 'part-start', content: expect.objectContaining({ name }) }));
  });

  test('a turn with thinking, text and calls; results of any form follow it', () => {
    const items = input([
      user('go'),
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'mine', signature: { value: 'gAAA', dialect: 'openai-responses', model: 'vendor-model' } },
          { type: 'reasoning', text: 'of another model', signature: { value: 'x', dialect: 'openai-responses', model: 'other' } },
          { type: 'reasoning', text: 'of another vendor', signature: { value: 'x', dialect: 'anthropic-messages' } },
          { type: 'reasoning', text: 'unsigned' },
          { type: 'text', text: 'one' },
          { type: 'text', text: 'two' },
          { type: 'tool-call', id: 'a'.repeat(80), name: 'f', arguments: '' },
          { type: 'tool-call', id: 'c', name: 'p', arguments: 'free', kind: 'custom' },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'and then' },
          {
            type: 'tool-result',
            callId: 'a'.repeat(80),
            content: [
              { type: 'text', text: 'x' },
              { type: 'text', text: 'y' },
            ],
          },
          { type: 'tool-result', callId: 'c', content: [{ type: 'text', text: 'no such file' }], isError: true },
        ],
      },
    ]);
    const id = asObject(items[3])?.call_id;
    expect(id).toMatch(/^call_[0-9a-f]{24}$/);
    expect(items.slice(1)).toEqual([
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'mine' }], encrypted_content: 'gAAA' },
      { type: 'message', role: 'assistant', content: 'onetwo' },
      { type: 'function_call', call_id: id, name: 'f', arguments: '{}' },
      { type: 'custom_tool_call', call_id: 'c', name: 'p', input: 'free' },
      { type: 'function_call_output', call_id: id, output: 'x\ny' },
      { type: 'custom_tool_call_output', call_id: 'c', output: 'Error: no such file' },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'and then' }] },
    ]);
  });

  test('reasoning that nothing follows is left out: the API refuses it', () => {
    const proof = { value: 'gAAA', dialect: 'openai-responses' as const };
    expect(input([user('a'), { role: 'assistant', content: [{ type: 'reasoning', text: '', signature: proof }] }, user('b')])).toHaveLength(
      2,
    );
  });

  test('pictures and files go as content parts, in results too', () => {
    const png = { type: 'image' as const, source: { kind: 'base64' as const, mimeType: 'image/png', data: 'AAAA' } };
    const pdf = { type: 'file' as const, source: { kind: 'base64' as const, mimeType: 'application/pdf', data: 'BBBB' } };
    const parts = [
      { type: 'input_image', detail: 'auto', image_url: 'data:image/png;base64,AAAA' },
      { type: 'input_file', filename: 'file.pdf', file_data: 'data:application/pdf;base64,BBBB' },
    ];
    expect(
      input([
        { role: 'user', content: [png, pdf, { type: 'file', source: { kind: 'url', url: 'https://e.com/a.pdf' } }] },
        { role: 'assistant', content: [{ type: 'tool-call', id: 'a', name: 'f', arguments: '{}' }] },
        { role: 'tool', content: [{ type: 'tool-result', callId: 'a', content: [{ type: 'text', text: 'see' }, png, pdf] }] },
      ]),
    ).toEqual([
      { type: 'message', role: 'user', content: [...parts, { type: 'input_file', file_url: 'https://e.com/a.pdf' }] },
      { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: [{ type: 'input_text', text: 'see' }, ...parts] },
    ]);
  });

  test('a failed result says so once', () => {
    const result = (text: string): Message[] => [
      { role: 'tool', content: [{ type: 'tool-result', callId: 'a', content: [{ type: 'text', text }], isError: true }] },
    ];
    expect(input(result('Error: nope'))).toMatchObject([{ output: 'Error: nope' }]);
    expect(input(result(''))).toMatchObject([{ output: 'Error' }]);
    expect(
      input([{ role: 'user', content: [{ type: 'tool-result', callId: 'a', content: [], json: { error: 'x' }, isError: true }] }], {
        dialect: 'gemini',
      }),
    ).toMatchObject([{ output: '{"error":"x"}' }]);
  });

  test('thinking budgets become efforts, and a summary is asked for when the client wants to see thoughts', () => {
    expect(write({ reasoning: { budget: 8000, summary: true } }).body.reasoning).toEqual({ effort: 'medium', summary: 'auto' });
    expect(write({ reasoning: { budget: -1 } }).body.reasoning).toBeUndefined();
    expect(write({ reasoning: { effort: 'high' } }, 'm', false).body.reasoning).toBeUndefined();
  });

  test('a wanted shape is text.format with a name', () => {
    expect(write({ output: { type: 'json-schema', schema: { type: 'object' }, name: 'my schema!' } }).body.text).toEqual({
      format: { type: 'json_schema', name: 'my_schema_', schema: { type: 'object' }, strict: false },
    });
    expect(write({ output: { type: 'json-schema', schema: {} } }).body.text).toMatchObject({ format: { name: 'answer' } });
    expect(write({ output: { type: 'json' } }).body.text).toEqual({ format: { type: 'json_object' } });
  });

  test('a limit below 16 is raised, and what the API does not know is left out, both said', () => {
    const { body, warnings } = write({
      sampling: {
        maxTokens: 1,
        temperature: 0,
        topP: 0.5,
        topK: 4,
        seed: 1,
        stop: ['x'],
        frequencyPenalty: 1,
        n: 2,
        logprobs: true,
        topLogprobs: 2,
      },
    });
    expect(body).toMatchObject({
      max_output_tokens: 16,
      temperature: 0,
      top_p: 0.5,
      top_logprobs: 2,
      include: ['message.output_text.logprobs'],
    });
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['seed']));
    expect(warnings).toHaveLength(2);
    expect(warnings.join()).toMatch(/top_k, frequency_penalty, seed, stop, n/);
  });

  test("audio, foreign uploads and foreign server steps are left out with a word; a step's own text stays", () => {
    const { body, warnings } = write({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'x' },
            { type: 'audio', source: { kind: 'base64', mimeType: 'audio/wav', data: 'A' } },
            { type: 'file', source: { kind: 'file-id', id: 'f', dialect: 'anthropic-messages' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'server', dialect: 'gemini', name: 'executableCode', raw: {}, text: 'print(1)' },
            { type: 'server', dialect: 'gemini', name: 'x', raw: {} },
          ],
        },
      ],
    });
    expect(body.input).toEqual([
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'x' }] },
      { type: 'message', role: 'assistant', content: 'print(1)' },
    ]);
    expect(warnings).toHaveLength(3);
  });

  test('a thought without proof that the API has no item of is not replayed; plain reasoning under its own id is', () => {
    const replay = (item: JsonObject): unknown => {
      const parsed = openaiResponses.readRequest({ model: 'm', input: [item] }, {});
      if (!parsed.ok) throw parsed.error;
      return openaiResponses.writeRequest(parsed.value, writeContext()).input;
    };
    const summary = [{ type: 'summary_text', text: 'hm' }];
    expect(replay({ type: 'reasoning', summary, encrypted_content: null })).toEqual([]);
    expect(replay({ type: 'reasoning', id: 'rs_omr1.x', summary })).toEqual([]);
    expect(replay({ type: 'image_generation_call', id: 'ig_omr1.x', status: 'completed', result: 'AAAA' })).toEqual([]);
    expect(replay({ type: 'reasoning', id: 'rs_1', summary })).toHaveLength(1);
    // recordings/openai-responses/deepseek-responses-function-tool-stream-1
    expect(replay({ type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'hm' }] })).toHaveLength(1);
  });

  test('a stored conversation in front leaves the new instructions in force', () => {
    const parsed = openaiResponses.readRequest({ model: 'm', instructions: 'new', input: 'and?' }, {});
    if (!parsed.ok) throw parsed.error;
    const body = openaiResponses.writeRequest({ ...parsed.value, messages: [user('first'), ...parsed.value.messages] }, writeContext());
    expect(body.instructions).toBe('new');
    expect(body.input).toMatchObject([{ role: 'user' }, { role: 'user' }]);
  });
});
