import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError, type GenerateContentResponse, GoogleGenAI } from '@google/genai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/conversation/error.ts';
import { isObject } from '../../../src/conversation/json.ts';
import { gemini } from '../../../src/dialects/gemini/index.ts';
import type { Recording } from '../../recordings.ts';
import { chats, chunksOf, readContext, replyContext } from './support.ts';

/** What the loopback server answers next. */
let answer: { status: number; type: string; text: string } = { status: 200, type: 'application/json', text: '{}' };
let server: Server;
let client: GoogleGenAI;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(answer.status, { 'content-type': answer.type });
      response.end(answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new GoogleGenAI({ apiKey: 'none', vertexai: false, httpOptions: { baseUrl: `http://127.0.0.1:${port}` } });
});
afterAll(() => server.close());

/** What a program sees through the SDK: equal for the vendor's bytes and ours. */
interface Seen {
  text: string;
  thoughts: string;
  calls: unknown[];
  signatures: string[];
  finish: unknown;
  usage: unknown;
}

function seen(responses: GenerateContentResponse[]): Seen {
  const parts = responses.flatMap((response) => response.candidates?.[0]?.content?.parts ?? []);
  const usage: { promptTokenCount?: number; toolUsePromptTokenCount?: number } = { ...responses.at(-1)?.usageMetadata };
  return {
    text: parts.flatMap((part) => (part.thought ? [] : [part.text ?? ''])).join(''),
    thoughts: parts.flatMap((part) => (part.thought ? [part.text ?? ''] : [])).join(''),
    calls: callsOf(responses),
    signatures: parts.flatMap((part) => part.thoughtSignature ?? []),
    finish: responses.flatMap((response) => response.candidates?.[0]?.finishReason ?? []).at(-1),
    usage: usageOf(usage),
  };
}

function callsOf(responses: GenerateContentResponse[]): unknown[] {
  return responses.flatMap((response) => response.functionCalls ?? []).map(({ name, args }) => [name, args]);
}

function usageOf(usage: {
  promptTokenCount?: number;
  toolUsePromptTokenCount?: number;
  candidatesTokenCount?: number;
  thoughtsTokenCount?: number;
  cachedContentTokenCount?: number;
  totalTokenCount?: number;
}) {
  const prompt = usage.promptTokenCount === undefined ? undefined : usage.promptTokenCount + (usage.toolUsePromptTokenCount ?? 0);
  return [prompt, usage.candidatesTokenCount ?? 0, usage.thoughtsTokenCount ?? 0, usage.cachedContentTokenCount ?? 0];
}

const ask = { model: 'gemini-2.5-flash', contents: 'hi' };

async function whole(text: string): Promise<Seen> {
  answer = { status: 200, type: 'application/json', text };
  return seen([await client.models.generateContent(ask)]);
}

async function stream(text: string): Promise<Seen> {
  answer = { status: 200, type: 'text/event-stream', text };
  const responses: GenerateContentResponse[] = [];
  for await (const chunk of await client.models.generateContentStream(ask)) responses.push(chunk);
  return seen(responses);
}

function rewritten(chat: Recording): string {
  const context = readContext(chat);
  const reader = gemini.streamReader(context);
  const writer = gemini.streamWriter(replyContext(context.request));
  let text = '';
  for (const chunk of chunksOf(chat)) {
    for (const event of reader.push({ data: JSON.stringify(chunk) })) text += writer.push(event);
    text += writer.ping();
  }
  for (const event of reader.end()) text += writer.push(event);
  return text + writer.end();
}

/** Its calls come in pieces, which the SDK does not join: ours come whole. */
const PIECES = 'google-stream-no-args-tool-call';

describe('through the official SDK', () => {
  it.each(chats.filter((chat) => isObject(chat.response.body)).map((chat) => [chat.name, chat] as const))(
    '%s: our answer reads as theirs',
    async (_, chat) => {
      const body = isObject(chat.response.body) ? chat.response.body : {};
      const read = gemini.readResponse(body, readContext(chat));
      if (!read.ok) throw read.error;
      const ours = await whole(JSON.stringify(gemini.writeResponse(read.value, replyContext())));
      const theirs = await whole(JSON.stringify(gemini.sanitizeResponse(body)));
      // A blocked prompt has no candidate there; here it has an empty one that says so.
      if (theirs.finish === undefined) expect(ours).toEqual({ ...theirs, finish: ours.finish });
      else expect(ours).toEqual(theirs);
    },
  );

  it.each(chats.filter((chat) => chat.stream).map((chat) => [chat.name, chat] as const))(
    '%s: our stream reads as theirs',
    async (name, chat) => {
      const ours = await stream(rewritten(chat));
      const theirs = await stream(
        chunksOf(chat)
          .map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`)
          .join(''),
      );
      if (name === PIECES) {
        expect(ours.calls).toEqual([['read_theme', {}], ...['A', 'B', 'C'].map((id) => ['read_screen', { id }])]);
        expect({ ...ours, calls: [] }).toEqual({ ...theirs, calls: [] });
      } else expect(ours).toEqual(theirs);
    },
  );

  it('an error is an ApiError with our status, whole and inside a stream', async () => {
    const error = new GatewayError({ class: 'quota', message: 'all used up', retryAfterMs: 60_000 });
    const reply = gemini.writeError(error, 'r1');
    answer = { status: reply.status, type: 'application/json', text: JSON.stringify(reply.body) };
    await expect(client.models.generateContent(ask)).rejects.toMatchObject({ name: 'ApiError', status: 429 });
    const text = gemini.streamWriter(replyContext()).push({ type: 'part-start', choice: 0, part: 0, content: { type: 'text', text: 'a' } });
    await expect(stream(text + gemini.writeStreamError(error, 'r1'))).rejects.toBeInstanceOf(ApiError);
  });
});
