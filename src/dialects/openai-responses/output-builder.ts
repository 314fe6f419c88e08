import type { ContentPart, ImagePart, TextPart } from '../../conversation/content.ts';
import { GatewayError } from '../../conversation/error.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { Finish } from '../../conversation/response.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import { mergeUsage, type Usage } from '../../conversation/usage.ts';
import type { ReplyContext } from '../dialect.ts';
import { echoOf } from './envelope.ts';
import { errorEvent, failureOf } from './error.ts';
import { ID, itemOf, ourId } from './extension.ts';
import { type WireName, wireNames } from './namespaces.ts';
import { CallWriter, type ItemWriter, MessageWriter, type OutputSink, ReasoningWriter } from './output-items.ts';
import { writeUsage } from './usage.ts';

/**
 * Builds a Response object from our events and tells every step as an event of the Responses stream: the one source of both the
 * streamed and the whole answer, so that they cannot differ. Events have no order of their own but `sequence_number`, from 0.
 */
export class OutputBuilder implements OutputSink {
  readonly #context: ReplyContext;
  readonly #wire: Map<string, WireName>;
  readonly #output: JsonObject[] = [];
  readonly #finished = new Set<number>();
  readonly #writers = new Map<number, ItemWriter>();
  readonly #echo: JsonObject;
  #events: JsonObject[] = [];
  #sequence = 0;
  #message: MessageWriter | undefined;
  #base: JsonObject | undefined;
  #usage: Usage | undefined;
  #finish: Finish | undefined;
  #error: GatewayError | undefined;
  #ended = false;

  constructor(context: ReplyContext) {
    this.#context = context;
    this.#wire = wireNames(context.request);
    this.#echo = echoOf(context.request);
  }

  push(event: StreamEvent): JsonObject[] {
    if (!this.#ended) this.#read(event);
    return this.#take();
  }

  /** Closes what is open and gives the terminal event; nothing when an error has ended the stream before. */
  end(): JsonObject[] {
    if (this.#ended) return this.#take();
    this.#begin({});
    for (const [part, writer] of this.#writers) writer.end(part);
    const failure = this.#failure();
    if (failure) this.#fail(failure);
    else {
      this.#message?.seal(this.#incomplete() ? 'incomplete' : 'completed');
      this.#ended = true;
      this.emit(`response.${String(this.#status())}`, { response: this.response() });
    }
    return this.#take();
  }

  /** The Response object as it stands. */
  response(): JsonObject {
    const status = this.#status();
    const reason = this.#incomplete();
    return {
      ...this.#base,
      status,
      ...this.#echo,
      error: this.#error ? failureOf(this.#error) : null,
      incomplete_details: this.#ended && !this.#error && reason ? { reason } : null,
      completed_at: status === 'completed' ? this.#seconds() : null,
      // After a failure only what was finished counts.
      output: this.#error ? this.#output.filter((_item, index) => this.#finished.has(index)) : [...this.#output],
      usage: (this.#ended && writeUsage(this.#usage)) || null,
    };
  }

  add(item: JsonObject): number {
    const index = this.#output.push(item) - 1;
    this.emit('response.output_item.added', { output_index: index, item });
    return index;
  }

  emit(type: string, fields: JsonObject): void {
    this.#events.push({ type, sequence_number: this.#sequence, ...fields });
    this.#sequence += 1;
  }

  done(index: number, item: JsonObject): void {
    this.#output[index] = item;
    this.#finished.add(index);
    this.emit('response.output_item.done', { output_index: index, item });
  }

  newId(): string {
    return this.#context.newId();
  }

  #take(): JsonObject[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #read(event: StreamEvent): void {
    switch (event.type) {
      case 'start':
        this.#begin(event);
        return;
      case 'part-start':
        this.#begin({});
        if (event.choice === 0) this.#start(event.part, event.content);
        else this.#context.warn('Only the first of several choices was given: a response of this API has one.');
        return;
      case 'part-delta':
        this.#writers.get(event.part)?.delta(event.part, event.delta);
        return;
      case 'part-end':
        this.#writers.get(event.part)?.end(event.part);
        this.#writers.delete(event.part);
        return;
      case 'usage':
        this.#usage = mergeUsage(this.#usage, event.usage);
        return;
      case 'finish':
        if (event.choice === 0) this.#finish = event.finish;
        return;
      case 'error':
        this.#begin({});
        this.#fail(event.error);
        return;
    }
  }

  #begin(start: { id?: string; model?: string; created?: number }): void {
    if (this.#base) return;
    this.#base = {
      id: this.#context.responseId ?? (start.id?.startsWith('resp_') ? start.id : `resp_${this.newId()}`),
      object: 'response',
      created_at: start.created ?? this.#seconds(),
      model: start.model ?? this.#context.model,
    };
    this.emit('response.created', { response: this.response() });
    this.emit('response.in_progress', { response: this.response() });
  }

  #seconds(): number {
    return Math.floor(this.#context.now() / 1000);
  }

  #start(part: number, content: ContentPart): void {
    if (content.type === 'text' || content.type === 'refusal') {
      if (!this.#message?.takes(content)) {
        this.#message?.seal();
        this.#message = new MessageWriter(this, content);
      }
      this.#message.start(part, content);
      this.#writers.set(part, this.#message);
      return;
    }
    const writer = this.#writerOf(content);
    if (writer) this.#writers.set(part, writer);
  }

  #writerOf(content: Exclude<ContentPart, { type: 'text' | 'refusal' }>): ItemWriter | undefined {
    switch (content.type) {
      case 'tool-call':
        this.#message?.seal();
        return new CallWriter(this, content, this.#wire.get(content.name));
      case 'reasoning':
        this.#message?.seal();
        return new ReasoningWriter(this, content);
      case 'server':
        return content.dialect === ID ? this.#whole(content.raw) : this.#standIn(content.text, "A step of the vendor's server-side tool");
      case 'image':
        return this.#image(content);
      case 'audio':
        return this.#standIn(content.transcript, 'Audio');
      case 'file':
        return this.#standIn(content.text, 'A file');
      case 'tool-result':
        return undefined;
    }
  }

  #whole(item: JsonObject): undefined {
    this.#message?.seal();
    this.done(this.add(item), item);
  }

