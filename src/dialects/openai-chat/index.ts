import type { ClientDialect } from '../dialect.ts';
import { readError, writeError, writeStreamError } from './error.ts';
import { DIALECT } from './extensions.ts';
import { readRequest } from './request-read.ts';
import { writeRequest } from './request-write.ts';
import { readResponse, writeResponse } from './response.ts';
import { sanitizeEvent, sanitizeResponse } from './sanitize.ts';
import { ChatStreamReader } from './stream-read.ts';
import { ChatStreamWriter } from './stream-write.ts';
import { replay } from './without-reasoning.ts';

/** OpenAI Chat Completions (`/v1/chat/completions`), with what the hosts that call themselves compatible make of it. */
export const openaiChat = {
  id: DIALECT,
  readRequest,
  writeRequest,
  readResponse,
  writeResponse,
  isEnd: (event) => event.data.trim() === '[DONE]',
  streamReader: (context) => new ChatStreamReader(context),
  streamWriter: (context) => new ChatStreamWriter(context),
  readError,
  writeError,
  writeStreamError,
  sanitizeResponse,
  sanitizeEvent,
  replay,
} satisfies ClientDialect;
