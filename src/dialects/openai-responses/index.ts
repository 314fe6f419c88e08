import type { ClientDialect } from '../dialect.ts';
import { readError, writeError, writeStreamError } from './error.ts';
import { readRequest } from './request-read.ts';
import { writeRequest } from './request-write.ts';
import { readResponse, writeResponse } from './response.ts';
import { sanitizeEvent, sanitizeResponse } from './sanitize.ts';
import { streamReader } from './stream-read.ts';
import { streamWriter } from './stream-write.ts';

export { nativeOnly } from './native.ts';
export { outputAsMessages, withoutInstructions } from './response.ts';

/** OpenAI Responses: `POST /v1/responses`. */
export const openaiResponses = {
  id: 'openai-responses',
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
