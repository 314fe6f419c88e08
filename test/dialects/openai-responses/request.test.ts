import { describe, expect, test } from 'vitest';
import { asObject, type Json, type JsonObject } from '../../../src/conversation/json.ts';
import { openaiResponses } from '../../../src/dialects/openai-responses/index.ts';
import { all, named, readRequest, writeContext } from './helpers.ts';

/** `stream: false` and its absence mean the same; all else is compared as it is. */
function plain(body: JsonObject): JsonObject {
  const { stream, ...rest } = body;
  return JSON.parse(JSON.stringify({ ...rest, stream: stream ?? false })) as JsonObject;
}

const roundTrip = (body: JsonObject): JsonObject =>
  plain(openaiResponses.writeRequest(readRequest(body), writeContext(typeof body.model === 'string' ? body.model : '')));

describe('a request read and written again is the same request', () => {
  test.each(named(all.filter((one) => one.request)))('%s', (_name, recording) => {
    const body = asObject(recording.request?.body) ?? {};
    expect(roundTrip(body)).toEqual(plain(body));
  });
});

/** Every kind of item, part and tool that the SDK's types name, in the form that the API documents. */
const ITEMS: JsonObject[] = [
  { role: 'user', content: 'plain' },
  {
    type: 'message',
    role: 'user',
    content: [
      { type: 'input_text', text: 'look', prompt_cache_breakpoint: { mode: 'explicit' } },
      { type: 'input_image', image_url: 'https://example.com/a.png', detail: 'high' },
      { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'auto' },
      { type: 'input_image', file_id: 'file-1', image_url: null, detail: 'auto' },
      { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' },
      { type: 'input_file', filename: 'b.pdf', file_data: 'AAAA' },
      { type: 'input_file', file_url: 'https://example.com/a.pdf' },
      { type: 'input_file', file_id: 'file-2' },
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
      { type: 'something_new', x: 1 },
    ],
  },
  { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'be brief' }] },
  { type: 'message', role: 'system', content: 'mid-conversation' },
  {
    type: 'reasoning',
    id: 'rs_1',
    summary: [
      { type: 'summary_text', text: 'a' },
      { type: 'summary_text', text: 'b' },
    ],
    encrypted_content: 'gAAA',
  },
  {
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    phase: 'commentary',
    content: [
      {
        type: 'output_text',
        text: 'one',
        annotations: [{ type: 'url_citation', url: 'https://e.com', title: 'E', start_index: 0, end_index: 3 }],
        logprobs: [],
      },
      { type: 'refusal', refusal: 'no' },
    ],
  },
  {
    type: 'message',
    id: 'msg_2',
    role: 'assistant',
    status: 'completed',
    phase: 'final_answer',
    content: [{ type: 'output_text', text: 'two', annotations: [] }],
  },
  { role: 'assistant', content: 'easy' },
  { role: 'assistant', content: [{ type: 'output_text', text: 'x' }] },
  { type: 'message', role: 'assistant', id: 'msg_3', content: [] },
  { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '{}', status: 'completed' },
  { type: 'function_call', call_id: 'call_2', name: 'find', namespace: 'mcp__files__', arguments: '{"a":1}' },
  { type: 'function_call_output', call_id: 'call_1', output: 'done' },
  {
    type: 'function_call_output',
    call_id: 'call_2',
    status: 'completed',
    output: [
      { type: 'input_text', text: 'see' },
      { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
      { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' },
    ],
  },
  { type: 'custom_tool_call', id: 'ctc_1', call_id: 'call_3', name: 'apply_patch', input: '*** Begin Patch' },
  { type: 'custom_tool_call_output', call_id: 'call_3', output: 'ok' },
  { type: 'local_shell_call', id: 'lsh_1', call_id: 'call_4', status: 'completed', action: { type: 'exec', command: ['ls'], env: {} } },
  { type: 'local_shell_call_output', id: 'call_4', output: 'a' },
  { type: 'shell_call', call_id: 'call_5', action: { commands: ['ls'] } },
  { type: 'shell_call_output', call_id: 'call_5', output: [{ stdout: 'a', stderr: '', outcome: { type: 'exit', exit_code: 0 } }] },
  { type: 'apply_patch_call', call_id: 'call_6', status: 'completed', operation: { type: 'delete_file', path: 'a' } },
  { type: 'apply_patch_call_output', call_id: 'call_6', status: 'completed', output: 'ok' },
  { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'q' } },
  { type: 'file_search_call', id: 'fs_1', status: 'completed', queries: ['q'], results: null },
  { type: 'code_interpreter_call', id: 'ci_1', status: 'completed', container_id: 'c', code: 'print(1)', outputs: null },
  { type: 'image_generation_call', id: 'ig_1', status: 'completed', result: 'AAAA' },
  { type: 'image_generation_call', id: 'ig_2', status: 'failed', result: null },
  { type: 'computer_call', id: 'cu_1', call_id: 'call_7', status: 'completed', pending_safety_checks: [], action: { type: 'screenshot' } },
  { type: 'computer_call_output', call_id: 'call_7', output: { type: 'computer_screenshot', image_url: 'data:image/png;base64,AAAA' } },
  { type: 'mcp_list_tools', id: 'mcpl_1', server_label: 's', tools: [] },
  { type: 'mcp_approval_request', id: 'mcpr_1', name: 'n', server_label: 's', arguments: '{}' },
  { type: 'mcp_approval_response', approval_request_id: 'mcpr_1', approve: true },
  { type: 'mcp_call', id: 'mcp_1', name: 'n', server_label: 's', arguments: '{}', output: 'o', error: null },
  { type: 'compaction', encrypted_content: 'gAAA' },
  { type: 'tool_search_call', execution: 'client', call_id: 'call_8', arguments: { q: 'x' } },
  { type: 'tool_search_output', execution: 'client', call_id: 'call_8', tools: [] },
  { type: 'item_reference', id: 'msg_9' },
  { id: 'msg_10' },
  { type: 'brand_new_item', anything: [1, 2] },
  { type: 'reasoning', id: 'rs_2', summary: [], content: [{ type: 'reasoning_text', text: 'plain' }], encrypted_content: null },
];

