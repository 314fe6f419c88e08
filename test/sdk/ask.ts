import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { askAnthropic } from './anthropic.ts';
import { askChat } from './chat.ts';
import { askGemini } from './gemini.ts';
import { type Neutral, type Outcome, outcome } from './neutral.ts';
import { askResponses } from './responses.ts';
import type { Ask } from './target.ts';

const ASK: Record<ClientDialectId, (ask: Ask) => Promise<Neutral>> = {
  'openai-chat': askChat,
  'openai-responses': askResponses,
  'anthropic-messages': askAnthropic,
  gemini: askGemini,
};

/** Asks through the official SDK of the dialect: what its user gets, or the failure he sees. */
export function ask(dialect: ClientDialectId, how: Ask): Promise<Outcome> {
  return outcome(() => ASK[dialect](how));
}
