import { describe, expect, it } from 'vitest';
import type { TextPart, ToolCallPart, ToolResultPart } from '../../../src/conversation/content.ts';
import type { JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import { gemini } from '../../../src/dialects/gemini/index.ts';
import { writeContext } from './support.ts';

const base: ChatRequest = {
  dialect: 'openai-chat',
  model: 'm',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
  sampling: {},
  stream: false,
};

function write(request: Partial<ChatRequest>, model = 'gemini-2.5-flash', thinks?: boolean) {
  const context = writeContext(model, thinks === undefined ? {} : { thinks });
  const body = gemini.writeRequest({ ...base, ...request }, context);
  return {
    body,
    contents: body.contents as { role: string; parts: JsonObject[] }[],
    config: (body.generationConfig ?? {}) as JsonObject,
    warnings: context.warnings,
  };
}

const text = (value: string): TextPart => ({ type: 'text', text: value });
const call = (id: string, name = 'f', args = '{"a":1}'): ToolCallPart => ({ type: 'tool-call', id, name, arguments: args });
const result = (callId: string, value: string): ToolResultPart => ({ type: 'tool-result', callId, content: [text(value)] });

describe('turns', () => {
  it('lifts leading system messages and keeps later ones in place as user text', () => {
    const { body, contents } = write({
      messages: [
        { role: 'system', content: [text('a')] },
        { role: 'developer', content: [text('b')] },
        { role: 'user', content: [text('c')] },
        { role: 'system', content: [text('d')] },
        { role: 'assistant', content: [text('e')] },
        { role: 'assistant', content: [text('f')] },
      ],
    });
    expect(body.systemInstruction).toEqual({ parts: [{ text: 'a' }, { text: 'b' }] });
    expect(contents).toEqual([
      { role: 'user', parts: [{ text: 'c' }, { text: 'd' }] },
      { role: 'model', parts: [{ text: 'e' }, { text: 'f' }] },
    ]);
  });

  it('never sends empty contents or contents that begin with the model', () => {
    expect(write({ messages: [] }).contents).toHaveLength(1);
    const systemOnly = write({ messages: [{ role: 'system', content: [text('Write a poem.')] }] });
    expect(systemOnly.contents).toEqual([{ role: 'user', parts: [{ text: 'Write a poem.' }] }]);
    expect(systemOnly.body.systemInstruction).toBeUndefined();
    expect(write({ messages: [{ role: 'assistant', content: [text('x')] }] }).contents.map((turn) => turn.role)).toEqual(['user', 'model']);
    expect(write({ messages: [{ role: 'user', content: [text('')] }] }).contents[0]?.parts).not.toEqual([]);
  });

  it('answers every call directly after its turn, with the name of the call', () => {
    const { contents } = write({
      messages: [
        { role: 'user', content: [text('go')] },
        { role: 'assistant', content: [call('1', 'f'), call('2', 'g')] },
        { role: 'tool', content: [result('2', 'plain')] },
        { role: 'tool', content: [{ ...result('1', '{"k":1}') }] },
        { role: 'user', content: [text('next')] },
      ],
    });
    expect(contents.map((turn) => turn.role)).toEqual(['user', 'model', 'user', 'user']);
    expect(contents[2]?.parts).toEqual([
      { functionResponse: { name: 'g', response: { result: 'plain' } } },
      { functionResponse: { name: 'f', response: { k: 1 } } },
    ]);
    expect(contents[3]?.parts).toEqual([{ text: 'next' }]);
  });

  it('takes calls in neighbouring assistant messages as parallel ones', () => {
    const { contents } = write({
      messages: [
        { role: 'user', content: [text('go')] },
        { role: 'assistant', content: [call('1')] },
        { role: 'assistant', content: [call('2')] },
        { role: 'tool', content: [result('1', 'a')] },
        { role: 'tool', content: [result('2', 'b')] },
      ],
    });
    expect(contents.map((turn) => turn.parts.length)).toEqual([1, 2, 2]);
  });

  it('fills in the result of a call that was never answered, and tells a result without a call in words', () => {
    const { contents } = write({
      messages: [
        { role: 'user', content: [text('go'), result('gone', 'lost')] },
        { role: 'assistant', content: [call('1'), call('2')] },
        { role: 'user', content: [result('2', 'b'), text('stop')] },
      ],
    });
    expect(JSON.stringify(contents[0])).toContain('Result of a tool: lost');
    expect(contents[2]?.parts.map((part) => (part.functionResponse as JsonObject).response)).toEqual([
      { result: 'b' },
      { error: 'The call was not carried out.' },
    ]);
    expect(contents[3]?.parts).toEqual([{ text: 'stop' }]);
  });

  it('gives errors as errors and bad arguments as none, with a warning', () => {
    const { contents, warnings } = write({
      messages: [
        { role: 'user', content: [text('go')] },
        { role: 'assistant', content: [call('1', 'f', '{"a":')] },
        { role: 'tool', content: [{ ...result('1', 'broken'), isError: true }] },
      ],
    });
    expect(contents[1]?.parts).toEqual([{ functionCall: { name: 'f', args: {} } }]);
    expect(contents[2]?.parts).toEqual([{ functionResponse: { name: 'f', response: { error: 'broken' } } }]);
    expect(warnings).toHaveLength(1);
  });

  it('sends ids to Gemini 3 alone', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'user', content: [text('go')] },
      { role: 'assistant', content: [call('call_7')] },
      { role: 'tool', content: [result('call_7', 'x')] },
    ];
    expect(JSON.stringify(write({ messages }, 'gemini-2.5-pro').contents)).not.toContain('call_7');
    expect(JSON.stringify(write({ messages }, 'gemini-3-pro-preview').contents).match(/call_7/g)).toHaveLength(2);
  });

  it('shows images of a result inside it for Gemini 3, else after all results', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'user', content: [text('go')] },
      { role: 'assistant', content: [call('1'), call('2')] },
      {
        role: 'tool',
        content: [
          {
            ...result('1', 'see'),
            content: [text('see'), { type: 'image', source: { kind: 'base64', mimeType: 'image/png', data: 'AAAA' } }],
          },
        ],
      },
      { role: 'tool', content: [result('2', 'x')] },
    ];
    const image = { inlineData: { mimeType: 'image/png', data: 'AAAA' } };
    const newer = write({ messages }, 'gemini-3-flash-preview').contents;
    expect(newer[2]?.parts[0]).toMatchObject({ functionResponse: { parts: [image] } });
    expect(newer).toHaveLength(3);
    const older = write({ messages }).contents;
    expect(older[2]?.parts).toHaveLength(2);
    expect(older[3]?.parts[1]).toEqual(image);
  });
});

