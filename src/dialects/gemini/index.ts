import type { ClientDialect } from '../dialect.ts';
import { readError } from './error.ts';
import { writeError, writeStreamError } from './error-write.ts';
import { readRequest } from './request-read.ts';
import { writeRequest } from './request-write.ts';
import { readResponse } from './response-read.ts';
import { writeResponse } from './response-write.ts';
import { sanitizeEvent, sanitizeResponse } from './sanitize.ts';
import { streamReader } from './stream-read.ts';
import { streamWriter } from './stream-write.ts';

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
  writeResponse,
  streamReader,
  streamWriter,
  readError,
  writeError,
  writeStreamError,
  sanitizeResponse,
  sanitizeEvent,
} satisfies ClientDialect;
