import type { Quirk } from '../provider.ts';
import { mapMessages } from './body.ts';

/** `developer` is known to OpenAI, Azure and Copilot only; DeepSeek, MiniMax, MiMo and GLM reject it (provider facts, "Roles"). */
export const developerToSystem: Quirk = {
  name: 'developer-to-system',
  when: ({ dialect }) => dialect === 'openai-chat',
  apply: (body) => mapMessages(body, (message) => (message.role === 'developer' ? { ...message, role: 'system' } : message)),
};