const TOOLS: JsonObject[] = [
  { type: 'function', name: 'f', description: 'd', parameters: { type: 'object', properties: {} }, strict: true },
  { type: 'function', name: 'g', parameters: null, strict: null },
  { type: 'function', name: 'h', parameters: {}, defer_loading: true },
  { type: 'custom', name: 'apply_patch', description: 'd', format: { type: 'grammar', syntax: 'lark', definition: 'start: "x"' } },
  {
    type: 'namespace',
    name: 'mcp__files__',
    description: 'files',
    tools: [
      { type: 'function', name: 'find', parameters: {}, strict: false },
      { type: 'custom', name: 'write', defer_loading: true },
    ],
  },
  { type: 'namespace', name: 'tools', description: 't', tools: [{ type: 'function', name: 'find' }] },
  { type: 'namespace', name: 'empty', description: 't', tools: [] },
  { type: 'web_search', search_context_size: 'low' },
  { type: 'web_search_preview' },
  { type: 'code_interpreter', container: { type: 'auto' } },
  { type: 'file_search', vector_store_ids: ['v'] },
  { type: 'mcp', server_label: 's', server_url: 'https://e.com', require_approval: 'never' },
  { type: 'image_generation' },
  { type: 'local_shell' },
  { type: 'shell' },
  { type: 'apply_patch' },
  { type: 'tool_search', execution: 'client' },
  { type: 'brand_new_tool', x: 1 },
];

