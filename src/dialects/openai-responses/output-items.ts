import type { Citation, ReasoningPart, RefusalPart, TextPart, ToolCallPart } from '../../conversation/content.ts';
import { asString, type JsonObject } from '../../conversation/json.ts';
import type { TokenLogprob } from '../../conversation/response.ts';
import { type Signature, sealSignature } from '../../conversation/signature.ts';
import type { PartDelta } from '../../conversation/stream-event.ts';
import { sealCallSignature } from './call-signature.ts';
import { writeAnnotation } from './content-write.ts';
import { ID, isOurId, itemOf, kept, ourId } from './extension.ts';
import type { WireName } from './namespaces.ts';

/** What an item writer may do: take a place in `output`, and tell the client. */
export interface OutputSink {
  /** Announces an item (`response.output_item.added`) and gives its output index. */
  add(item: JsonObject): number;
  emit(type: string, fields: JsonObject): void;
  /** The item is whole (`response.output_item.done`). */
  done(index: number, item: JsonObject): void;
  newId(): string;
}

/** Writes the parts of one output item as they come. */
export interface ItemWriter {
  delta(part: number, delta: PartDelta): void;
  end(part: number): void;
}

interface Content {
  index: number;
  type: 'output_text' | 'refusal';
  text: string;
  annotations: JsonObject[];
  logprobs: JsonObject[];
}

/** A `message` item: neighbouring texts (and a refusal) of one answer are its content parts. */
export class MessageWriter implements ItemWriter {
  readonly #sink: OutputSink;
  readonly #item: JsonObject;
  readonly #index: number;
  readonly #open = new Map<number, Content>();
  readonly #contents: Content[] = [];
  #sealed = false;
  #status = 'completed';

  constructor(sink: OutputSink, first: TextPart | RefusalPart) {
    this.#sink = sink;
    const { id, ...own } = itemOf(first) ?? {};
    this.#item = { ...own, id: asString(id) ?? `msg_${sink.newId()}`, type: 'message', role: 'assistant' };
    this.#index = sink.add({ ...this.#item, status: 'in_progress', content: [] });
  }

  /** False for a part that the vendor gave in another message, and once the item has been left. */
  takes(part: TextPart | RefusalPart): boolean {
    const id = itemOf(part)?.id;
    return !this.#sealed && (id === undefined || id === this.#item.id);
  }

  start(part: number, content: TextPart | RefusalPart): void {
    const type = content.type === 'text' ? 'output_text' : 'refusal';
    const added: Content = { index: this.#contents.length, type, text: '', annotations: [], logprobs: [] };
    this.#contents.push(added);
    this.#open.set(part, added);
    this.#tell('response.content_part.added', added, { part: wireContent(added) });
    if (content.text) this.delta(part, { type: 'text', text: content.text });
    for (const citation of content.type === 'text' ? (content.citations ?? []) : []) this.delta(part, { type: 'citation', citation });
  }

  delta(part: number, delta: PartDelta): void {
    const content = this.#open.get(part);
    if (!content) return;
    if (delta.type === 'text') this.#text(content, delta.text);
    else if (delta.type === 'citation') this.#citation(content, delta.citation);
    else if (delta.type === 'logprobs') content.logprobs.push(...delta.logprobs.map(wireLogprob));
  }

  end(part: number): void {
    const content = this.#open.get(part);
    if (!content) return;
    this.#open.delete(part);
    if (content.type === 'refusal') this.#tell('response.refusal.done', content, { refusal: content.text });
    else this.#tell('response.output_text.done', content, { text: content.text, logprobs: content.logprobs });
    this.#tell('response.content_part.done', content, { part: wireContent(content) });
    if (this.#sealed && this.#open.size === 0) this.#close();
  }

  /** No more parts: the item is done as soon as its open ones are. */
  seal(status: 'completed' | 'incomplete' = 'completed'): void {
    if (this.#sealed) return;
    this.#sealed = true;
    this.#status = status;
    if (this.#open.size === 0) this.#close();
  }

  #close(): void {
    this.#sink.done(this.#index, { ...this.#item, status: this.#status, content: this.#contents.map(wireContent) });
  }

  #text(content: Content, text: string): void {
    if (text === '') return;
    content.text += text;
    if (content.type === 'refusal') this.#tell('response.refusal.delta', content, { delta: text });
    else this.#tell('response.output_text.delta', content, { delta: text, logprobs: [] });
  }

  #citation(content: Content, citation: Citation): void {
    const annotation = writeAnnotation(citation, content.text.length);
    if (!annotation || content.type === 'refusal') return;
    const index = content.annotations.push(annotation) - 1;
    this.#tell('response.output_text.annotation.added', content, { annotation_index: index, annotation });
  }

  #tell(type: string, content: Content, fields: JsonObject): void {
    this.#sink.emit(type, { item_id: this.#item.id, output_index: this.#index, content_index: content.index, ...fields });
  }
}

function wireContent(content: Content): JsonObject {
  if (content.type === 'refusal') return { type: 'refusal', refusal: content.text };
  return { type: 'output_text', text: content.text, annotations: [...content.annotations], logprobs: [...content.logprobs] };
}

