import { describe, expect, it } from 'vitest';
import type { Message, ToolCallPart } from '../../../src/conversation/content.ts';
import { asArray, type JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { request, writeContext } from './support.ts';

/** A request from an Anthropic client. */
function foreign(messages: Message[], more: Partial<ChatRequest> = {}): ChatRequest {
  return { dialect: 'anthropic-messages', model: 'x', messages, sampling: {}, stream: false, ...more };
}

function written(asked: ChatRequest, model = 'some-model') {
  const context = writeContext(model);
  const body = openaiChat.writeRequest(asked, context);
  return { body, messages: asArray(body.messages) as JsonObject[], warnings: context.warnings };
}

const hi: Message = { role: 'user', content: [{ type: 'text', text: 'Hi' }] };
const call = (id: string, more: Partial<ToolCallPart> = {}): ToolCallPart => ({
  type: 'tool-call',
  id,
  name: 'f',
  arguments: '{}',
  ...more,
});
const image = { type: 'image' as const, source: { kind: 'base64' as const, mimeType: 'image/png', data: 'AAAA' } };

describe('a conversation from another dialect', () => {
  it('gives tool results before the rest of their turn, and their pictures after all of them', () => {
    const { messages } = written(
      foreign([
        { role: 'assistant', content: [call('a'), call('b')] },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'and now?' },
            { type: 'tool-result', callId: 'a', content: [{ type: 'text', text: 'one' }, image] },
            { type: 'tool-result', callId: 'b', content: [image] },
          ],
        },
      ]),
    );
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
    expect(messages.slice(1)).toEqual([
      { role: 'tool', tool_call_id: 'a', content: 'one' },
      { role: 'tool', tool_call_id: 'b', content: 'See the attachment in the next message.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Attached to the result of tool call a:' },
          picture,
          { type: 'text', text: 'Attached to the result of tool call b:' },
          picture,
        ],
      },
      { role: 'user', content: 'and now?' },
    ]);
  });

  it('waits with the pictures of one tool message until the last', () => {
    const result = (callId: string): Message => ({ role: 'tool', content: [{ type: 'tool-result', callId, content: [image] }] });
    const { messages } = written(foreign([result('a'), result('b'), hi]));
    expect(messages.map((message) => message.role)).toEqual(['tool', 'tool', 'user', 'user']);
  });

  it('writes a JSON result as its text', () => {
    const { messages } = written(foreign([{ role: 'user', content: [{ type: 'tool-result', callId: 'a', content: [], json: { x: 1 } }] }]));
    expect(messages).toEqual([{ role: 'tool', tool_call_id: 'a', content: '{"x":1}' }]);
  });

  it('shortens ids and names alike in call and result', () => {
    const id = 'x'.repeat(50);
    const { messages, body } = written(
      foreign(
        [
          { role: 'assistant', content: [call(id, { name: 'mcp.server/tool' })] },
          { role: 'user', content: [{ type: 'tool-result', callId: id, content: [] }] },
        ],
        { tools: [{ type: 'function', name: 'mcp.server/tool' }] },
      ),
    );
    const written0 = asArray(messages[0]?.tool_calls)[0] as JsonObject;
    expect(String(written0.id).length).toBeLessThanOrEqual(40);
    expect(messages[1]?.tool_call_id).toBe(written0.id);
    expect(JSON.stringify(body.tools)).toContain('"mcp_server_tool"');
    expect(JSON.stringify(written0)).toContain('"mcp_server_tool"');
  });

  it('joins text for hosts that read only strings', () => {
    const text = (words: string) => ({ type: 'text' as const, text: words });
    const { messages } = written(
      foreign([
        { role: 'system', content: [text('a'), { ...text('b'), cache: {} }] },
        { role: 'developer', content: [text('c')] },
        { role: 'assistant', content: [text('one'), text(' two'), call('a'), text('three')] },
      ]),
    );
    expect(messages.map(({ role, content }) => [role, content])).toEqual([
      ['system', 'a\n\nb'],
      ['system', 'c'],
      ['assistant', 'one two\n\nthree'],
    ]);
  });

  it('keeps cache marks for Claude alone', () => {
    const marked = foreign([{ role: 'user', content: [{ type: 'text', text: 'Hi', cache: { ttl: '1h' } }] }]);
    expect(JSON.stringify(written(marked, 'anthropic/claude-sonnet-5').body)).toContain('"cache_control":{"type":"ephemeral","ttl":"1h"}');
    expect(JSON.stringify(written(marked, 'gpt-4o').body)).not.toContain('cache_control');
  });

  it('replays reasoning text, but neither foreign proofs nor anything to OpenAI', () => {
    const thought: Message = {
      role: 'assistant',
      content: [{ type: 'reasoning', text: 'hm', signature: { value: 's', dialect: 'anthropic-messages' } }, call('a')],
    };
    expect(written(foreign([thought]), 'deepseek-chat').messages[0]).toEqual({
      role: 'assistant',
      content: null,
      reasoning_content: 'hm',
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
    });
    expect(written(foreign([thought]), 'gpt-5.2').messages[0]).not.toHaveProperty('reasoning_content');
  });

  it('leaves out what only its own API can read, aloud', () => {
    const { messages, body, warnings } = written(
      foreign(
        [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Hi' },
              { type: 'server', dialect: 'anthropic-messages', name: 'web_search_tool_result', raw: {} },
              { type: 'server', dialect: 'gemini', name: 'code', raw: {}, text: 'print(1)' },
              { type: 'file', source: { kind: 'file-id', id: 'f', dialect: 'anthropic-messages' } },
            ],
          },
        ],
        {
          tools: [{ type: 'server', kind: 'web-search', dialect: 'anthropic-messages', raw: {} }],
          toolChoice: { type: 'auto' },
          sampling: { topK: 5 },
        },
      ),
    );
    expect(messages).toEqual([{ role: 'user', content: 'Hi\n\nprint(1)' }]);
    expect(body).not.toHaveProperty('tools');
    expect(body).not.toHaveProperty('tool_choice');
    expect(warnings).toHaveLength(4);
  });

  it('says a refusal as text, and gives every function a schema', () => {
    const { messages, body } = written(
      foreign([{ role: 'assistant', content: [{ type: 'refusal', text: 'no' }] }], { tools: [{ type: 'function', name: 'f' }] }),
    );
    expect(messages).toEqual([{ role: 'assistant', content: 'no' }]);
    expect(body.tools).toEqual([{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }]);
  });

  it('offers custom tools as functions', () => {
    const { body, messages } = written(
      foreign([{ role: 'assistant', content: [call('a', { kind: 'custom', name: 'p', arguments: '*** Begin' })] }], {
        dialect: 'openai-responses',
        tools: [{ type: 'custom', name: 'p' }],
      }),
    );
    expect(body.tools).toMatchObject([{ type: 'function', function: { name: 'p', parameters: { required: ['input'] } } }]);
    expect(messages[0]?.tool_calls).toMatchObject([{ type: 'function', function: { arguments: '{"input":"*** Begin"}' } }]);
  });

  it('says the limit, the effort and the format as the model knows them', () => {
    const asked = foreign([hi], {
      sampling: { maxTokens: 9 },
      reasoning: { budget: 60_000 },
      output: { type: 'json-schema', schema: {} },
      stream: true,
      user: 'u',
      parallelToolCalls: true,
    });
    expect(written(asked, 'glm-5').body).toEqual({
      model: 'glm-5',
      messages: [{ role: 'user', content: 'Hi' }],
      max_tokens: 9,
      reasoning_effort: 'high',
      response_format: { type: 'json_schema', json_schema: { name: 'response', schema: {} } },
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(written(asked, 'gpt-5.2').body).toMatchObject({ max_completion_tokens: 9, reasoning_effort: 'xhigh' });
    expect(written({ ...asked, reasoning: { effort: 'none' } }, 'gpt-5-mini').body.reasoning_effort).toBe('minimal');
    expect(openaiChat.writeRequest(asked, writeContext('m', { thinks: false }))).not.toHaveProperty('reasoning_effort');
  });
});

describe('a request of this dialect', () => {
  it('keeps the client’s own limit field and reasoning fields', () => {
    expect(written(request({ max_completion_tokens: 5 })).body).toMatchObject({ max_completion_tokens: 5 });
    const thinking = { thinking: { type: 'enabled' }, reasoning_effort: 'max' };
    expect(written(request(thinking)).body).toMatchObject(thinking);
    const without = openaiChat.writeRequest(request(thinking), writeContext('m', { thinks: false }));
    expect(Object.keys(without)).toEqual(['model', 'messages']);
  });

  it('asks for usage in a stream, and drops stream options without one', () => {
    expect(written(request({ stream: true })).body.stream_options).toEqual({ include_usage: true });
    expect(written(request({ stream_options: { include_obfuscation: false } })).body).not.toHaveProperty('stream_options');
  });

  it('takes the model’s vendor name', () => {
    expect(written(request(), 'vendor-name').body.model).toBe('vendor-name');
  });
});
