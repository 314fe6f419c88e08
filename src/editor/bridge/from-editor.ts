import type { ContentPart } from '../../conversation/content.ts';
import { parseJson } from '../../conversation/json.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import { readUsage } from '../../dialects/openai-chat/usage.ts';
import type { DataPart, EditorApi, TextPart, ThinkingPart, ToolCallPart } from './editor-api.ts';

type Classes = Pick<
  EditorApi,
  'LanguageModelTextPart' | 'LanguageModelToolCallPart' | 'LanguageModelDataPart' | 'LanguageModelThinkingPart'
>;

/**
 * Turns the parts of an answer into events. The API tells no usage; some providers, Copilot among them, end with a data part of the MIME
 * type `usage` that holds OpenAI's object. Without it the counts are unknown.
 */
export class AnswerReader {
  readonly #api: Classes;
  readonly #model: string;
  #open: { part: number; type: 'text' | 'reasoning' } | undefined;
  #parts = 0;
  #called = false;

  constructor(api: Classes, model: string) {
    this.#api = api;
    this.#model = model;
  }

  start(id: string): StreamEvent[] {
    return [{ type: 'start', id, model: this.#model }];
  }

  push(part: unknown): StreamEvent[] {
    const { LanguageModelTextPart, LanguageModelToolCallPart, LanguageModelDataPart, LanguageModelThinkingPart } = this.#api;
    if (LanguageModelThinkingPart && part instanceof LanguageModelThinkingPart) return this.#words('reasoning', thoughtOf(part));
    if (part instanceof LanguageModelTextPart) return this.#words('text', (part as TextPart).value);
    if (part instanceof LanguageModelToolCallPart) return this.#call(part);
    if (LanguageModelDataPart && part instanceof LanguageModelDataPart) return this.#data(part);
    return [];
  }

  end(): StreamEvent[] {
    return [...this.#close(), { type: 'finish', choice: 0, finish: { reason: this.#called ? 'tool-calls' : 'stop' } }];
  }

  #words(type: 'text' | 'reasoning', text: string): StreamEvent[] {
    if (text === '') return [];
    const events: StreamEvent[] = [];
    if (this.#open?.type !== type) {
      events.push(...this.#close());
      this.#open = { part: this.#next(), type };
      events.push({ type: 'part-start', choice: 0, part: this.#open.part, content: { type, text: '' } });
    }
    events.push({ type: 'part-delta', part: this.#open.part, delta: { type: 'text', text } });
    return events;
  }

  #call({ callId, name, input }: ToolCallPart): StreamEvent[] {
    this.#called = true;
    const part = this.#next();
    const content: ContentPart = { type: 'tool-call', id: callId, name, arguments: '' };
    return [
      ...this.#close(),
      { type: 'part-start', choice: 0, part, content },
      { type: 'part-delta', part, delta: { type: 'arguments', text: JSON.stringify(input ?? {}) } },
      { type: 'part-end', part },
    ];
  }

  #data({ data, mimeType }: DataPart): StreamEvent[] {
    if (mimeType === 'usage') {
      const usage = readUsage(parseJson(textOf(data)), this.#model);
      return usage ? [{ type: 'usage', usage }] : [];
    }
    if (mimeType.startsWith('text/')) return this.#words('text', textOf(data));
    // Others are providers' notes to themselves (`stateful_marker`, `cache_control`).
    if (!mimeType.startsWith('image/')) return [];
    const part = this.#next();
    const content: ContentPart = { type: 'image', source: { kind: 'base64', mimeType, data: Buffer.from(data).toString('base64') } };
    return [...this.#close(), { type: 'part-start', choice: 0, part, content }, { type: 'part-end', part }];
  }

  #close(): StreamEvent[] {
    if (!this.#open) return [];
    const { part } = this.#open;
    this.#open = undefined;
    return [{ type: 'part-end', part }];
  }

  #next(): number {
    this.#parts += 1;
    return this.#parts - 1;
  }
}

const textOf = (data: Uint8Array): string => new TextDecoder().decode(data);

function thoughtOf({ value }: ThinkingPart): string {
  return typeof value === 'string' ? value : value.join('');
}
