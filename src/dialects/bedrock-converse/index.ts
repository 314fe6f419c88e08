import type { ProviderDialect } from '../dialect.ts';
import { readError } from './error.ts';
import { writeRequest } from './request.ts';
import { readResponse } from './response.ts';
import { ConverseStreamReader } from './stream.ts';
import { replay } from './without-reasoning.ts';

export { EventStreamDecoder } from './event-stream.ts';

/** Amazon Bedrock's Converse API: one request form for every model there. Spoken by the provider only. */
export const bedrockConverse = {
  id: 'bedrock-converse',
  writeRequest,
  readResponse,
  streamReader: (context) => new ConverseStreamReader(context),
  readError,
  replay,
} satisfies ProviderDialect;
