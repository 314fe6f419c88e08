import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import type { Recording } from '../recordings.ts';

/** A small question in each dialect that asks for everything an answer may hold: usage always, visible reasoning too. */
export const PROMPTS: Record<ClientDialectId, Record<string, unknown>> = {
  'openai-chat': { messages: [{ role: 'user', content: 'Say something.' }], reasoning_effort: 'medium' },
  'openai-responses': { input: 'Say something.', reasoning: { effort: 'medium', summary: 'auto' } },
  'anthropic-messages': {
    max_tokens: 4096,
    thinking: { type: 'enabled', budget_tokens: 2048 },
    messages: [{ role: 'user', content: 'Say something.' }],
  },
  gemini: {
    contents: [{ role: 'user', parts: [{ text: 'Say something.' }] }],
    generationConfig: { thinkingConfig: { includeThoughts: true } },
  },
};

/** What a client of `dialect` asks: the recorded request where it is of that dialect, else the small question. */
export function questionFor(
  recording: Recording,
  dialect: ClientDialectId,
): { body: Record<string, unknown>; headers?: Record<string, string> } {
  const { request } = recording;
  // The Gemini SDK builds its REST body itself from other parameters; recorded bodies are sent raw in requests.test.ts.
  if (!request || recording.format !== dialect || dialect === 'gemini') return { body: PROMPTS[dialect] };
  // Background mode is refused (test/gateway), and does not change what an answer looks like.
  const { model: _model, stream: _stream, stream_options: _options, background: _background, ...body } = request.body;
  return { body, ...(request.headers ? { headers: request.headers } : {}) };
}
