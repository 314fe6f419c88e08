import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/conversation/content.ts';
import type { JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import { bedrockConverse } from '../../../src/dialects/bedrock-converse/index.ts';

const chat = (parts: Partial<ChatRequest> = {}): ChatRequest => ({
  dialect: 'openai-chat',
  model: 'any',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
  sampling: {},
  stream: false,
  ...parts,
});

function write(request: ChatRequest, model = 'us.anthropic.claude-sonnet-4-5-v1:0'): { body: JsonObject; warnings: string[] } {
  const warnings: string[] = [];
  return { body: bedrockConverse.writeRequest(request, { model, warn: (message) => warnings.push(message) }), warnings };
}

const context = (request = chat()) => ({ request, model: 'us.anthropic.claude-sonnet-4-5-v1:0', now: () => 0, newId: () => 'new' });
const parameters = { type: 'object', properties: { song: { type: 'string' } } };

describe('a Converse request', () => {
  // Field names: AWS API reference, Converse (request syntax), ContentBlock, ToolConfiguration.
  it('has the documented fields', () => {
    const { body, warnings } = write(
      chat({
        messages: [
          { role: 'system', content: [{ type: 'text', text: 'Be brief.', cache: {} }] },
          { role: 'user', content: [{ type: 'image', source: { kind: 'base64', mimeType: 'image/png', data: 'aW1n' } }] },
          { role: 'assistant', content: [{ type: 'tool-call', id: 'call.1', name: 'top_song', arguments: '{"sign":"WZPZ"}' }] },
          { role: 'tool', content: [{ type: 'tool-result', callId: 'call.1', content: [{ type: 'text', text: 'Elemental Hotel' }] }] },
        ],
        tools: [{ type: 'function', name: 'top_song', description: 'Get the song.', parameters }],
        toolChoice: { type: 'required' },
        sampling: { maxTokens: 100, temperature: 0.5, stop: ['END'] },
      }),
    );
    const id = /"toolUseId":"([^"]*)"/.exec(JSON.stringify(body))?.[1];
    expect(body).toEqual({
      system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
      messages: [
        { role: 'user', content: [{ image: { format: 'png', source: { bytes: 'aW1n' } } }] },
        { role: 'assistant', content: [{ toolUse: { toolUseId: id, name: 'top_song', input: { sign: 'WZPZ' } } }] },
        { role: 'user', content: [{ toolResult: { toolUseId: id, content: [{ text: 'Elemental Hotel' }] } }] },
      ],
      inferenceConfig: { maxTokens: 100, temperature: 0.5, stopSequences: ['END'] },
      toolConfig: {
        tools: [{ toolSpec: { name: 'top_song', description: 'Get the song.', inputSchema: { json: parameters } } }],
        toolChoice: { any: {} },
      },
    });
    expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(warnings).toEqual([]);
  });

  it('asks Claude for thinking in its own words, and Nova in its', () => {
    const request = chat({ reasoning: { budget: 4000 }, sampling: { maxTokens: 8000, topK: 5 } });
    expect(write(request).body.additionalModelRequestFields).toEqual({ thinking: { type: 'enabled', budget_tokens: 4000 } });
    expect(write(request, 'us.anthropic.claude-opus-4-8').body.additionalModelRequestFields).toEqual({
      thinking: { type: 'adaptive' },
      output_config: { effort: 'low' },
    });
    expect(write(request, 'us.amazon.nova-2-lite-v1:0').body.additionalModelRequestFields).toEqual({
      reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' },
      inferenceConfig: { topK: 5 },
    });
  });

  it('sends thinking back that Bedrock signed, and none that another did', () => {
    const reasoning = (dialect: 'bedrock-converse' | 'openai-responses'): Message => ({
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Hm', signature: { value: 'sig', dialect } },
        { type: 'text', text: 'So' },
      ],
    });
    const turnOf = (message: Message) =>
      (write(chat({ messages: [...chat().messages, message, ...chat().messages] })).body.messages as JsonObject[])[1];
    expect(turnOf(reasoning('bedrock-converse'))?.content).toEqual([
      { reasoningContent: { reasoningText: { text: 'Hm', signature: 'sig' } } },
      { text: 'So' },
    ]);
    expect(turnOf(reasoning('openai-responses'))?.content).toEqual([{ text: 'So' }]);
  });

  it('names a document, and puts a text beside it', () => {
    const pdf: Message = {
      role: 'user',
      content: [{ type: 'file', filename: 'Q3_report.pdf', source: { kind: 'base64', mimeType: 'application/pdf', data: 'cGRm' } }],
    };
    expect((write(chat({ messages: [pdf] })).body.messages as JsonObject[])[0]?.content).toEqual([
      { document: { format: 'pdf', name: 'Q3-report-pdf (1)', source: { bytes: 'cGRm' } } },
      { text: 'The document is attached.' },
    ]);
  });

  it('defines the tools of a conversation that offers none any more', () => {
    const messages: Message[] = [
      ...chat().messages,
      { role: 'assistant', content: [{ type: 'tool-call', id: 'a', name: 'go', arguments: '' }] },
      { role: 'tool', content: [{ type: 'tool-result', callId: 'a', content: [], isError: true }] },
    ];
    const { body } = write(chat({ messages }));
    expect(body.toolConfig).toEqual({ tools: [{ toolSpec: { name: 'go', inputSchema: { json: { type: 'object', properties: {} } } } }] });
    expect((body.messages as JsonObject[])[2]?.content).toEqual([
      { toolResult: { toolUseId: 'a', content: [{ text: '(no output)' }], status: 'error' } },
    ]);
  });

  it('asks for structured output with the schema as text', () => {
    const { body } = write(chat({ output: { type: 'json-schema', name: 'song', schema: parameters } }));
    const schema = JSON.stringify({ ...parameters, additionalProperties: false });
    expect(body.outputConfig).toEqual({ textFormat: { type: 'json_schema', structure: { jsonSchema: { schema, name: 'song' } } } });
  });

  it('sends what only the Messages API knows as text where it can be read', () => {
    const block = { type: 'search_result', title: 'T', source: 'https://e.com', content: [{ type: 'text', text: 'Found' }] };
    const found: Message = { role: 'user', content: [{ type: 'text', text: 'x', extensions: { 'anthropic-messages': { block } } }] };
    const { body, warnings } = write(chat({ messages: [found] }));
    expect(body.messages).toEqual([{ role: 'user', content: [{ text: 'T\nhttps://e.com\nFound' }] }]);
    expect(warnings).toEqual([]);
  });

  it('says what Bedrock cannot take', () => {
    const image: Message = { role: 'user', content: [{ type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } }] };
    expect(write(chat({ messages: [...chat().messages, image] })).warnings).toHaveLength(1);
  });
});

