import type { ContentPart } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { Finish } from '../../conversation/response.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import { mergeUsage, type Usage } from '../../conversation/usage.ts';
import type { ReplyContext, StreamWriter } from '../dialect.ts';
import { frame } from '../shared/sse-frame.ts';
import { BlockStream } from './block-stream.ts';
import { writeStreamError } from './error.ts';
import { messageId } from './response-write.ts';
import { writeStop } from './stop.ts';
import { writeMessageUsage, writeUsage } from './usage.ts';

const event = (data: JsonObject & { type: string }): string => frame(data, data.type);

/** Writes an answer as the events of the API's streaming page, exactly in its order: the SDK throws on any other. */
export class MessagesStreamWriter implements StreamWriter {
  readonly #context: ReplyContext;
  readonly #blocks: BlockStream;
  readonly #others = new Set<number>();
  #start: Extract<StreamEvent, { type: 'start' }> | undefined;
  #usage: Usage | undefined;
  #finish: Finish | undefined;
  #begun = false;
  #over = false;
  #called = false;
  #refused = false;

  constructor(context: ReplyContext) {
    this.#context = context;
    this.#blocks = new BlockStream(context.warn);
  }

  push(item: StreamEvent): string {
    if (this.#over) return '';
    switch (item.type) {
      case 'start':
        this.#start ??= item;
        return '';
      case 'usage':
        this.#usage = mergeUsage(this.#usage, item.usage);
        return '';
      case 'finish':
        if (item.choice === 0) this.#finish = item.finish;
        return '';
      case 'error':
        return this.#error(item);
      case 'part-start':
        if (item.choice > 0) return this.#drop(item.part);
        this.#note(item.content);
        return this.#begin() + this.#blocks.push(item);
      case 'part-delta':
      case 'part-end':
        return this.#others.has(item.part) ? '' : this.#blocks.push(item);
    }
  }

  end(): string {
    if (this.#over) return '';
    this.#over = true;
    const stop = writeStop(this.#finish ?? { reason: 'other' }, this.#called, this.#refused);
    const delta = { ...stop, container: null };
    return (
      this.#begin() +
      this.#blocks.end() +
      event({ type: 'message_delta', delta, usage: writeUsage(this.#usage) }) +
      event({ type: 'message_stop' })
    );
  }

  /** Alone, also where nothing has begun: SDKs take it at any place, and end with an error at a second `message_start`. */
  ping(): string {
    return this.#over ? '' : event({ type: 'ping' });
  }

  #error(item: Extract<StreamEvent, { type: 'error' }>): string {
    this.#over = true;
    return writeStreamError(item.error, this.#context.newId());
  }

  #note(content: ContentPart): void {
    this.#called ||= content.type === 'tool-call';
    this.#refused ||= content.type === 'refusal';
  }

  #drop(part: number): string {
    if (this.#others.size === 0) this.#context.warn('Only the first choice was sent: this dialect has one.');
    this.#others.add(part);
    return '';
  }

  /** `message_start` waits for the first block, so that it can carry the usage that some vendors report at once. */
  #begin(): string {
    if (this.#begun) return '';
    this.#begun = true;
    const message = {
      id: messageId(this.#start?.id, this.#context),
      type: 'message',
      role: 'assistant',
      model: this.#start?.model ?? this.#context.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      // Figures not known yet stand as 0, for the type demands a number; `message_delta` brings the true ones, and the SDK takes those.
      usage: writeMessageUsage(this.#usage),
      container: null,
      diagnostics: null,
    };
    return event({ type: 'message_start', message });
  }
}
