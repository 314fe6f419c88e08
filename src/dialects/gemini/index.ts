import type { GatewayError } from '../../conversation/error.ts';
import type { ClientDialect } from '../dialect.ts';
import { readCount, readCountTokens, writeCount, writeCountTokens } from './count-tokens.ts';
import { readError } from './error.ts';
import { writeArrayStreamError, writeError, writeStreamError } from './error-write.ts';
import { readRequest } from './request-read.ts';
import { writeRequest } from './request-write.ts';
import { readArray, readResponse } from './response-read.ts';
import { writeResponse } from './response-write.ts';
import { sanitizeEvent, sanitizeResponse } from './sanitize.ts';
import { streamReader } from './stream-read.ts';
import { arrayStreamWriter, streamWriter } from './stream-write.ts';
import { replay } from './without-reasoning.ts';

export { readCount, readCountTokens, writeCount, writeCountTokens } from './count-tokens.ts';
export { writeArrayStreamError } from './error-write.ts';
export { JsonArraySplitter } from './json-array.ts';
export { readArray } from './response-read.ts';
export { reduceSchema } from './schema.ts';
export { arrayStreamWriter } from './stream-write.ts';

/** Gemini `generateContent`, as AI Studio and Vertex speak it. */
export const gemini = {
  id: 'gemini',
  readRequest,
  writeRequest,
  readResponse,
  readChunks: readArray,
  writeResponse,
  streamReader,
  streamWriter,
  readError,
  writeError,
  writeStreamError,
  sanitizeResponse,
  sanitizeEvent,
  replay,
} satisfies ClientDialect;

/** `countTokens` in both directions. */
export const countTokens = { readCountTokens, writeCountTokens, readCount, writeCount };

/** What differs for a client that streams without `alt=sse`: one JSON array. An error is written as if an element had gone out before. */
export const geminiArrayStream = {
  streamWriter: arrayStreamWriter,
  writeStreamError: (error: GatewayError, requestId: string): string => writeArrayStreamError(error, requestId, true),
} satisfies Partial<ClientDialect>;