describe('a Converse answer', () => {
  // The example of "Using the Converse API" (Response) and "Call a tool with the Converse API", with reasoning as in ReasoningContentBlock.
  const body: JsonObject = {
    output: {
      message: {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'Radio.', signature: 'sig' } } },
          { text: "I'll look." },
          { toolUse: { toolUseId: 'tooluse_kZJMlvQmRJ6eAyJE5GIl7Q', name: 'top_song', input: { sign: 'WZPZ' } } },
        ],
      },
    },
    stopReason: 'tool_use',
    usage: { inputTokens: 125, outputTokens: 60, totalTokens: 285, cacheReadInputTokens: 80, cacheWriteInputTokens: 20 },
    metrics: { latencyMs: 1175 },
  };

  it('is read whole, its input with the cache in it', () => {
    expect(bedrockConverse.readResponse(body, context())).toEqual({
      ok: true,
      value: {
        dialect: 'bedrock-converse',
        choices: [
          {
            index: 0,
            content: [
              { type: 'reasoning', text: 'Radio.', signature: { value: 'sig', dialect: 'bedrock-converse', model: context().model } },
              { type: 'text', text: "I'll look." },
              { type: 'tool-call', id: 'tooluse_kZJMlvQmRJ6eAyJE5GIl7Q', name: 'top_song', arguments: '{"sign":"WZPZ"}' },
            ],
            finish: { reason: 'tool-calls', raw: 'tool_use' },
          },
        ],
        usage: { input: 225, cacheRead: 80, cacheWrite: 20, output: 60 },
      },
    });
  });

  it('without a message is empty', () => {
    const parsed = bedrockConverse.readResponse({}, context());
    expect(parsed.ok ? undefined : parsed.error.class).toBe('empty');
  });
});

