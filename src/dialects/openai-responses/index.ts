import { asObject, asString } from '../../conversation/json.ts';
import type { ClientDialect } from '../dialect.ts';
import { jsonOf } from '../shared/event-json.ts';
import { readError, writeError, writeStreamError } from './error.ts';
import { readRequest } from './request-read.ts';
import { writeRequest } from './request-write.ts';
import { readResponse, writeResponse } from './response.ts';
import { sanitizeEvent, sanitizeResponse } from './sanitize.ts';
import { streamReader } from './stream-read.ts';
import { streamWriter } from './stream-write.ts';
import { replay } from './without-reasoning.ts';

/** The events that carry the whole response and end its stream. */
const TERMINAL: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed']);

export { nativeOnly } from './native.ts';
export { outputAsMessages, withoutInstructions } from './response.ts';

/** OpenAI Responses: `POST /v1/responses`. */
export const openaiResponses = {
  id: 'openai-responses',
  readRequest,
  writeRequest,
  readResponse,
  writeResponse,
  pendingId: (body) =>
    body.background === true && (body.status === 'queued' || body.status === 'in_progress') ? asString(body.id) : undefined,
  isEnd: (event) => TERMINAL.has(asString(asObject(jsonOf(event))?.type) ?? ''),
  streamReader,
  streamWriter,
  readError,
  writeError,
  writeStreamError,
  sanitizeResponse,
  sanitizeEvent,
  replay,
} satisfies ClientDialect;
