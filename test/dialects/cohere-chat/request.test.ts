import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import { cohereChat } from '../../../src/dialects/cohere-chat/index.ts';
import { chat } from '../native.ts';
import { recordedRequests } from '../recorded-requests.ts';
import { requestBody } from './body.ts';

function write(request: ChatRequest, model = 'command-a-03-2025'): { body: JsonObject; warnings: string[] } {
  const warnings: string[] = [];
  return { body: cohereChat.writeRequest(request, { model, warn: (message) => warnings.push(message) }), warnings };
}

const text = (words: string) => ({ type: 'text' as const, text: words });
const parameters = { type: 'object', properties: { song: { type: 'string' } } };

describe('a Cohere request', () => {
  it('has the documented fields', () => {
    const { body, warnings } = write(
      chat({
        messages: [
          { role: 'system', content: [text('Be brief.')] },
          { role: 'developer', content: [text('Be kind.')] },
          {
            role: 'user',
            content: [text('Look:'), { type: 'image', source: { kind: 'base64', mimeType: 'image/png', data: 'aW1n' }, detail: 'low' }],
          },
          { role: 'assistant', content: [text('I look.'), { type: 'tool-call', id: 'c1', name: 'top.song', arguments: '{"song":"x"}' }] },
          { role: 'tool', content: [{ type: 'tool-result', callId: 'c1', content: [text('Elemental Hotel')] }] },
          { role: 'system', content: [text('Later.')] },
        ],
        tools: [{ type: 'function', name: 'top.song', description: 'Get it.', parameters }],
        toolChoice: { type: 'required' },
        sampling: { maxTokens: 100, temperature: 0.5, topP: 1, topK: 5, seed: 3, stop: ['END'], presencePenalty: 1.5 },
        stream: true,
      }),
    );
    expect(body).toEqual({
      model: 'command-a-03-2025',
      stream: true,
      messages: [
        { role: 'system', content: 'Be brief.\n\nBe kind.' },
        { role: 'user', content: [text('Look:'), { type: 'image_url', image_url: { url: 'data:image/png;base64,aW1n', detail: 'low' } }] },
        {
          role: 'assistant',
          tool_plan: 'I look.',
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'top_song', arguments: '{"song":"x"}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: [text('Elemental Hotel')] },
        { role: 'user', content: 'Later.' },
      ],
      tools: [{ type: 'function', function: { name: 'top_song', description: 'Get it.', parameters } }],
      tool_choice: 'REQUIRED',
      max_tokens: 100,
      temperature: 0.5,
      p: 0.99,
      k: 5,
      seed: 3,
      stop_sequences: ['END'],
      presence_penalty: 1,
    });
    expect(warnings).toEqual([]);
  });

  it('gives a thinking model its thoughts back beside its calls, and never another vendor’s', () => {
    const call = { type: 'tool-call' as const, id: 'c1', name: 'f', arguments: '' };
    const messages = (signature?: { value: string; dialect: 'gemini' }): ChatRequest['messages'] => [
      { role: 'user', content: [text('Hi')] },
      { role: 'assistant', content: [{ type: 'reasoning', text: 'Hm.', ...(signature ? { signature } : {}) }, call] },
    ];
    const turn = (request: ChatRequest, model?: string) => write(request, model).body.messages?.[1 as never];
    const calls = [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }];
    expect(turn(chat({ messages: messages() }), 'command-a-reasoning-08-2025')).toEqual({
      role: 'assistant',
      content: [{ type: 'thinking', thinking: 'Hm.' }],
      tool_calls: calls,
    });
    expect(turn(chat({ messages: messages(), reasoning: { effort: 'none' } }), 'command-a-reasoning-08-2025')).toHaveProperty(
      'tool_plan',
      'Hm.',
    );
    expect(turn(chat({ messages: messages() }))).toEqual({ role: 'assistant', tool_plan: 'Hm.', tool_calls: calls });
    expect(turn(chat({ messages: messages({ value: 's', dialect: 'gemini' }) }))).toEqual({ role: 'assistant', tool_calls: calls });
  });

  it.each([
    [{ effort: 'none' }, { type: 'disabled' }],
    [{ budget: 0 }, { type: 'disabled' }],
    [{ budget: 4000 }, { type: 'enabled', token_budget: 4000 }],
    [{ budget: -1 }, { type: 'enabled' }],
    [{ effort: 'low' }, { type: 'enabled', token_budget: 1024 }],
    [{ effort: 'high' }, { type: 'enabled' }],
    [undefined, undefined],
  ] as const)('says %o as thinking %o, to models that think', (reasoning, thinking) => {
    const request = chat(reasoning ? { reasoning } : {});
    expect(write(request, 'command-a-plus-05-2026').body.thinking).toEqual(thinking);
    expect(write(request, 'command-r-plus-08-2024').body.thinking).toBeUndefined();
    expect(write(request, 'command-a-03-2025').body.thinking).toBeUndefined();
  });

  const tools: ChatRequest['tools'] = [
    { type: 'function', name: 'a' },
    { type: 'function', name: 'b' },
  ];
  const offered = (body: JsonObject) => JSON.stringify(body.tools ?? []).match(/"name":"\w+"/g) ?? [];

  it.each([
    [{ type: 'auto' }, 2, undefined],
    [{ type: 'none' }, 0, undefined],
    [{ type: 'tool', name: 'b' }, 1, 'REQUIRED'],
    [{ type: 'allowed', names: ['a'], mode: 'auto' }, 1, undefined],
    [{ type: 'allowed', names: ['a', 'b'], mode: 'required' }, 2, 'REQUIRED'],
  ] as const)('says the choice %o with %i tools and %s', (toolChoice, count, said) => {
    const choice = toolChoice.type === 'allowed' ? { ...toolChoice, names: [...toolChoice.names] } : toolChoice;
    const { body } = write(chat({ tools, toolChoice: choice }));
    expect([offered(body).length, body.tool_choice]).toEqual([count, said]);
  });

  it('asks for JSON by schema, but not beside tools', () => {
    const output = { type: 'json-schema' as const, schema: parameters };
    expect(write(chat({ output })).body.response_format).toEqual({ type: 'json_object', json_schema: parameters });
    const beside = write(chat({ output, tools }));
    expect([beside.body.response_format, beside.warnings.length]).toEqual([undefined, 1]);
  });

  it('warns of all it leaves out', () => {
    const { body, warnings } = write(
      chat({
        messages: [
          { role: 'user', content: [{ type: 'file', source: { kind: 'base64', mimeType: 'application/pdf', data: 'eA==' } }, text('Hi')] },
        ],
        sampling: { n: 2, stop: ['1', '2', '3', '4', '5', '6'], frequencyPenalty: 1, presencePenalty: 1 },
        tools: [{ type: 'server', kind: 'web-search', dialect: 'gemini', raw: {} }],
      }),
    );
    expect(requestBody.safeParse(body).error).toBeUndefined();
    expect(warnings).toHaveLength(5);
  });

  it('puts pictures of a tool into a user message behind all results of the turn', () => {
    const picture = { type: 'image' as const, source: { kind: 'url' as const, url: 'https://x.example/a.png' } };
    const { body } = write(
      chat({
        messages: [
          {
            role: 'user',
            content: [
              { type: 'tool-result', callId: 'c1', content: [picture] },
              { type: 'tool-result', callId: 'c2', content: [] },
              text('And now?'),
            ],
          },
        ],
      }),
    );
    expect(body.messages).toMatchObject([
      { role: 'tool', tool_call_id: 'c1', content: [text('See the attachment in the next message.')] },
      { role: 'tool', tool_call_id: 'c2', content: [text('(no output)')] },
      { role: 'user', content: [{ type: 'text' }, { type: 'image_url', image_url: { url: 'https://x.example/a.png' } }] },
      { role: 'user', content: 'And now?' },
    ]);
  });
});

describe('recorded requests, written for Cohere', () => {
  const requests = recordedRequests();
  it('are those of all four dialects', () => expect(requests.length).toBeGreaterThan(140));
  it.each(requests)('%s', (_, request) => {
    for (const model of ['command-a-03-2025', 'command-a-plus-05-2026']) {
      expect(requestBody.safeParse(write(request, model).body).error?.issues ?? []).toEqual([]);
    }
  });
});