describe('every documented form survives the round trip', () => {
  test.each(ITEMS.map((item): [string, JsonObject] => [`${String(item.type ?? item.role ?? 'reference')}`, item]))(
    'item %s',
    (_type, item) => {
      expect(roundTrip({ model: 'm', input: [item] })).toEqual(plain({ model: 'm', input: [item] }));
    },
  );

  test('all items in one conversation, in their order', () => {
    expect(roundTrip({ model: 'm', input: ITEMS }).input).toEqual(ITEMS);
  });

  test('all tools', () => {
    expect(roundTrip({ model: 'm', input: 'x', tools: TOOLS }).tools).toEqual(TOOLS);
  });

  test.each<Json>([
    'auto',
    'none',
    'required',
    { type: 'function', name: 'f' },
    { type: 'custom', name: 'apply_patch' },
    {
      type: 'allowed_tools',
      mode: 'required',
      tools: [
        { type: 'function', name: 'f' },
        { type: 'mcp', server_label: 's' },
      ],
    },
    { type: 'web_search_preview' },
    { type: 'mcp', server_label: 's', name: null },
    { type: 'shell' },
  ])('tool_choice %j', (choice) => {
    expect(roundTrip({ model: 'm', input: 'x', tools: TOOLS, tool_choice: choice }).tool_choice).toEqual(choice);
  });

  test('every setting', () => {
    const body: JsonObject = {
      model: 'm',
      input: 'x',
      instructions: 'i',
      background: false,
      conversation: { id: 'conv_1' },
      include: ['reasoning.encrypted_content', 'message.output_text.logprobs'],
      max_output_tokens: 5,
      max_tool_calls: 3,
      metadata: { a: 'b' },
      parallel_tool_calls: false,
      previous_response_id: 'resp_1',
      prompt_cache_key: 'k',
      prompt_cache_retention: '24h',
      reasoning: { effort: 'xhigh', summary: 'detailed', mode: 'pro' },
      safety_identifier: 's',
      service_tier: 'flex',
      store: false,
      stream: true,
      stream_options: { include_obfuscation: false },
      temperature: 0,
      text: { verbosity: 'low', format: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: null, description: 'd' } },
      top_logprobs: 2,
      top_p: 0.5,
      truncation: 'auto',
      user: 'u',
      brand_new_setting: { x: 1 },
    };
    expect(roundTrip(body)).toEqual(plain(body));
    const nulls = Object.fromEntries(Object.keys(body).map((key) => [key, null]));
    expect(roundTrip({ ...nulls, model: 'm', input: 'x' })).toEqual(plain({ ...nulls, model: 'm', input: 'x' }));
  });
});

describe('what a request becomes', () => {
  test('instructions are the system message, a string input is one user message', () => {
    const request = readRequest({ model: 'm', instructions: 'be kind', input: 'hi' });
    expect(request.messages.map(({ role, content }) => ({ role, content }))).toEqual([
      { role: 'system', content: [{ type: 'text', text: 'be kind' }] },
      { role: 'user', content: [{ type: 'text', text: 'hi' }] },
    ]);
  });

  test('neighbouring items of the model are one assistant turn; each output is a tool message that knows the call it answers', () => {
    const request = readRequest({
      model: 'm',
      input: [
        { role: 'user', content: 'hi' },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'hm' }], encrypted_content: 'gAAA' },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'one moment' }] },
        { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' },
        { type: 'custom_tool_call', call_id: 'b', name: 'p', input: 'text' },
        { type: 'function_call_output', call_id: 'a', output: '1' },
        { type: 'custom_tool_call_output', call_id: 'b', output: '2' },
        { role: 'user', content: 'go on' },
      ],
    });
    expect(request.messages.map((message) => [message.role, ...message.content.map((part) => part.type)])).toEqual([
      ['user', 'text'],
      ['assistant', 'reasoning', 'text', 'tool-call', 'tool-call'],
      ['tool', 'tool-result'],
      ['tool', 'tool-result'],
      ['user', 'text'],
    ]);
    const [reasoning, , call, custom] = request.messages[1]?.content ?? [];
    expect(reasoning).toMatchObject({ text: 'hm', id: 'rs_1', signature: { value: 'gAAA', dialect: 'openai-responses' } });
    expect(call).toMatchObject({ id: 'a', name: 'f', arguments: '{}' });
    expect(custom).toMatchObject({ id: 'b', name: 'p', arguments: 'text', kind: 'custom' });
    expect(request.messages[2]?.content[0]).toMatchObject({ callId: 'a', name: 'f' });
    expect(request.messages[3]?.content[0]).toMatchObject({ callId: 'b', name: 'p', kind: 'custom' });
  });

  test('tools of a namespace are tools of their own for other dialects, under one name in offers, choices and calls', () => {
    const request = readRequest({
      model: 'm',
      input: [{ type: 'function_call', call_id: 'a', name: 'find', namespace: 'mcp__files__', arguments: '{}' }],
      tools: TOOLS,
      tool_choice: { type: 'function', name: 'find', namespace: 'tools' },
    });
    const names = request.tools?.flatMap((tool) => (tool.type === 'server' ? [] : [tool.name]));
    expect(names).toEqual(['f', 'g', 'h', 'apply_patch', 'mcp__files__find', 'mcp__files__write', 'tools__find']);
    expect(request.messages[0]?.content[0]).toMatchObject({ type: 'tool-call', name: 'mcp__files__find' });
    expect(request.toolChoice).toEqual({ type: 'tool', name: 'tools__find' });
  });

  test('settings that other dialects know', () => {
    const request = readRequest({
      model: 'm',
      input: 'x',
      reasoning: { effort: 'low', summary: 'auto' },
      text: { format: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true } },
      max_output_tokens: 20,
      temperature: 0.1,
      top_p: 0.2,
      include: ['message.output_text.logprobs'],
      top_logprobs: 1,
      user: 'u',
      store: false,
      previous_response_id: 'resp_1',
      stream: true,
    });
    expect(request).toMatchObject({
      reasoning: { effort: 'low', summary: 'auto' },
      output: { type: 'json-schema', name: 'n', strict: true },
      sampling: { maxTokens: 20, temperature: 0.1, topP: 0.2, logprobs: true, topLogprobs: 1 },
      user: 'u',
      store: false,
      previousResponseId: 'resp_1',
      stream: true,
    });
  });
});

