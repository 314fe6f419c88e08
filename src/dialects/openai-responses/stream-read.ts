import type { ContentPart } from '../../conversation/content.ts';
import { GatewayError } from '../../conversation/error.ts';
import { asArray, asNumber, asObject, asString, type JsonObject } from '../../conversation/json.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import type { ReadContext, SseEvent, StreamReader } from '../dialect.ts';
import { jsonOf } from '../shared/event-json.ts';
import { errorOf } from './error.ts';
import { ItemReader, type PartSink } from './item-reader.ts';
import { type AnswerContext, answerContext } from './items.ts';
import { errorIn, finishOf } from './response.ts';
import { readUsage } from './usage.ts';

/**
 * Reads the events of a streamed response (npm `openai` 6 `ResponseStreamEvent`). Vendors leave out much of it: whatever a `done` event,
 * an `output_item.done` or the terminal response tells that was not told before is made up for. Unknown events are passed over.
 */
export function streamReader(context: ReadContext): StreamReader {
  return new ResponsesReader(context);
}

class ResponsesReader implements StreamReader, PartSink {
  readonly #context: ReadContext;
  readonly #answer: AnswerContext;
  readonly #items = new Map<string, ItemReader>();
  readonly #parts: ContentPart[] = [];
  readonly #open = new Set<number>();
  #events: StreamEvent[] = [];
  #started = false;
  #ended = false;
  #last: string | undefined;

  constructor(context: ReadContext) {
    this.#context = context;
    this.#answer = answerContext(context);
  }

  push(event: SseEvent): StreamEvent[] {
    const data = asObject(jsonOf(event));
    if (data && !this.#ended) this.#read(asString(data.type) ?? event.event ?? '', data);
    return this.#take();
  }

  end(): StreamEvent[] {
    if (!this.#ended) {
      this.#closeParts();
      const message = 'The connection ended before the answer was complete.';
      this.#fail(new GatewayError({ class: 'network', code: 'stream_truncated', message }));
    }
    return this.#take();
  }

  start(content: ContentPart): number {
    const part = this.#parts.push(structuredClone(content)) - 1;
    this.#open.add(part);
    this.#events.push({ type: 'part-start', choice: 0, part, content });
    return part;
  }

  delta(part: number, delta: Extract<StreamEvent, { type: 'part-delta' }>['delta']): void {
    const content = this.#parts[part];
    // Only what the finish reason hangs on is followed: whether the arguments are whole.
    if (delta.type === 'arguments' && content?.type === 'tool-call') content.arguments += delta.text;
    this.#events.push({ type: 'part-delta', part, delta });
  }

  close(part: number): void {
    if (this.#open.delete(part)) this.#events.push({ type: 'part-end', part });
  }

  #take(): StreamEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #read(type: string, data: JsonObject): void {
    // `message` is SSE's name for an event without one.
    const error = type === 'error' || type === '' || type === 'message' ? this.#errorOf(data) : undefined;
    if (error) {
      this.#fail(error);
      return;
    }
    switch (type) {
      case 'response.created':
      case 'response.in_progress':
      case 'response.queued':
        this.#start(asObject(data.response) ?? {});
        return;
      case 'response.completed':
      case 'response.done':
      case 'response.incomplete':
      case 'response.failed':
        this.#terminal(type, asObject(data.response) ?? {});
        return;
      default:
        this.#item(type, data);
    }
  }

  /** Flat as in the SDK's type, or nested as OpenAI really sends it (recordings/errors/openai-overloaded-event-in-200-stream). */
  #errorOf(data: JsonObject): GatewayError | undefined {
    const nested = asObject(data.error);
    const fields = nested ?? (data.type === 'error' || data.message !== undefined ? data : undefined);
    if (!fields) return undefined;
    const raw = nested ?? { message: data.message, type: null, code: data.code ?? null, param: data.param ?? null };
    return errorOf({ status: asNumber(data.status) ?? 200, fields, raw: { error: raw }, now: this.#context.now() });
  }

  #start(response: JsonObject): void {
    if (this.#started) return;
    this.#started = true;
    this.#events.push({
      type: 'start',
      ...(asString(response.id) === undefined ? {} : { id: asString(response.id) }),
      ...(asString(response.model) === undefined ? {} : { model: asString(response.model) }),
      ...(asNumber(response.created_at) === undefined ? {} : { created: asNumber(response.created_at) }),
    });
  }

  #item(type: string, data: JsonObject): void {
    const item = asObject(data.item);
    const isItem = type === 'response.output_item.added' || type === 'response.output_item.done';
    if (isItem && !item) return;
    // Shell events name their item by output_index alone; some vendors give the id alone, or neither.
    const key = asNumber(data.output_index)?.toString() ?? asString(data.item_id) ?? asString(item?.id) ?? this.#unnamed(type);
    const reader = this.#items.get(key) ?? (isItem || hasContent(type) ? this.#begin(key) : undefined);
    if (!reader) return;
    this.#last = key;
    if (type === 'response.output_item.added') reader.added(item ?? {});
    else if (type === 'response.output_item.done') reader.done(item ?? {});
    else reader.event(type, data);
  }

  /** The item that an event without index and id is about: the one at hand, unless a new one begins. */
  #unnamed(type: string): string {
    const last = this.#last === undefined ? undefined : this.#items.get(this.#last);
    const fresh = type === 'response.output_item.added' || last === undefined || last.isDone;
    return fresh || this.#last === undefined ? `unnamed-${this.#items.size}` : this.#last;
  }

  #begin(key: string): ItemReader {
    this.#start({});
    const reader = new ItemReader(this, this.#answer);
    this.#items.set(key, reader);
    return reader;
  }

  #terminal(type: string, response: JsonObject): void {
    this.#start(response);
    const error = errorIn(
      type === 'response.failed' ? { status: 'failed', ...response } : { ...response, status: asString(response.status) ?? 'completed' },
      this.#context.now(),
    );
    const usage = readUsage(response.usage);
    if (error && (type === 'response.failed' || response.status === 'failed')) {
      if (usage) this.#events.push({ type: 'usage', usage });
      this.#closeParts();
      this.#fail(error);
      return;
    }
    if (this.#items.size === 0) this.#replay(response);
    for (const reader of this.#items.values()) reader.finish();
    this.#closeParts();
    if (usage) this.#events.push({ type: 'usage', usage });
    const status = type === 'response.incomplete' ? 'incomplete' : 'completed';
    this.#events.push({ type: 'finish', choice: 0, finish: finishOf({ status, ...response }, this.#parts) });
    this.#ended = true;
  }

  /** Nothing was streamed: the terminal response holds it all. */
  #replay(response: JsonObject): void {
    for (const [index, item] of asArray(response.output).entries()) {
      const whole = asObject(item);
      if (whole) this.#begin(String(index)).done(whole);
    }
  }

  #closeParts(): void {
    for (const part of [...this.#open]) this.close(part);
  }

  #fail(error: GatewayError): void {
    this.#ended = true;
    this.#events.push({ type: 'error', error });
  }
}

/** Events that carry content even when the item was never announced. */
function hasContent(type: string): boolean {
  return /^response\.(?:content_part|output_text|refusal|reasoning|function_call_arguments|custom_tool_call_input)/.test(type);
}
