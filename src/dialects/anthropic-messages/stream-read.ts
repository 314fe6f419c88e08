import type { ContentPart } from '../../conversation/content.ts';
import { GatewayError } from '../../conversation/error.ts';
import { asArray, asNumber, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import { openSignature } from '../../conversation/signature.ts';
import type { PartDelta, StreamEvent } from '../../conversation/stream-event.ts';
import type { ReadContext, SseEvent, StreamReader } from '../dialect.ts';
import { CustomCallRestorer } from '../shared/custom-tools.ts';
import { jsonOf } from '../shared/event-json.ts';
import { AnswerBlocks } from './answer-read.ts';
import { readCitation } from './citations.ts';
import { errorInBody } from './error.ts';
import { HeldBlock } from './held-block.ts';
import { readStop } from './stop.ts';
import { joinUsage, readUsage } from './usage.ts';
import { DIALECT } from './vocabulary.ts';

/** A block that streams: its part's number, and for a call the arguments that came whole in its start. */
interface OpenBlock {
  part: number;
  type: ContentPart['type'];
  whole?: string;
  streamed: boolean;
}

/** Reads a Messages stream. Order and events: the API's streaming page; deviations of compatible vendors are taken calmly. */
export class MessagesStreamReader implements StreamReader {
  readonly #context: ReadContext;
  readonly #blocks: AnswerBlocks;
  readonly #restorer: CustomCallRestorer;
  readonly #open = new Map<number, OpenBlock | HeldBlock>();
  #parts = 0;
  #usage: JsonObject = {};
  #stop: JsonObject = {};
  #called = false;
  #started = false;
  #id: string | undefined;
  #over = false;

  constructor(context: ReadContext) {
    this.#context = context;
    this.#blocks = new AnswerBlocks(context);
    this.#restorer = new CustomCallRestorer(this.#blocks.custom);
  }

  push(event: SseEvent): StreamEvent[] {
    if (this.#over) return [];
    const data = jsonOf(event);
    if (!isObject(data)) return event.data.trimStart().startsWith('{') ? this.#fail(damaged()) : [];
    const error = errorInBody(data, this.#context.now());
    if (error) return this.#fail(error);
    const type = asString(data.type) ?? event.event;
    return this.#read(type, data).flatMap((out) => this.#restorer.push(out));
  }

  end(): StreamEvent[] {
    if (this.#over) return [];
    const ends = this.#cut().flatMap((out) => this.#restorer.push(out));
    const message = 'The connection ended before the answer was complete.';
    return [...ends, ...this.#fail(new GatewayError({ class: 'network', code: 'stream_truncated', message }))];
  }

  #fail(error: GatewayError): StreamEvent[] {
    this.#over = true;
    return [{ type: 'error', error }];
  }

  #read(type: string | undefined, data: JsonObject): StreamEvent[] {
    const index = asNumber(data.index) ?? 0;
    switch (type) {
      case 'message_start':
        return this.#start(asObject(data.message) ?? {});
      case 'content_block_start':
        return [...this.#begin(), ...this.#close(index), ...this.#openBlock(index, asObject(data.content_block) ?? {})];
      case 'content_block_delta':
        return [...this.#begin(), ...this.#delta(index, asObject(data.delta) ?? {})];
      case 'content_block_stop':
        return this.#close(index);
      case 'message_delta':
        this.#stop = { ...this.#stop, ...asObject(data.delta) };
        return [...this.#begin(), ...this.#count(asObject(data.usage))];
      case 'message_stop':
        return [...this.#begin(), ...this.#closeAll(), ...this.#finish()];
      default:
        return [];
    }
  }

  #begin(): StreamEvent[] {
    return this.#started ? [] : this.#start({});
  }

  #start(message: JsonObject): StreamEvent[] {
    const id = asString(message.id);
    if (this.#open.size > 0 && id !== this.#id) return this.#fail(spliced());
    this.#id = id;
    if (this.#started) return [];
    this.#started = true;
    const model = asString(message.model);
    const usage = asObject(message.usage);
    // At the start 0 output says nothing yet, but where the answer is already whole.
    const early = usage?.output_tokens === 0 && asString(message.stop_reason) === undefined;
    const counted = early ? { ...usage, output_tokens: null } : usage;
    const start = { ...(id === undefined ? {} : { id }), ...(model === undefined ? {} : { model }) };
    return [{ type: 'start', ...start }, ...this.#count(counted), ...this.#wholeInStart(message)];
  }

  /**
   * A call that running code makes (programmatic tool calling) is no new sampling: its message stands whole in `message_start`, with
   * its `stop_reason`, and `message_stop` follows (vercel/ai fixture anthropic-programmatic-tool-calling.1).
   */
  #wholeInStart(message: JsonObject): StreamEvent[] {
    if (asString(message.stop_reason) === undefined) return [];
    this.#stop = { stop_reason: message.stop_reason ?? null, stop_sequence: message.stop_sequence ?? null };
    const blocks = asArray(message.content).filter(isObject);
    return blocks.flatMap((block, index) => [...this.#openBlock(index, block), ...this.#close(index)]);
  }

  #count(usage: JsonObject | undefined): StreamEvent[] {
    if (!usage) return [];
    this.#usage = joinUsage(this.#usage, usage);
    const read = readUsage(this.#usage);
    return Object.keys(read).length > 0 ? [{ type: 'usage', usage: read }] : [];
  }

  #openBlock(index: number, block: JsonObject): StreamEvent[] {
    const content = this.#blocks.read(block);
    switch (content.type) {
      case 'text': {
        const { citations, text, ...rest } = content;
        const deltas: PartDelta[] = (citations ?? []).map((citation) => ({ type: 'citation', citation }));
        return this.#opened(index, { ...rest, text: '' }, [...textDelta(text), ...deltas]);
      }
      case 'reasoning': {
        if (content.redacted) return this.#opened(index, content, []);
        const { signature, text, ...rest } = content;
        const signed: PartDelta[] = signature ? [{ type: 'signature', signature }] : [];
        return this.#opened(index, { ...rest, text: '' }, [...textDelta(text), ...signed]);
      }
      case 'tool-call':
        this.#called = true;
        return this.#opened(index, { ...content, arguments: '' }, [], content.arguments);
      default:
        // Parts that come whole wait until their block ends: the vendor streams the input of its own tools.
        this.#open.set(index, new HeldBlock(block));
        return [];
    }
  }

  #opened(index: number, content: ContentPart, deltas: PartDelta[], whole?: string): StreamEvent[] {
    const part = this.#parts++;
    this.#open.set(index, { part, type: content.type, streamed: false, ...(whole === undefined ? {} : { whole }) });
    return [{ type: 'part-start', choice: 0, part, content }, ...deltas.map((delta): StreamEvent => ({ type: 'part-delta', part, delta }))];
  }

  #delta(index: number, delta: JsonObject): StreamEvent[] {
    const open = this.#open.get(index);
    if (open instanceof HeldBlock) {
      open.add(delta);
      return [];
    }
    if (!open) return this.#withoutStart(index, delta);
    const read = this.#readDelta(open, delta);
    return read ? [{ type: 'part-delta', part: open.part, delta: read }] : [];
  }

  /** Some compatible vendors leave `content_block_start` out. Of a call it holds id and name, so that cannot be made up. */
  #withoutStart(index: number, delta: JsonObject): StreamEvent[] {
    const type = delta.type === 'text_delta' ? 'text' : delta.type === 'thinking_delta' ? 'thinking' : undefined;
    if (type === undefined) return [];
    return [...this.#openBlock(index, { type, [type]: '' }), ...this.#delta(index, delta)];
  }

  #readDelta(open: OpenBlock, delta: JsonObject): PartDelta | undefined {
    switch (delta.type) {
      case 'text_delta':
        return open.type === 'text' ? textDelta(asString(delta.text))[0] : undefined;
      case 'thinking_delta':
        return open.type === 'reasoning' ? textDelta(asString(delta.thinking))[0] : undefined;
      case 'signature_delta':
        return open.type === 'reasoning' ? this.#signature(asString(delta.signature)) : undefined;
      case 'citations_delta': {
        const citation = asObject(delta.citation);
        return citation && open.type === 'text' ? { type: 'citation', citation: readCitation(citation) } : undefined;
      }
      case 'input_json_delta': {
        const text = asString(delta.partial_json);
        if (!text || open.type !== 'tool-call') return undefined;
        open.streamed = true;
        return { type: 'arguments', text };
      }
      default:
        return undefined;
    }
  }

  #signature(value: string | undefined): PartDelta | undefined {
    if (!value) return undefined;
    const signature = openSignature(value, DIALECT);
    return { type: 'signature', signature: signature.dialect === DIALECT ? { ...signature, model: this.#context.model } : signature };
  }

  #close(index: number): StreamEvent[] {
    const open = this.#open.get(index);
    if (!open) return [];
    this.#open.delete(index);
    if (open instanceof HeldBlock) {
      const part = this.#parts++;
      return [
        { type: 'part-start', choice: 0, part, content: this.#blocks.read(open.whole()) },
        { type: 'part-end', part },
      ];
    }
    const end: StreamEvent = { type: 'part-end', part: open.part };
    // A call without arguments streams none; a compatible vendor may have sent them all in the block's start.
    if (open.type !== 'tool-call' || open.streamed) return [end];
    return [{ type: 'part-delta', part: open.part, delta: { type: 'arguments', text: open.whole ?? '{}' } }, end];
  }

  /** Ends what was open when the connection broke: nothing is made up for it, and half a server's block is none. */
  #cut(): StreamEvent[] {
    return [...this.#open.values()].flatMap((open): StreamEvent[] =>
      open instanceof HeldBlock ? [] : [{ type: 'part-end', part: open.part }],
    );
  }

  #closeAll(): StreamEvent[] {
    return [...this.#open.keys()].flatMap((index) => this.#close(index));
  }

  #finish(): StreamEvent[] {
    this.#over = true;
    return [{ type: 'finish', choice: 0, finish: readStop(this.#stop, this.#called) }];
  }
}

const textDelta = (text: string | undefined): PartDelta[] => (text ? [{ type: 'text', text }] : []);

/** A relay that asked again in the middle of an answer: the half block before and the answer after make no whole. */
function spliced(): GatewayError {
  return new GatewayError({ class: 'network', code: 'stream_damaged', message: 'The provider began another answer inside this one.' });
}

function damaged(): GatewayError {
  return new GatewayError({ class: 'network', code: 'stream_damaged', message: 'The provider sent an event that is not JSON.' });
}
