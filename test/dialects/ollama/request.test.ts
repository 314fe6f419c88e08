import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import { ollama } from '../../../src/dialects/ollama/index.ts';
import { chat } from '../native.ts';
import { recordedRequests } from '../recorded-requests.ts';
import { requestBody } from './body.ts';

function write(request: ChatRequest, model = 'qwen3:8b'): { body: JsonObject; warnings: string[] } {
  const warnings: string[] = [];
  return { body: ollama.writeRequest(request, { model, warn: (message) => warnings.push(message) }), warnings };
}

const text = (words: string) => ({ type: 'text' as const, text: words });
const parameters = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] };

describe('an Ollama request', () => {
  it('has the documented fields', () => {
    const { body, warnings } = write(
      chat({
        messages: [
          { role: 'developer', content: [text('Be brief.')] },
          {
            role: 'user',
            content: [text('Look:'), { type: 'image', source: { kind: 'base64', mimeType: 'image/png', data: 'aW1n' } }, text('So?')],
          },
          {
            role: 'assistant',
            content: [
              { type: 'reasoning', text: 'Hm.' },
              text('I add.'),
              { type: 'tool-call', id: 'c1', name: 'add', arguments: '{"a":2}' },
            ],
          },
          { role: 'tool', content: [{ type: 'tool-result', callId: 'c1', content: [text('5')] }] },
        ],
        tools: [{ type: 'function', name: 'add', description: 'Adds.', parameters }],
        sampling: {
          maxTokens: 100,
          temperature: 0,
          topP: 0.9,
          topK: 5,
          seed: 42,
          stop: ['END'],
          frequencyPenalty: 1,
          presencePenalty: -1,
          logprobs: true,
          topLogprobs: 2,
        },
        output: { type: 'json' },
        reasoning: { effort: 'none' },
      }),
    );
    expect(body).toEqual({
      model: 'qwen3:8b',
      stream: false,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Look:\n\nSo?', images: ['aW1n'] },
        {
          role: 'assistant',
          content: 'I add.',
          thinking: 'Hm.',
          tool_calls: [{ id: 'c1', function: { name: 'add', arguments: { a: 2 } } }],
        },
        { role: 'tool', content: '5', tool_name: 'add', tool_call_id: 'c1' },
      ],
      tools: [{ type: 'function', function: { name: 'add', description: 'Adds.', parameters } }],
      format: 'json',
      think: false,
      logprobs: true,
      top_logprobs: 2,
      options: {
        temperature: 0,
        top_p: 0.9,
        top_k: 5,
        seed: 42,
        stop: ['END'],
        num_predict: 100,
        frequency_penalty: 1,
        presence_penalty: -1,
      },
    });
    expect(warnings).toEqual([]);
  });

  it.each([
    ['qwen3:8b', { effort: 'high' }, undefined],
    ['llama3.1:8b', { budget: 4000 }, undefined],
    ['qwen3:8b', { budget: 0 }, false],
    ['gpt-oss:20b', { effort: 'high' }, 'high'],
    ['gpt-oss:20b', { effort: 'xhigh' }, 'high'],
    ['gpt-oss:20b', { effort: 'none' }, 'low'],
    ['gpt-oss:20b', undefined, undefined],
  ] as const)('says to %s asked for %o: think %s', (model, reasoning, think) => {
    expect(write(chat(reasoning ? { reasoning } : {}), model).body.think).toBe(think);
  });

  it('warns of all it leaves out', () => {
    const { body, warnings } = write(
      chat({
        messages: [
          { role: 'user', content: [{ type: 'image', source: { kind: 'url', url: 'https://x.example/a.png' } }, text('Hi')] },
          { role: 'assistant', content: [{ type: 'reasoning', text: 'x', signature: { value: 's', dialect: 'gemini' } }, text('Ho')] },
        ],
        tools: [
          { type: 'function', name: 'add', parameters: { properties: { any: true } } },
          { type: 'server', kind: 'web-search', dialect: 'gemini', raw: {} },
        ],
        toolChoice: { type: 'required' },
        sampling: { n: 2 },
      }),
    );
    expect(requestBody.safeParse(body).error).toBeUndefined();
    expect(body.messages).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Ho' },
    ]);
    expect(warnings).toEqual([
      expect.stringContaining('web-search'),
      expect.stringContaining('one answer'),
      expect.stringContaining('without a call'),
      expect.stringContaining('by its address'),
    ]);
  });

  it('offers only the tools a choice allows, and none when calls are forbidden', () => {
    const tools: ChatRequest['tools'] = [
      { type: 'function', name: 'a' },
      { type: 'function', name: 'b' },
    ];
    expect(write(chat({ tools, toolChoice: { type: 'tool', name: 'b' } })).body.tools).toMatchObject([{ function: { name: 'b' } }]);
    expect(write(chat({ tools, toolChoice: { type: 'none' } })).body.tools).toBeUndefined();
  });

  it('keeps arguments that are no object where the model sees them', () => {
    const call = { type: 'tool-call' as const, id: 'c1', name: 'f', arguments: '{"a":' };
    const { body } = write(chat({ messages: [{ role: 'assistant', content: [call] }] }));
    expect(body.messages).toMatchObject([{ tool_calls: [{ function: { arguments: { input: '{"a":' } } }] }]);
  });
});

describe('recorded requests, written for Ollama', () => {
  const requests = recordedRequests();
  it('are those of all four dialects', () => expect(requests.length).toBeGreaterThan(140));
  it.each(requests)('%s', (_, request) => {
    for (const model of ['qwen3:8b', 'gpt-oss:20b'])
      expect(requestBody.safeParse(write(request, model).body).error?.issues ?? []).toEqual([]);
  });
});