describe('signatures and thoughts', () => {
  const history = (signature?: { value: string; dialect: 'gemini' | 'anthropic-messages'; model?: string }): ChatRequest['messages'] => [
    { role: 'user', content: [text('go')] },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'hm', ...(signature ? { signature } : {}) },
        { ...call('1'), ...(signature ? { signature } : {}) },
        call('2'),
      ],
    },
    { role: 'tool', content: [result('1', 'a'), result('2', 'b')] },
  ];

  it("puts Google's own signature back on its part", () => {
    const parts = write({ messages: history({ value: 'SIG', dialect: 'gemini', model: 'gemini-3-pro-preview' }) }, 'gemini-3-pro-preview')
      .contents[1]?.parts;
    expect(parts).toMatchObject([
      { text: 'hm', thought: true, thoughtSignature: 'SIG' },
      { thoughtSignature: 'SIG' },
      { functionCall: {} },
    ]);
    expect(parts?.[2]).not.toHaveProperty('thoughtSignature');
  });

  it.each([
    ['none', undefined],
    ["another vendor's", { value: 'X', dialect: 'anthropic-messages' }],
    ["another model's", { value: 'X', dialect: 'gemini', model: 'gemini-2.5-pro' }],
  ] as const)('with %s: no thoughts, and the documented stand-in on the first call for Gemini 3', (_, signature) => {
    const newer = write({ messages: history(signature) }, 'gemini-3-pro-preview').contents[1]?.parts;
    expect(newer?.map((part) => part.thoughtSignature)).toEqual(['skip_thought_signature_validator', undefined]);
    const older = write({ messages: history(signature) }, 'gemini-2.5-flash').contents[1]?.parts;
    expect(older?.map((part) => part.thoughtSignature)).toEqual([undefined, undefined]);
  });
});

