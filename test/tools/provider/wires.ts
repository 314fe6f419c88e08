import { anthropicMessagesWire } from './anthropic-messages.ts';
import { geminiWire } from './gemini.ts';
import { openaiChatWire } from './openai-chat.ts';
import { openaiResponsesWire } from './openai-responses.ts';
import type { Wire } from './wire.ts';

export const WIRES: Record<Wire['id'], Wire> = {
  'openai-chat': openaiChatWire,
  'openai-responses': openaiResponsesWire,
  'anthropic-messages': anthropicMessagesWire,
  gemini: geminiWire,
};
