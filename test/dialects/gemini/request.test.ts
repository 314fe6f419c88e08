import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/conversation/json.ts';
import { gemini } from '../../../src/dialects/gemini/index.ts';
import { canonical, chats, named, requestOf, writeContext } from './support.ts';

function expected(body: JsonObject): JsonObject {
  const canon = canonical(body) as JsonObject;
  // A system instruction's role says nothing.
  if (canon.systemInstruction) delete (canon.systemInstruction as JsonObject).role;
  return canon;
}

describe('reading and writing a recorded request', () => {
  it.each(chats.filter((chat) => chat.request).map((chat) => [chat.name, chat] as const))('%s stays the same', (_, chat) => {
    const written = gemini.writeRequest(requestOf(chat), writeContext(chat.model ?? ''));
    expect(canonical(written)).toEqual(expected(chat.request?.body ?? {}));
  });
});

describe('reading', () => {
  const read = (body: unknown) => gemini.readRequest(body, { model: 'gemini-2.5-flash', stream: true });
  const value = (body: unknown) => {
    const parsed = read(body);
    if (!parsed.ok) throw parsed.error;
    return parsed.value;
  };

  it('takes model and streaming from the route', () => {
    expect(value({ contents: [{ parts: [{ text: 'hi' }] }] })).toMatchObject({ model: 'gemini-2.5-flash', stream: true });
  });

  it.each([
    ['contents[0].parts[1].inlineData.data', { contents: [{ parts: [{ text: 'a' }, { inline_data: { mime_type: 'image/png' } }] }] }],
    ['contents[0].role', { contents: [{ role: 'assistant', parts: [] }] }],
    ['tools[0].functionDeclarations[0].name', { contents: [], tools: [{ function_declarations: [{}] }] }],
    ['generationConfig.maxOutputTokens', { contents: [], generation_config: { max_output_tokens: 'many' } }],
  ])('names the field %s', (param, body) => {
    const parsed = read(body);
    expect(parsed.ok ? undefined : { class: parsed.error.class, param: parsed.error.param }).toEqual({ class: 'request', param });
  });

  it('refuses a body that is no object', () => {
    expect(read([]).ok).toBe(false);
    expect(read(null).ok).toBe(false);
  });

  it('takes both spellings of every field name', () => {
    const snake = value({
      contents: [{ parts: [{ inline_data: { mime_type: 'image/png', data: 'AAAA' } }] }],
      system_instruction: { parts: [{ text: 's' }] },
      generation_config: { top_k: 3, stop_sequences: ['x'], thinking_config: { thinking_budget: 7 } },
      tool_config: { function_calling_config: { mode: 'ANY', allowed_function_names: ['f'] } },
    });
    const camel = value({
      contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }] }],
      systemInstruction: { parts: [{ text: 's' }] },
      generationConfig: { topK: 3, stopSequences: ['x'], thinkingConfig: { thinkingBudget: 7 } },
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f'] } },
    });
    expect(snake).toEqual(camel);
    expect(camel).toMatchObject({
      sampling: { topK: 3, stop: ['x'] },
      reasoning: { budget: 7 },
      toolChoice: { type: 'tool', name: 'f' },
      messages: [{ role: 'system' }, { role: 'user', content: [{ type: 'image', source: { mimeType: 'image/png' } }] }],
    });
  });

  it('pairs results with calls by name and order where there are no ids, and never sends the ids it made', () => {
    const body = {
      contents: [
        { role: 'user', parts: [{ text: 'go' }] },
        {
          role: 'model',
          parts: [
            { functionCall: { name: 'a', args: { n: 1 } } },
            { functionCall: { name: 'a', args: { n: 2 } } },
            { functionCall: { name: 'b' } },
          ],
        },
        {
          role: 'function',
          parts: [
            { functionResponse: { name: 'b', response: { output: 'B' } } },
            { functionResponse: { name: 'a', response: { x: 1 } } },
            { functionResponse: { name: 'a', response: { error: 'no' } } },
          ],
        },
      ],
    };
    const request = value(body);
    const [, calls, results] = request.messages;
    const ids = calls?.content.map((part) => (part.type === 'tool-call' ? part.id : ''));
    expect(new Set(ids).size).toBe(3);
    expect(results?.content).toMatchObject([
      { callId: ids?.[2], name: 'b', content: [{ text: 'B' }] },
      { callId: ids?.[0], json: { x: 1 }, content: [{ text: '{"x":1}' }] },
      { callId: ids?.[1], isError: true, content: [{ text: 'no' }] },
    ]);
    expect(value(body)).toEqual(request);
    const written = gemini.writeRequest(request, writeContext('gemini-3-flash-preview'));
    expect(JSON.stringify(written)).not.toContain('"id"');
    expect((written.contents as JsonObject[])[2]?.role).toBe('function');
  });

  it('turns upper-case schema types into JSON Schema for other dialects', () => {
    const request = value({
      contents: [],
      tools: [
        {
          functionDeclarations: [
            {
              name: 'f',
              parameters: {
                type: 'OBJECT',
                properties: {
                  type: { type: 'STRING', enum: ['A', 'B'], format: 'enum' },
                  list: { type: 'ARRAY', items: { type: 'INTEGER' }, minItems: '2' },
                  maybe: { type: 'NUMBER', nullable: true },
                },
              },
            },
          ],
        },
        { googleSearch: {}, urlContext: {} },
        { computerUse: { environment: 'BROWSER' } },
      ],
    });
    expect(request.tools).toMatchObject([
      {
        parameters: {
          type: 'object',
          properties: {
            type: { type: 'string', enum: ['A', 'B'] },
            list: { type: 'array', items: { type: 'integer' }, minItems: 2 },
            maybe: { type: ['number', 'null'] },
          },
        },
      },
      { type: 'server', kind: 'web-search' },
      { type: 'server', kind: 'web-fetch' },
      { type: 'server', kind: 'other', raw: { computerUse: { environment: 'BROWSER' } } },
    ]);
  });

  it('gives base64 in the standard alphabet (google-mixed-content-ordering sends the URL-safe one)', () => {
    const request = requestOf(named('google-mixed-content-ordering-google-2-5-1'));
    const image = request.messages.flatMap((message) => message.content).find((part) => part.type === 'image');
    expect(image?.source.kind === 'base64' ? image.source.data : '-_').not.toMatch(/[-_]/);
  });

  it('gives VALIDATED back to Gemini, and asks other dialects for auto', () => {
    const toolConfig = { functionCallingConfig: { mode: 'VALIDATED' } };
    const body = { contents: [{ role: 'user', parts: [{ text: 'hi' }] }], tools: [{ functionDeclarations: [{ name: 'f' }] }], toolConfig };
    const read = gemini.readRequest(body, {});
    if (!read.ok) throw read.error;
    expect(read.value.toolChoice).toEqual({ type: 'auto' });
    expect(gemini.writeRequest(read.value, writeContext('m'))).toMatchObject({ toolConfig });
  });

  it('keeps fields it does not know and gives them back to the same dialect', () => {
    const body = {
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'x', partMetadata: { a: 1 } },
            { fileData: { fileUri: 'gs://b/v.mp4', mimeType: 'video/mp4' }, videoMetadata: { fps: 2 } },
          ],
        },
      ],
      generationConfig: { mediaResolution: 'MEDIA_RESOLUTION_LOW', speechConfig: { voice: 1 }, thinkingConfig: { newThing: true } },
      safetySettings: [{ category: 'X' }],
      cachedContent: 'cachedContents/1',
      labels: { a_b: 'c' },
    };
    const request = value(body);
    expect(gemini.writeRequest(request, writeContext('gemini-2.5-flash'))).toEqual(body);
  });
});
