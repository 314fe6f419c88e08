import type { ClientDialectId, DialectId } from '../conversation/dialect-id.ts';
import { anthropicMessages } from './anthropic-messages/index.ts';
import { bedrockConverse } from './bedrock-converse/index.ts';
import { cohereChat } from './cohere-chat/index.ts';
import type { ClientDialect, ProviderDialect } from './dialect.ts';
import { gemini } from './gemini/index.ts';
import { ollama } from './ollama/index.ts';
import { openaiChat } from './openai-chat/index.ts';
import { openaiResponses } from './openai-responses/index.ts';

const CLIENT: Record<ClientDialectId, ClientDialect> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
};

const PROVIDER: Record<DialectId, ProviderDialect> = {
  ...CLIENT,
  'bedrock-converse': bedrockConverse,
  'cohere-chat': cohereChat,
  ollama,
};

export const clientDialect = (id: ClientDialectId): ClientDialect => CLIENT[id];
export const providerDialect = (id: DialectId): ProviderDialect => PROVIDER[id];
