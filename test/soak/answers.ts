import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { INPUT_TOKENS, type Question, wordsOf } from './question.ts';

/** One right answer in a dialect: whole, and as the events of a stream with the text in between. */
export interface Script {
  whole: string;
  head: string[];
  texts: string[];
  tail: string[];
}

export function dialectOfPath(path: string): ClientDialectId {
  if (path.includes('/chat/completions')) return 'openai-chat';
  if (path.includes('/responses')) return 'openai-responses';
  return path.includes('/messages') ? 'anthropic-messages' : 'gemini';
}

export function scriptOf(dialect: ClientDialectId, question: Question): Script {
  return WRITERS[dialect](wordsOf(question), question.words);
}

const WRITERS: Record<ClientDialectId, (words: string[], output: number) => Script> = {
  'openai-chat': chat,
  'openai-responses': responses,
  'anthropic-messages': anthropic,
  gemini,
};

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const event = (type: string, value: object): string => `event: ${type}\n${data({ type, ...value })}`;

function chat(words: string[], output: number): Script {
  const base = { id: 'chatcmpl-soak', created: 1, model: 'model' };
  const usage = { prompt_tokens: INPUT_TOKENS, completion_tokens: output, total_tokens: INPUT_TOKENS + output };
  const chunk = (delta: unknown, finish_reason: string | null = null): string =>
    data({ ...base, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] });
  const message = { role: 'assistant', content: words.join('') };
  return {
    whole: JSON.stringify({ ...base, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'stop' }], usage }),
    head: [chunk({ role: 'assistant', content: '' })],
    texts: words.map((content) => chunk({ content })),
    tail: [chunk({}, 'stop'), data({ ...base, object: 'chat.completion.chunk', choices: [], usage }), 'data: [DONE]\n\n'],
  };
}

function responses(words: string[], output: number): Script {
  const text = words.join('');
  const part = { type: 'output_text', text, annotations: [] };
  const item = { id: 'msg_soak', type: 'message', role: 'assistant', status: 'completed', content: [part] };
  const base = { id: 'resp_soak', object: 'response', created_at: 1, model: 'model' };
  const usage = { input_tokens: INPUT_TOKENS, output_tokens: output, total_tokens: INPUT_TOKENS + output };
  const done = { ...base, status: 'completed', output: [item], usage };
  const at = { item_id: item.id, output_index: 0, content_index: 0 };
  return {
    whole: JSON.stringify(done),
    head: [
      event('response.created', { response: { ...base, status: 'in_progress', output: [] } }),
      event('response.output_item.added', { output_index: 0, item: { ...item, status: 'in_progress', content: [] } }),
      event('response.content_part.added', { ...at, part: { ...part, text: '' } }),
    ],
    texts: words.map((delta) => event('response.output_text.delta', { ...at, delta })),
    tail: [
      event('response.output_text.done', { ...at, text }),
      event('response.content_part.done', { ...at, part }),
      event('response.output_item.done', { output_index: 0, item }),
      event('response.completed', { response: done }),
    ],
  };
}

function anthropic(words: string[], output: number): Script {
  const base = { id: 'msg_soak', type: 'message', role: 'assistant', model: 'model', stop_sequence: null };
  const usage = { input_tokens: INPUT_TOKENS, output_tokens: output };
  const content = [{ type: 'text', text: words.join('') }];
  const started = { ...base, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } };
  return {
    whole: JSON.stringify({ ...base, content, stop_reason: 'end_turn', usage }),
    head: [
      event('message_start', { message: started }),
      event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ],
    texts: words.map((text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })),
    tail: [
      event('content_block_stop', { index: 0 }),
      event('message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: output } }),
      event('message_stop', {}),
    ],
  };
}

function gemini(words: string[], output: number): Script {
  const usageMetadata = {
    promptTokenCount: INPUT_TOKENS,
    candidatesTokenCount: output,
    totalTokenCount: INPUT_TOKENS + output,
  };
  const said = (text: string, more: object = {}): object => ({ index: 0, content: { role: 'model', parts: [{ text }] }, ...more });
  const answer = (candidate: object, more: object = {}): object => ({ candidates: [candidate], modelVersion: 'model', ...more });
  return {
    whole: JSON.stringify(answer(said(words.join(''), { finishReason: 'STOP' }), { usageMetadata })),
    head: [],
    texts: words.map((text) => data(answer(said(text)))),
    tail: [data(answer(said('', { finishReason: 'STOP' }), { usageMetadata }))],
  };
}
