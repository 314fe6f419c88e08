import type { ProviderDialect } from '../dialect.ts';
import { readError } from './error.ts';
import { writeRequest } from './request.ts';
import { readResponse } from './response.ts';
import { CohereStreamReader } from './stream.ts';

/** Cohere's own chat API, `POST /v2/chat` (docs.cohere.com/reference/chat). Spoken by the provider only. */
export const cohereChat = {
  id: 'cohere-chat',
  writeRequest,
  readResponse,
  streamReader: (context) => new CohereStreamReader(context),
  readError,
} satisfies ProviderDialect;