  /** A picture is an `image_generation_call`, this API's only form for one; a picture that is only a URL is a link in text. */
  #image(part: ImagePart): undefined {
    const { source } = part;
    if (source.kind !== 'base64') return this.#standIn(source.kind === 'url' ? `![image](${source.url})` : undefined, 'An image');
    const format = source.mimeType.split('/')[1] ?? 'png';
    const own = itemOf(part) ?? { id: ourId('ig', this.newId()), output_format: format };
    return this.#whole({ ...own, type: 'image_generation_call', status: 'completed', result: source.data });
  }

  #standIn(text: string | undefined, what: string): undefined {
    if (!text) return void this.#context.warn(`${what} was left out of the answer: the OpenAI Responses API has no form for it.`);
    const content: TextPart = { type: 'text', text };
    if (!this.#message?.takes(content)) {
      this.#message?.seal();
      this.#message = new MessageWriter(this, content);
    }
    this.#message.start(-1, content);
    this.#message.end(-1);
  }

  #status(): string {
    if (this.#error) return 'failed';
    if (!this.#ended) return 'in_progress';
    return this.#incomplete() ? 'incomplete' : 'completed';
  }

  #incomplete(): string | undefined {
    if (this.#finish?.reason === 'length') return 'max_output_tokens';
    // A refusal without a word (recording anthropic-refusal-stream) would look like an empty answer.
    if (this.#finish?.reason === 'refusal' && !this.#holds('message')) return 'content_filter';
    return this.#finish?.reason === 'content-filter' ? 'content_filter' : undefined;
  }

  #holds(type: string): boolean {
    return this.#output.some((item) => item.type === type);
  }

  /** Never a clean end that was not one: an answer without a finish, or one whose only call the model botched. */
  #failure(): GatewayError | undefined {
    if (!this.#finish) return new GatewayError({ class: 'network', message: 'The answer ended without saying why.' });
    if (this.#finish.reason !== 'malformed-tool-call' || this.#holds('function_call')) return undefined;
    return new GatewayError({ class: 'overload', message: this.#finish.message ?? 'The model wrote a tool call that is not valid.' });
  }

  #fail(error: GatewayError): void {
    this.#error = error;
    this.#ended = true;
    this.#events.push(errorEvent(error, this.#sequence));
    this.#sequence += 1;
    this.emit('response.failed', { response: this.response() });
  }
}