describe('a bad request names its field', () => {
  test.each<[string, unknown, string | undefined]>([
    ['no object', 'hello', undefined],
    ['no model', { input: 'x' }, 'model'],
    ['no input', { model: 'm' }, 'input'],
    ['input of a wrong kind', { model: 'm', input: 3 }, 'input'],
    ['item that is no object', { model: 'm', input: ['x'] }, 'input[0]'],
    ['item without type', { model: 'm', input: [{ content: 'x' }] }, 'input[0].type'],
    ['unknown role', { model: 'm', input: [{ role: 'robot', content: 'x' }] }, 'input[0].role'],
    ['no content', { model: 'm', input: [{ role: 'user' }] }, 'input[0].content'],
    ['content part without text', { model: 'm', input: [{ role: 'user', content: [{ type: 'input_text' }] }] }, 'input[0].content[0].text'],
    [
      'image without source',
      { model: 'm', input: [{ role: 'user', content: [{ type: 'input_image' }] }] },
      'input[0].content[0].image_url',
    ],
    ['call without id', { model: 'm', input: [{ type: 'function_call', name: 'f', arguments: '{}' }] }, 'input[0].call_id'],
    ['output without text', { model: 'm', input: [{ type: 'function_call_output', call_id: 'a' }] }, 'input[0].output'],
    ['tool without name', { model: 'm', input: 'x', tools: [{ type: 'function' }] }, 'tools[0].name'],
    [
      'nested tool without name',
      { model: 'm', input: 'x', tools: [{ type: 'namespace', name: 'n', tools: [{ type: 'function' }] }] },
      'tools[0].tools[0].name',
    ],
    ['schema format without name', { model: 'm', input: 'x', text: { format: { type: 'json_schema', schema: {} } } }, 'text.format.name'],
    ['temperature in words', { model: 'm', input: 'x', temperature: 'hot' }, 'temperature'],
    ['no room for an answer', { model: 'm', input: 'x', max_output_tokens: 0 }, 'max_output_tokens'],
  ])('%s', (_what, body, param) => {
    const parsed = openaiResponses.readRequest(body, {});
    expect(parsed.ok).toBe(false);
    if (!parsed.ok)
      expect({ class: parsed.error.class, status: parsed.error.status, param: parsed.error.param }).toEqual({
        class: 'request',
        status: 400,
        param,
      });
  });
});