describe('a Converse stream', () => {
  // Event shapes: AWS API reference, ConverseStream (response syntax).
  const events = [
    { event: 'messageStart', data: '{"role":"assistant"}' },
    { event: 'contentBlockDelta', data: '{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"Hm"}}}' },
    { event: 'contentBlockDelta', data: '{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"sig"}}}' },
    { event: 'contentBlockStop', data: '{"contentBlockIndex":0}' },
    { event: 'contentBlockDelta', data: '{"contentBlockIndex":1,"delta":{"text":"Look"}}' },
    { event: 'contentBlockStop', data: '{"contentBlockIndex":1}' },
    { event: 'contentBlockStart', data: '{"contentBlockIndex":2,"start":{"toolUse":{"toolUseId":"t1","name":"top_song"}}}' },
    { event: 'contentBlockDelta', data: '{"contentBlockIndex":2,"delta":{"toolUse":{"input":"{\\"sign\\":"}}}' },
    { event: 'contentBlockDelta', data: '{"contentBlockIndex":2,"delta":{"toolUse":{"input":"\\"WZPZ\\"}"}}}' },
    { event: 'contentBlockStop', data: '{"contentBlockIndex":2}' },
    { event: 'messageStop', data: '{"stopReason":"tool_use"}' },
    { event: 'metadata', data: '{"usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15},"metrics":{"latencyMs":9}}' },
  ];
  const play = (list: typeof events) => {
    const reader = bedrockConverse.streamReader(context());
    return [...list.flatMap((event) => reader.push(event)), ...reader.end()];
  };

  it('gives parts, finish and usage', () => {
    const signature = { value: 'sig', dialect: 'bedrock-converse', model: context().model };
    expect(play(events)).toEqual([
      { type: 'start' },
      { type: 'part-start', choice: 0, part: 0, content: { type: 'reasoning', text: '' } },
      { type: 'part-delta', part: 0, delta: { type: 'text', text: 'Hm' } },
      { type: 'part-delta', part: 0, delta: { type: 'signature', signature } },
      { type: 'part-end', part: 0 },
      { type: 'part-start', choice: 0, part: 1, content: { type: 'text', text: '' } },
      { type: 'part-delta', part: 1, delta: { type: 'text', text: 'Look' } },
      { type: 'part-end', part: 1 },
      { type: 'part-start', choice: 0, part: 2, content: { type: 'tool-call', id: 't1', name: 'top_song', arguments: '' } },
      { type: 'part-delta', part: 2, delta: { type: 'arguments', text: '{"sign":' } },
      { type: 'part-delta', part: 2, delta: { type: 'arguments', text: '"WZPZ"}' } },
      { type: 'part-end', part: 2 },
      { type: 'finish', choice: 0, finish: { reason: 'tool-calls', raw: 'tool_use' } },
      { type: 'usage', usage: { input: 10, output: 5 } },
    ]);
  });

  it('cut before its stop ends in an error', () => {
    for (let cut = 0; cut <= 10; cut += 1) {
      const out = play(events.slice(0, cut));
      expect(out.at(-1)).toMatchObject({ type: 'error', error: { code: 'stream_truncated' } });
      expect(out.some((event) => event.type === 'finish')).toBe(false);
    }
  });

  it('ends with the exception it carries', () => {
    const out = play([
      ...events.slice(0, 5),
      { event: 'exception:throttlingException', data: '{"message":"Too many requests"}' },
      ...events.slice(5),
    ]);
    expect(out.at(-1)).toMatchObject({ type: 'error', error: { class: 'rate', status: 429, message: 'Too many requests' } });
  });
});

describe('a Bedrock error', () => {
  // Names: AWS API reference, Converse (Errors). The header carries a URL behind the name.
  it.each([
    [429, 'ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/', 'Too many requests, please wait.', 'rate'],
    [429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.', 'quota'],
    [400, 'ServiceQuotaExceededException', 'Your request exceeds the service quota for your account.', 'quota'],
    [403, 'AccessDeniedException', 'You do not have sufficient permissions.', 'auth'],
    [403, 'AccessDeniedException', "You don't have access to the model with the specified model ID.", 'capability'],
    [400, 'ValidationException', 'Input is too long for requested model.', 'context'],
    [400, 'ValidationException', 'The provided model identifier is invalid.', 'capability'],
    [400, 'ValidationException', '1 validation error detected', 'request'],
    [404, 'ResourceNotFoundException', 'Could not resolve the foundation model.', 'capability'],
    [408, 'ModelTimeoutException', 'Model did not respond in time.', 'network'],
    [424, 'ModelErrorException', 'The model failed.', 'overload'],
    [503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.', 'overload'],
  ])('%i %s "%s" is %s', (status, name, message, expected) => {
    const error = bedrockConverse.readError(status, { 'x-amzn-errortype': name }, { message }, [], 0);
    expect(error).toMatchObject({ class: expected, status, message, code: name.split(':')[0] });
  });
});