describe('tools', () => {
  const tool = (name: string, parameters?: JsonObject) => ({ type: 'function', name, ...(parameters ? { parameters } : {}) }) as const;
  const search = { type: 'server', kind: 'web-search', dialect: 'anthropic-messages', raw: { type: 'web_search_20250305' } } as const;
  const params = { type: 'object', properties: { x: { type: 'string' } }, additionalProperties: false };

  it('maps names there and back', () => {
    const request = {
      ...base,
      tools: [tool('mcp/list files', params), tool('ok')],
      toolChoice: { type: 'tool', name: 'mcp/list files' } as const,
    };
    const { body } = write(request);
    const [declared] = (body.tools as { functionDeclarations: { name: string }[] }[])[0]?.functionDeclarations ?? [];
    expect(declared?.name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/);
    expect(body.toolConfig).toEqual({ functionCallingConfig: { mode: 'ANY', allowedFunctionNames: [declared?.name] } });
    const read = gemini.readResponse(
      { candidates: [{ content: { parts: [{ functionCall: { name: declared?.name ?? '' } }] }, finishReason: 'STOP' }] },
      { request, model: 'm', now: () => 0, newId: () => '1' },
    );
    expect(read.ok && read.value.choices[0]?.content[0]).toMatchObject({ name: 'mcp/list files' });
  });

  it('leaves out empty parameters', () => {
    const { body } = write({ tools: [tool('a'), tool('b', { type: 'object', properties: {} }), tool('c', params)] });
    expect(body.tools).toEqual([
      {
        functionDeclarations: [
          { name: 'a' },
          { name: 'b' },
          { name: 'c', parameters: { type: 'OBJECT', properties: { x: { type: 'STRING' } } } },
        ],
      },
    ]);
  });

  it('offers a free-form tool as a function and gives the call back as text', () => {
    const request = { ...base, tools: [{ type: 'custom', name: 'patch' } as const] };
    expect(JSON.stringify(write(request).body.tools)).toContain('"input"');
    const read = gemini.readResponse(
      { candidates: [{ content: { parts: [{ functionCall: { name: 'patch', args: { input: '*** x' } } }] }, finishReason: 'STOP' }] },
      { request, model: 'm', now: () => 0, newId: () => '1' },
    );
    expect(read.ok && read.value.choices[0]?.content[0]).toMatchObject({ kind: 'custom', arguments: '*** x' });
  });

  it.each([
    [{ type: 'auto' }, { mode: 'AUTO' }],
    [{ type: 'none' }, { mode: 'NONE' }],
    [{ type: 'required' }, { mode: 'ANY' }],
    [
      { type: 'allowed', names: ['a'], mode: 'required' },
      { mode: 'ANY', allowedFunctionNames: ['a'] },
    ],
  ] as const)('choice %j', (toolChoice, functionCallingConfig) => {
    const choice = toolChoice.type === 'allowed' ? { ...toolChoice, names: [...toolChoice.names] } : toolChoice;
    expect(write({ tools: [tool('a')], toolChoice: choice }).body.toolConfig).toEqual({ functionCallingConfig });
  });

  it('offers only the allowed ones where none is required', () => {
    const { body } = write({ tools: [tool('a'), tool('b')], toolChoice: { type: 'allowed', names: ['b'], mode: 'auto' } });
    expect(body.tools).toEqual([{ functionDeclarations: [{ name: 'b' }] }]);
  });

  it('searches alone on 2.5, beside functions on 3', () => {
    expect(write({ tools: [search] }).body.tools).toEqual([{ googleSearch: {} }]);
    const older = write({ tools: [search, tool('a')] });
    expect(older.body.tools).toEqual([{ functionDeclarations: [{ name: 'a' }] }]);
    expect(older.warnings[0]).toContain('googleSearch');
    const newer = write({ tools: [search, tool('a')] }, 'gemini-3-flash-preview');
    expect(newer.body.tools).toHaveLength(2);
    expect(newer.body.toolConfig).toEqual({ includeServerSideToolInvocations: true });
  });

  it('leaves out what Gemini has nothing like, and says so', () => {
    const { body, warnings } = write({
      tools: [{ type: 'server', kind: 'other', dialect: 'openai-responses', raw: { type: 'image_generation' } }],
    });
    expect(body.tools).toBeUndefined();
    expect(warnings[0]).toContain('image_generation');
  });
});

