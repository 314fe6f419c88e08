import { asObject } from '../../conversation/json.ts';
import type { ClientDialect } from '../dialect.ts';
import { jsonOf } from '../shared/event-json.ts';
import { readCount, writeCount } from './count-tokens.ts';
import { readError, writeError, writeStreamError } from './error.ts';
import { readCountTokens, readRequest } from './request-read.ts';
import { writeCountTokens, writeRequest } from './request-write.ts';
import { readResponse } from './response-read.ts';
import { writeResponse } from './response-write.ts';
import { sanitizeEvent, sanitizeResponse } from './sanitize.ts';
import { MessagesStreamReader } from './stream-read.ts';
import { MessagesStreamWriter } from './stream-write.ts';
import { DIALECT } from './vocabulary.ts';
import { replay } from './without-reasoning.ts';

/** `POST /v1/messages/count_tokens`, both sides. */
export const countTokens = { readCountTokens, writeCountTokens, readCount, writeCount };

/** Anthropic Messages, `POST /v1/messages`: Anthropic's own API and every vendor that offers a compatible one. */
export const anthropicMessages = {
  id: DIALECT,
  readRequest,
  writeRequest,
  readResponse,
  writeResponse,
  isEnd: (event) => event.event === 'message_stop' || asObject(jsonOf(event))?.type === 'message_stop',
  streamReader: (context) => new MessagesStreamReader(context),
  streamWriter: (context) => new MessagesStreamWriter(context),
  readError,
  writeError,
  writeStreamError,
  sanitizeResponse,
  sanitizeEvent,
  replay,
} satisfies ClientDialect;

export { readCount, readCountTokens, writeCount, writeCountTokens };
