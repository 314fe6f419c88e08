import { jsonReply } from './reply.ts';

/** Replies of a provider that speaks Chat Completions, where a test only asks whether it answered. */

export const answer = jsonReply({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'b',
  choices: [{ index: 0, message: { role: 'assistant', content: 'here' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
});

export const refused = jsonReply({ error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }, 401);

export const down = jsonReply({ error: { message: 'overloaded', code: 'server_is_overloaded' } }, 503);
