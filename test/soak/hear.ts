import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { asArray, asNumber, asObject, asString, type JsonObject, parseJson } from '../../src/conversation/json.ts';

/** What a client understood of an answer. */
export interface Heard {
  text: string;
  /** The dialect's own end: `[DONE]`, `message_stop`, `response.completed`, a finish reason. */
  ended: boolean;
  /** Something came behind the end. */
  after: boolean;
  input: number | undefined;
  output: number | undefined;
  error: string | undefined;
}

export function nothingHeard(): Heard {
  return { text: '', ended: false, after: false, input: undefined, output: undefined, error: undefined };
}

/** Takes in one event of a stream. */
export function hearEvent(dialect: ClientDialectId, data: string, heard: Heard): void {
  if (heard.ended) heard.after = true;
  if (dialect === 'openai-chat' && data === '[DONE]') {
    heard.ended = heard.error === undefined;
    return;
  }
  const event = asObject(parseJson(data));
  if (!event) heard.error = `no JSON: ${data.slice(0, 100)}`;
  else if (event.error !== undefined || event.type === 'error' || event.type === 'response.failed') heard.error = data.slice(0, 600);
  else EVENTS[dialect](event, heard);
}

/** Takes in a whole answer, or a failure. */
export function hearWhole(dialect: ClientDialectId, text: string, heard: Heard): void {
  const body = asObject(parseJson(text));
  if (!body || asObject(body.error)) {
    heard.error = text.slice(0, 600);
    return;
  }
  WHOLES[dialect](body, heard);
}

type Hear = (said: JsonObject, heard: Heard) => void;

const list = (value: unknown): JsonObject[] =>
  asArray(value)
    .map(asObject)
    .filter((entry) => entry !== undefined);

function count(heard: Heard, usage: unknown, input: string, output: string): void {
  const counts = asObject(usage);
  heard.input = asNumber(counts?.[input]) ?? heard.input;
  heard.output = asNumber(counts?.[output]) ?? heard.output;
}

const EVENTS: Record<ClientDialectId, Hear> = {
  'openai-chat': (chunk, heard) => {
    for (const { delta } of list(chunk.choices)) heard.text += asString(asObject(delta)?.content) ?? '';
    count(heard, chunk.usage, 'prompt_tokens', 'completion_tokens');
  },
  'openai-responses': (event, heard) => {
    if (event.type === 'response.output_text.delta') heard.text += asString(event.delta) ?? '';
    if (event.type !== 'response.completed') return;
    heard.ended = true;
    count(heard, asObject(event.response)?.usage, 'input_tokens', 'output_tokens');
  },
  'anthropic-messages': (event, heard) => {
    if (event.type === 'content_block_delta') heard.text += asString(asObject(event.delta)?.text) ?? '';
    count(heard, event.type === 'message_start' ? asObject(event.message)?.usage : event.usage, 'input_tokens', 'output_tokens');
    heard.ended ||= event.type === 'message_stop';
  },
  gemini: hearGemini,
};

const WHOLES: Record<ClientDialectId, Hear> = {
  'openai-chat': (body, heard) => {
    for (const { message, finish_reason } of list(body.choices)) {
      heard.text += asString(asObject(message)?.content) ?? '';
      heard.ended = finish_reason === 'stop';
    }
    count(heard, body.usage, 'prompt_tokens', 'completion_tokens');
  },
  'openai-responses': (body, heard) => {
    for (const item of list(body.output)) for (const part of list(item.content)) heard.text += asString(part.text) ?? '';
    heard.ended = body.status === 'completed';
    count(heard, body.usage, 'input_tokens', 'output_tokens');
  },
  'anthropic-messages': (body, heard) => {
    for (const part of list(body.content)) heard.text += asString(part.text) ?? '';
    heard.ended = body.stop_reason === 'end_turn';
    count(heard, body.usage, 'input_tokens', 'output_tokens');
  },
  gemini: hearGemini,
};

function hearGemini(body: JsonObject, heard: Heard): void {
  for (const { content, finishReason } of list(body.candidates)) {
    for (const part of list(asObject(content)?.parts)) heard.text += asString(part.text) ?? '';
    heard.ended ||= finishReason === 'STOP';
  }
  count(heard, body.usageMetadata, 'promptTokenCount', 'candidatesTokenCount');
}
