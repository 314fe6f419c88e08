import type { ContentPart } from '../../conversation/content.ts';
import { asArray, asNumber, asObject, asString, type Json, type JsonObject } from '../../conversation/json.ts';
import type { PartDelta } from '../../conversation/stream-event.ts';
import { citationOf, logprobsOf } from './content.ts';
import {
  type AnswerContext,
  answeredCall,
  generatedImage,
  messageItemOf,
  messagePart,
  reasoningPart,
  reasoningText,
  serverPart,
  signatureOf,
} from './items.ts';

/** Where an item's parts go. */
export interface PartSink {
  /** Begins a part and gives its number. */
  start(content: ContentPart): number;
  delta(part: number, delta: PartDelta): void;
  close(part: number): void;
}

/** A part whose text grows; `sent` is what was told of it so far. */
interface Growing {
  part: number;
  sent: string;
  citations: number;
  logprobs: number;
}

/** One output item of a stream: begins its parts as soon as they can be named, and completes them from the `done` events. */
export class ItemReader {
  readonly #sink: PartSink;
  readonly #context: AnswerContext;
  readonly #contents = new Map<number, Growing>();
  #item: JsonObject = {};
  #reasoning: Growing | undefined;
  /** The summary or content part that the last reasoning delta belonged to. */
  #section: string | undefined;
  #call: Growing | undefined;
  #early = '';
  #done = false;

  constructor(sink: PartSink, context: AnswerContext) {
    this.#sink = sink;
    this.#context = context;
  }

  get isDone(): boolean {
    return this.#done;
  }

  added(item: JsonObject): void {
    this.#item = { ...this.#item, ...item };
    if (isCall(item.type) && item.call_id && item.name) this.#startCall();
  }

  event(type: string, data: JsonObject): void {
    if (this.#done) return;
    const index = asNumber(data.content_index) ?? 0;
    const text = asString(data.delta) ?? '';
    switch (type) {
      case 'response.content_part.added':
        if (isMessagePart(data.part)) this.#content(index, asObject(data.part)?.type === 'refusal');
        return;
      case 'response.output_text.delta':
        this.#textDelta(index, text, data);
        return;
      case 'response.refusal.delta':
        this.#grow(this.#content(index, true), text);
        return;
      case 'response.output_text.annotation.added':
        this.#annotations(this.#content(index, false), [data.annotation ?? null], true);
        return;
      case 'response.output_text.done':
        this.#complete(this.#content(index, false), asString(data.text));
        return;
      case 'response.refusal.done':
        this.#complete(this.#content(index, true), asString(data.refusal));
        return;
      case 'response.content_part.done':
        this.#contentDone(index, asObject(data.part) ?? {});
        return;
      case 'response.reasoning_summary_text.delta':
        this.#reasoningDelta(`s${asNumber(data.summary_index) ?? 0}`, text);
        return;
      case 'response.reasoning_text.delta':
      case 'response.reasoning.delta':
        this.#reasoningDelta(`c${index}`, text);
        return;
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        this.#arguments(text);
        return;
      case 'response.function_call_arguments.done':
      case 'response.custom_tool_call_input.done':
        this.#argumentsDone(asString(data.arguments) ?? asString(data.input) ?? '');
        return;
    }
  }

  /** The whole item: everything that was not told yet. */
  done(item: JsonObject): void {
    if (this.#done) return;
    this.#item = { ...this.#item, ...item };
    this.#done = true;
    switch (this.#item.type) {
      case 'message':
        this.#messageDone(asArray(item.content));
        break;
      case 'function_call':
      case 'custom_tool_call':
        this.#startCall();
        this.#argumentsDone(asString(item.arguments) ?? asString(item.input) ?? '');
        break;
      case 'reasoning':
        this.#reasoningDone(item);
        break;
      case 'image_generation_call':
        this.#whole(generatedImage(this.#item) ?? serverPart(this.#item));
        break;
      default:
        this.#whole(serverPart(this.#item));
    }
    this.#closeAll();
  }

  /** The response is over and this item was never said to be done: what is known of a hosted tool's step still counts. */
  finish(): void {
    if (this.#done) return;
    if (this.#item.type === undefined) {
      this.#closeAll();
      return;
    }
    this.done({});
  }

  /**
   * Bedrock's OpenAI endpoint numbers the streamed contents of all items through, and those of the whole item from 0: an index beyond
   * the item's contents says that they belong together in order.
   */
  #messageDone(content: (Json | undefined)[]): void {
    const streamed = [...this.#contents.keys()].sort((a, b) => a - b);
    const throughout = streamed.some((index) => index >= content.length);
    for (const [index, part] of content.entries())
      this.#contentDone((throughout ? streamed[index] : undefined) ?? index, asObject(part) ?? {});
  }

  #content(index: number, refusal: boolean): Growing {
    const known = this.#contents.get(index);
    if (known) return known;
    const content = messagePart({ type: refusal ? 'refusal' : 'output_text' }, messageItemOf({ type: 'message', ...this.#item }));
    const growing = this.#growing(content);
    this.#contents.set(index, growing);
    return growing;
  }

  #growing(content: ContentPart): Growing {
    return { part: this.#sink.start(content), sent: '', citations: 0, logprobs: 0 };
  }

  #textDelta(index: number, text: string, data: JsonObject): void {
    const growing = this.#content(index, false);
    this.#grow(growing, text);
    this.#logprobs(growing, data.logprobs);
  }

  #grow(growing: Growing, text: string): void {
    if (text === '') return;
    growing.sent += text;
    this.#sink.delta(growing.part, { type: 'text', text });
  }

  /** What the whole text has beyond what was sent. Where both disagree the streamed text stands: the client has shown it. */
  #complete(growing: Growing, whole: string | undefined): void {
    if (whole?.startsWith(growing.sent)) this.#grow(growing, whole.slice(growing.sent.length));
  }

  #contentDone(index: number, part: JsonObject): void {
    if (!isMessagePart(part)) return;
    const growing = this.#content(index, part.type === 'refusal');
    this.#complete(growing, asString(part.text) ?? asString(part.refusal));
    this.#annotations(growing, asArray(part.annotations), false);
    if (growing.logprobs === 0) this.#logprobs(growing, part.logprobs);
  }

  /** `more`: these come on top of those already told; else they are the whole list. */
  #annotations(growing: Growing, annotations: (Json | undefined)[], more: boolean): void {
    for (const annotation of more ? annotations : annotations.slice(growing.citations)) {
      growing.citations += 1;
      const citation = citationOf(annotation);
      if (citation) this.#sink.delta(growing.part, { type: 'citation', citation });
    }
  }

