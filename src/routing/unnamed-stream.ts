import { Readable } from 'node:stream';
import type { UpstreamResponse } from '../upstream/http.ts';

const STREAM_TYPES = /text\/event-stream|application\/(?:vnd\.amazon\.eventstream|x-ndjson|stream\+json)/i;
const EVENT_START = /^\uFEFF?\s*(?:data|event|id|retry)?:/;

/** Whether the answer's type says that it is a stream. */
export function isNamedStream(response: UpstreamResponse): boolean {
  return STREAM_TYPES.test(response.headers['content-type'] ?? '');
}

/**
 * Whether a body holds events whatever its type says. Proxies and small hosts send them as `application/json` or with no type at all,
 * and SDKs, which do not look at it, read them (DataDog's recorded OpenAI streams).
 */
export function holdsEvents(text: string): boolean {
  return EVENT_START.test(text);
}

/** The same answer with its first bytes looked at. Throws what the body throws. */
export async function peeked(response: UpstreamResponse): Promise<{ response: UpstreamResponse; beginning: string }> {
  const { body } = response;
  if (body.readableLength === 0) await stirred(body);
  const chunk: unknown = body.read();
  if (chunk instanceof Uint8Array) {
    body.unshift(chunk);
    return { response, beginning: new TextDecoder().decode(chunk.subarray(0, 64)) };
  }
  // Looking for bytes has ended the empty body: who reads it later would wait for an end that has been.
  return { response: { ...response, body: Readable.from([]) }, beginning: '' };
}

const STIRS = ['readable', 'end', 'close', 'error'] as const;

/** Resolves when there is something to read, or nothing to come. */
function stirred(body: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      for (const event of STIRS) body.off(event, settle);
      if (error) reject(error);
      else resolve();
    };
    for (const event of STIRS) body.once(event, settle);
  });
}