describe('settings', () => {
  it('names every sampling setting as Google does', () => {
    const { config, warnings } = write({
      sampling: {
        temperature: 0.5,
        topP: 0.9,
        topK: 4,
        n: 2,
        maxTokens: 99,
        stop: ['1', '2', '3', '4', '5', '6'],
        seed: 7,
        presencePenalty: 1,
        frequencyPenalty: -1,
        logprobs: true,
        topLogprobs: 3,
      },
      modalities: ['text', 'image'],
      output: { type: 'json-schema', schema: { type: 'object', properties: { a: { const: 'x' } }, additionalProperties: false } },
    });
    expect(config).toEqual({
      temperature: 0.5,
      topP: 0.9,
      topK: 4,
      candidateCount: 2,
      maxOutputTokens: 99,
      stopSequences: ['1', '2', '3', '4', '5'],
      seed: 7,
      presencePenalty: 1,
      frequencyPenalty: -1,
      responseLogprobs: true,
      logprobs: 3,
      responseModalities: ['TEXT', 'IMAGE'],
      responseMimeType: 'application/json',
      responseSchema: { type: 'OBJECT', properties: { a: { type: 'STRING', enum: ['x'] } } },
    });
    expect(warnings).toHaveLength(1);
  });

  it.each([
    ['gemini-3-pro-preview', { effort: 'medium' }, { thinkingLevel: 'high', includeThoughts: true }],
    ['gemini-3-pro-preview', { effort: 'none' }, { thinkingLevel: 'low' }],
    ['gemini-3.1-pro-preview', { effort: 'medium' }, { thinkingLevel: 'medium', includeThoughts: true }],
    ['gemini-3-flash-preview', { effort: 'none' }, { thinkingLevel: 'minimal' }],
    ['gemini-3-flash-preview', { budget: 10_000 }, { thinkingLevel: 'medium', includeThoughts: true }],
    ['gemini-flash-latest', { effort: 'max' }, { thinkingLevel: 'high', includeThoughts: true }],
    ['gemini-3-pro-preview', { budget: -1 }, { includeThoughts: true }],
    ['gemini-2.5-pro', { effort: 'none' }, { thinkingBudget: 128 }],
    ['gemini-2.5-pro', { budget: 99_999 }, { thinkingBudget: 32_768, includeThoughts: true }],
    ['gemini-2.5-flash', { effort: 'none' }, { thinkingBudget: 0 }],
    ['gemini-2.5-flash', { effort: 'max' }, { thinkingBudget: 24_576, includeThoughts: true }],
    ['gemini-2.5-flash-lite', { budget: 100 }, { thinkingBudget: 512, includeThoughts: true }],
    ['gemini-2.5-flash', { budget: -1 }, { thinkingBudget: -1, includeThoughts: true }],
    ['gemini-2.0-flash', { effort: 'high' }, undefined],
    ['gemini-2.5-flash-image', { effort: 'high' }, undefined],
  ] as const)('%s thinks %j as %j', (model, reasoning, expected) => {
    expect(write({ reasoning }, model).config.thinkingConfig).toEqual(expected);
  });

  it('leaves thinking out where the model has none', () => {
    expect(write({ reasoning: { effort: 'high' } }, 'gemini-2.5-flash', false).config.thinkingConfig).toBeUndefined();
  });

  it("leaves another dialect's own fields out", () => {
    const { body } = write({ extensions: { 'openai-chat': { logit_bias: {} }, gemini: { cachedContent: 'x' } } });
    expect(Object.keys(body)).toEqual(['contents']);
  });

  it('gives URLs as file data and drops files of other vendors with a warning', () => {
    const { contents, warnings } = write({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { kind: 'url', url: 'https://a/b.png' } },
            { type: 'file', source: { kind: 'file-id', id: 'file-1', dialect: 'openai-chat' } },
            { type: 'audio', source: { kind: 'base64', mimeType: 'audio/wav', data: 'AA' } },
          ],
        },
      ],
    });
    expect(contents[0]?.parts).toEqual([
      { fileData: { fileUri: 'https://a/b.png', mimeType: 'image/png' } },
      { inlineData: { mimeType: 'audio/wav', data: 'AA' } },
    ]);
    expect(warnings).toHaveLength(1);
  });
});
