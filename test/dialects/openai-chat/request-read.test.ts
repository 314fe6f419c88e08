import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/conversation/json.ts';
import { sealSignature } from '../../../src/conversation/signature.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { read, request } from './support.ts';

const user = (content: unknown) => ({ model: 'm', messages: [{ role: 'user', content }] }) as JsonObject;
const paramOf = (body: unknown) => {
  const parsed = openaiChat.readRequest(body, {});
  return parsed.ok ? 'accepted' : `${parsed.error.class} ${parsed.error.param}`;
};
const assistant = (fields: JsonObject) => request({ messages: [{ role: 'assistant', ...fields }] }).messages[0];

describe('a request with something wrong in it', () => {
  it.each([
    [{ model: 'm' }, 'messages'],
    [{ messages: [{ role: 'user', content: 'Hi' }] }, 'model'],
    [{ model: 'm', messages: [] }, 'messages'],
    [{ model: 'm', messages: [{ role: 'bot', content: 'Hi' }] }, 'messages[0].role'],
    [user([{ type: 'text', text: 'a' }, { text: 'b' }]), 'messages[0].content[1].type'],
    [user([{ type: 'text', text: 'a' }, { type: 7 }]), 'messages[0].content[1].type'],
    [user([{ type: 'text' }]), 'messages[0].content[0].text'],
    [user([{ type: 'image_url', image_url: { detail: 'low' } }]), 'messages[0].content[0].image_url.url'],
    [{ model: 'm', messages: [{ role: 'tool', content: 'x' }] }, 'messages[0].tool_call_id'],
    [{ model: 'm', messages: [{ role: 'assistant', tool_calls: [{ id: 'a', type: 'function' }] }] }, 'messages[0].tool_calls[0].function'],
    [{ ...user('Hi'), temperature: 'hot' }, 'temperature'],
    [{ ...user('Hi'), tools: [{ type: 'function' }] }, 'tools[0].function'],
    [{ ...user('Hi'), stop: [1] }, 'stop[0]'],
  ])('%j names the field', (body, path) => {
    expect(paramOf(body)).toBe(`request ${path}`);
  });

  it('that is no object at all is refused too', () => {
    for (const body of [undefined, null, 'x', [], 7]) expect(paramOf(body)).toMatch(/^request/);
  });
});