function wireLogprob({ token, logprob, bytes, top }: TokenLogprob): JsonObject {
  return {
    token,
    logprob,
    bytes: bytes ?? [],
    top_logprobs: (top ?? []).map((other) => ({ token: other.token, logprob: other.logprob, bytes: other.bytes ?? [] })),
  };
}

/** A `reasoning` item: the text as one summary part, the proof sealed into `encrypted_content`. */
export class ReasoningWriter implements ItemWriter {
  readonly #sink: OutputSink;
  readonly #id: string;
  #index: number | undefined;
  #text = '';
  #signature: Signature | undefined;

  constructor(sink: OutputSink, part: ReasoningPart) {
    this.#sink = sink;
    const id = asString(itemOf(part)?.id) ?? (part.id?.startsWith('rs_') ? part.id : undefined);
    this.#id = id ?? ourId('rs', sink.newId());
    this.#signature = part.signature;
    if (part.text) this.#grow(part.text);
  }

  delta(_part: number, delta: PartDelta): void {
    if (delta.type === 'text' && delta.text !== '') this.#grow(delta.text);
    if (delta.type === 'signature') this.#signature = delta.signature;
  }

  end(): void {
    const index = this.#index ?? (this.#hasWorth() ? this.#add() : undefined);
    if (index === undefined) return;
    const summary = this.#text === '' ? [] : [{ type: 'summary_text', text: this.#text }];
    if (summary[0]) {
      this.#tell('response.reasoning_summary_text.done', { text: this.#text });
      this.#tell('response.reasoning_summary_part.done', { part: summary[0] });
    }
    const proof = this.#signature ? { encrypted_content: sealSignature(this.#signature, ID) } : {};
    this.#sink.done(index, { id: this.#id, type: 'reasoning', summary, ...proof });
  }

  /** A thought without text and proof is worth an item only where the vendor itself has one under that id. */
  #hasWorth(): boolean {
    return this.#signature !== undefined || !isOurId(this.#id);
  }

  #add(): number {
    this.#index = this.#sink.add({ id: this.#id, type: 'reasoning', summary: [] });
    return this.#index;
  }

  #grow(text: string): void {
    if (this.#index === undefined) this.#add();
    if (this.#text === '') this.#tell('response.reasoning_summary_part.added', { part: { type: 'summary_text', text: '' } });
    this.#text += text;
    this.#tell('response.reasoning_summary_text.delta', { delta: text });
  }

  #tell(type: string, fields: JsonObject): void {
    this.#sink.emit(type, { item_id: this.#id, output_index: this.#index, summary_index: 0, ...fields });
  }
}

/** A `function_call` or `custom_tool_call` item; after it, the bearer of its signature where it has one. */
export class CallWriter implements ItemWriter {
  readonly #sink: OutputSink;
  readonly #item: JsonObject;
  readonly #index: number;
  readonly #custom: boolean;
  #input = '';
  #signature: Signature | undefined;

  constructor(sink: OutputSink, part: ToolCallPart, wire: WireName | undefined) {
    this.#sink = sink;
    this.#custom = part.kind === 'custom';
    this.#signature = part.signature;
    const { id, status: _status, ...own } = itemOf(part) ?? {};
    this.#item = {
      ...own,
      id: asString(id) ?? `${this.#custom ? 'ctc' : 'fc'}_${sink.newId()}`,
      type: this.#custom ? 'custom_tool_call' : 'function_call',
      call_id: part.id,
      ...(wire ?? { name: asString(kept(part).name) ?? part.name }),
    };
    this.#index = sink.add(this.#whole('in_progress'));
    this.#grow(part.arguments);
  }

  delta(_part: number, delta: PartDelta): void {
    if (delta.type === 'arguments') this.#grow(delta.text);
    if (delta.type === 'signature') this.#signature = delta.signature;
  }

  end(): void {
    // A call without arguments is an empty object to every client that parses it.
    if (!this.#custom && this.#input === '') this.#grow('{}');
    if (this.#custom) this.#tell('response.custom_tool_call_input.done', { input: this.#input });
    else this.#tell('response.function_call_arguments.done', { name: this.#item.name, arguments: this.#input });
    this.#sink.done(this.#index, this.#whole('completed'));
    if (this.#signature && this.#signature.dialect !== ID) this.#bearer(this.#signature);
  }

  #bearer(signature: Signature): void {
    const item = { id: ourId('rs', this.#sink.newId()), type: 'reasoning', summary: [] };
    const index = this.#sink.add(item);
    this.#sink.done(index, { ...item, encrypted_content: sealCallSignature(String(this.#item.call_id), signature) });
  }

  #grow(text: string): void {
    if (text === '') return;
    this.#input += text;
    this.#tell(this.#custom ? 'response.custom_tool_call_input.delta' : 'response.function_call_arguments.delta', { delta: text });
  }

  #whole(status: string): JsonObject {
    return { ...this.#item, status, ...(this.#custom ? { input: this.#input } : { arguments: this.#input }) };
  }

  #tell(type: string, fields: JsonObject): void {
    this.#sink.emit(type, { item_id: this.#item.id, output_index: this.#index, ...fields });
  }
}
