import { describe, expect, it } from 'vitest';
import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import { isObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import { anthropicMessages } from '../../../src/dialects/anthropic-messages/index.ts';
import { clientDialect } from '../../../src/dialects/registry.ts';
import { type Recording, recordings } from '../../recordings.ts';
import { chat, createdMessage, eventsIn, finalMessage, replyContext, write } from './support.ts';

const MODELS = ['claude-3-haiku-20240307', 'claude-sonnet-4-5', 'claude-opus-5-5', 'kimi-k2.6'];
const others: ClientDialectId[] = ['openai-chat', 'openai-responses', 'gemini'];
const cases = others.flatMap((id) =>
  recordings((entry) => entry.format === id && entry.status === 200).map((recording) => [recording.name, id, recording] as const),
);

function requestOf(id: ClientDialectId, recording: Recording): ChatRequest {
  const model = /models\/([^:]+)/.exec(recording.request?.path ?? '')?.[1];
  const parsed =
    recording.request && clientDialect(id).readRequest(recording.request.body, { ...(model ? { model } : {}), stream: recording.stream });
  return parsed?.ok ? parsed.value : chat();
}

describe('recorded requests of other dialects', () => {
  it.each(cases)('%s (%s) becomes a request that reads', (_name, id, recording) => {
    for (const model of MODELS) {
      const { body } = write(requestOf(id, recording), model);
      const back = anthropicMessages.readRequest(JSON.parse(JSON.stringify(body)), {});
      expect(back.ok ? undefined : back.error.message).toBeUndefined();
    }
  });
});

describe('recorded answers of other dialects', () => {
  it.each(cases)('%s (%s) is read by the SDK', async (_name, id, recording) => {
    const context = replyContext(requestOf(id, recording));
    const { body, sse } = recording.response;
    if (sse !== undefined) {
      const reader = clientDialect(id).streamReader(context);
      const events = [...eventsIn(sse).flatMap((event) => reader.push(event)), ...reader.end()];
      const writer = anthropicMessages.streamWriter(context);
      const text = events.map((event) => writer.push(event)).join('') + writer.end();
      if (events.some((event) => event.type === 'error')) await expect(finalMessage(text)).rejects.toThrow();
      else expect((await finalMessage(text)).stop_reason).toBeTypeOf('string');
    } else if (isObject(body)) {
      const parsed = clientDialect(id).readResponse(body, context);
      if (parsed.ok) expect((await createdMessage(anthropicMessages.writeResponse(parsed.value, context))).type).toBe('message');
    }
  });
});