  #logprobs(growing: Growing, value: unknown): void {
    const logprobs = logprobsOf(value);
    if (logprobs.length === 0) return;
    growing.logprobs += logprobs.length;
    this.#sink.delta(growing.part, { type: 'logprobs', logprobs });
  }

  #startReasoning(): Growing {
    // Begun with the id alone: the summary follows in deltas, and a proof of an item that is still growing is not the last word.
    this.#reasoning ??= this.#growing(reasoningPart({ type: 'reasoning', ...(this.#item.id ? { id: this.#item.id } : {}) }));
    return this.#reasoning;
  }

  #reasoningDelta(section: string, text: string): void {
    if (text === '') return;
    const growing = this.#startReasoning();
    if (this.#section !== section && growing.sent !== '') this.#grow(growing, '\n\n');
    this.#section = section;
    this.#grow(growing, text);
  }

  #reasoningDone(item: JsonObject): void {
    const growing = this.#startReasoning();
    this.#complete(growing, reasoningText(item));
    const signature = signatureOf(this.#item, this.#context.model);
    if (signature) this.#sink.delta(growing.part, { type: 'signature', signature });
  }

  #startCall(): void {
    if (this.#call) return;
    const { arguments: _arguments, input: _input, ...named } = this.#item;
    this.#call = this.#growing(answeredCall(named, this.#context));
    const early = this.#early;
    this.#early = '';
    this.#arguments(early);
  }

  /** Arguments that come before the call has a name wait for it. */
  #arguments(text: string): void {
    if (text === '') return;
    if (!this.#call) {
      this.#early += text;
      return;
    }
    this.#call.sent += text;
    this.#sink.delta(this.#call.part, { type: 'arguments', text });
  }

  #argumentsDone(whole: string): void {
    const sent = this.#call ? this.#call.sent : this.#early;
    if (whole.startsWith(sent)) this.#arguments(whole.slice(sent.length));
  }

  #whole(content: ContentPart): void {
    this.#sink.close(this.#sink.start(content));
  }

  #closeAll(): void {
    for (const growing of [...this.#contents.values(), this.#reasoning, this.#call]) if (growing) this.#sink.close(growing.part);
  }
}

function isCall(type: unknown): boolean {
  return type === 'function_call' || type === 'custom_tool_call';
}

/** A reasoning item's `reasoning_text` comes in content parts too; its text has events of its own. */
function isMessagePart(part: unknown): boolean {
  const type = asObject(part)?.type;
  return type === 'output_text' || type === 'refusal' || type === 'text';
}