describe('what a request says', () => {
  it('nulls are absent, and stream is off', () => {
    expect(request({ temperature: null, tools: null, stop: null, stream: null, n: null })).toEqual({
      dialect: 'openai-chat',
      model: 'm',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
      sampling: {},
      stream: false,
    });
  });

  it('sampling, limits and output', () => {
    const asked = request({
      temperature: 0.5,
      top_p: 0.9,
      top_k: 40,
      stop: 'END',
      max_tokens: 10,
      max_completion_tokens: 20,
      seed: 1,
      logprobs: true,
      top_logprobs: 2,
      stream: true,
      stream_options: { include_usage: true },
      response_format: { type: 'json_schema', json_schema: { name: 'x', strict: true, schema: { type: 'object' } } },
    });
    expect(asked.sampling).toEqual({
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      stop: ['END'],
      maxTokens: 20,
      seed: 1,
      logprobs: true,
      topLogprobs: 2,
    });
    expect(asked).toMatchObject({
      stream: true,
      includeUsage: true,
      output: { type: 'json-schema', name: 'x', strict: true, schema: { type: 'object' } },
    });
  });

  it.each([
    [{ reasoning_effort: 'high' }, { effort: 'high' }],
    [{ reasoning: { effort: 'low', max_tokens: 2000 } }, { effort: 'low', budget: 2000 }],
    [{ reasoning: { enabled: false } }, { effort: 'none' }],
    [{ thinking: { type: 'enabled', budget_tokens: 4096 } }, { budget: 4096 }],
    [{ thinking: { type: 'disabled' } }, { budget: 0 }],
    [{ enable_thinking: false }, { budget: 0 }],
    [{ enable_thinking: true, thinking_budget: 100 }, { budget: 100 }],
  ])('%j asks for reasoning', (fields, reasoning) => {
    expect(request(fields).reasoning).toEqual(reasoning);
  });

  it('tools and choices', () => {
    const asked = request({
      tools: [
        { type: 'function', function: { name: 'f', parameters: { type: 'object' }, strict: true }, cache_control: { type: 'ephemeral' } },
        { type: 'custom', custom: { name: 'p', format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'x' } } } },
        { type: 'openrouter:web_search' },
      ],
      web_search_options: {},
      tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'f' } }] } },
    });
    expect(asked.tools).toEqual([
      { type: 'function', name: 'f', parameters: { type: 'object' }, strict: true, cache: {} },
      { type: 'custom', name: 'p', format: { type: 'grammar', syntax: 'lark', definition: 'x' } },
      { type: 'server', kind: 'web-search', dialect: 'openai-chat', raw: { type: 'openrouter:web_search' } },
      { type: 'server', kind: 'web-search', dialect: 'openai-chat', raw: { web_search_options: {} } },
    ]);
    expect(asked.toolChoice).toEqual({ type: 'allowed', names: ['f'], mode: 'required' });
    expect(request({ tool_choice: { type: 'function', function: { name: 'f' } } }).toolChoice).toEqual({ type: 'tool', name: 'f' });
    expect(request({ tool_choice: { type: 'custom', custom: { name: 'p' } } }).toolChoice).toMatchObject({ kind: 'custom' });
  });

  it('every kind of content part', () => {
    const parts = read(
      user([
        { type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
        { type: 'input_audio', input_audio: { data: 'BBBB', format: 'mp3' } },
        { type: 'file', file: { file_data: 'data:application/pdf;base64,CCCC', filename: 'a.pdf' } },
        { type: 'file', file: { file_id: 'file-1' } },
        { type: 'video_url', video_url: { url: 'https://a.example/v.webm' } },
        { type: 'tool_reference', x: 1 },
      ]),
    ).messages[0]?.content;
    expect(parts).toMatchObject([
      { type: 'text', text: 'a', cache: { ttl: '1h' } },
      { type: 'image', detail: 'low', source: { kind: 'base64', mimeType: 'image/png', data: 'AAAA' } },
      { type: 'audio', source: { kind: 'base64', mimeType: 'audio/mpeg', data: 'BBBB' } },
      { type: 'file', filename: 'a.pdf', source: { kind: 'base64', mimeType: 'application/pdf', data: 'CCCC' } },
      { type: 'file', source: { kind: 'file-id', id: 'file-1', dialect: 'openai-chat' } },
      { type: 'file', source: { kind: 'url', url: 'https://a.example/v.webm', mimeType: 'video/webm' } },
      { type: 'server', name: 'tool_reference', raw: { type: 'tool_reference', x: 1 } },
    ]);
  });

  it('assistant turns: reasoning in any field, calls, refusal, a result that knows its call', () => {
    for (const field of ['reasoning_content', 'reasoning', 'reasoning_text']) {
      expect(assistant({ content: 'Hi', [field]: 'hm' })?.content).toEqual([
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'Hi' },
      ]);
    }
    const asked = request({
      messages: [
        {
          role: 'assistant',
          content: null,
          refusal: 'no',
          tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'ok' }] },
      ],
    });
    expect(asked.messages).toMatchObject([
      {
        content: [
          { type: 'refusal', text: 'no' },
          { type: 'tool-call', id: 'a', name: 'f', arguments: '{}' },
        ],
      },
      { role: 'tool', content: [{ type: 'tool-result', callId: 'a', name: 'f', content: [{ type: 'text', text: 'ok' }] }] },
    ]);
  });

  it('a sealed signature is opened, and shown to no vendor of this dialect', () => {
    const gemini = { value: 'sig', dialect: 'gemini' as const, model: 'g' };
    const claude = { value: 'proof', dialect: 'anthropic-messages' as const };
    const asked = request({
      messages: [
        {
          role: 'assistant',
          reasoning_content: 'hm',
          reasoning_details: [{ type: 'reasoning.encrypted', data: sealSignature(claude, 'openai-chat') }],
          tool_calls: [
            {
              id: 'a',
              type: 'function',
              function: { name: 'f', arguments: '{}' },
              extra_content: { google: { thought_signature: sealSignature(gemini, 'openai-chat') } },
            },
          ],
        },
      ],
    });
    expect(asked.messages[0]?.content).toMatchObject([
      { type: 'reasoning', text: 'hm', signature: claude },
      { type: 'tool-call', signature: gemini },
    ]);
    expect(JSON.stringify(openaiChat.writeRequest(asked, { model: 'deepseek', warn: () => undefined }))).not.toContain('omr1.');
  });

  it('unknown fields at every level come back to this dialect', () => {
    const body = {
      model: 'm',
      x: 1,
      stream_options: { include_usage: true, include_obfuscation: false },
      stream: true,
      tools: [{ type: 'function', function: { name: 'f', z: 4 }, y: 3 }],
      messages: [
        { role: 'user', w: 5, content: [{ type: 'image_url', image_url: { url: 'https://a.example/i', q: 7 }, v: 6 }] },
        { role: 'assistant', content: '', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' }, u: 8 }] },
        { role: 'function', name: 'f', content: 'ok' },
      ],
    } satisfies JsonObject;
    expect(openaiChat.writeRequest(read(body), { model: 'm', warn: () => undefined })).toEqual(body);
  });
});
