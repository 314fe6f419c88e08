import type { ProviderDialect } from '../dialect.ts';
import { readError } from './error.ts';
import { writeRequest } from './request.ts';
import { readResponse } from './response.ts';
import { OllamaStreamReader } from './stream.ts';

/** Ollama's own chat API, `POST /api/chat` (docs.ollama.com/api/chat). Streams are one JSON object a line. Spoken by the provider only. */
export const ollama = {
  id: 'ollama',
  writeRequest,
  readResponse,
  streamReader: (context) => new OllamaStreamReader(context),
  readError,
} satisfies ProviderDialect;
