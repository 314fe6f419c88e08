import type { ContentPart, ToolCallPart } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import { type Signature, sealSignature } from '../../conversation/signature.ts';
import type { PartDelta, StreamEvent } from '../../conversation/stream-event.ts';
import { frame } from '../shared/sse-frame.ts';
import { answerBlocks, callStart, reasoningBlock, signatureBlock } from './answer-write.ts';
import { ownCitations } from './citations.ts';
import { DIALECT } from './vocabulary.ts';

type PartEvent = Extract<StreamEvent, { type: 'part-start' | 'part-delta' | 'part-end' }>;

/** The part whose block is open now. `silent`: it came whole, or has no block here, so nothing more is written for it. */
interface Open {
  part: number;
  content: ContentPart;
  silent: boolean;
  /** A text block that nothing has been written of yet. */
  begun: boolean;
  signature?: Signature;
}

/**
 * Content blocks one after another, numbered without gaps. Parts of our stream may overlap (parallel tool calls), blocks may
 * not: a part that begins while a call or a thought is open waits for its end. Text gives way instead, and what comes
 * for it later makes a block of its own: vendors that never end their text must not hold up the calls behind it.
 */
export class BlockStream {
  readonly #warn: (message: string) => void;
  readonly #waiting = new Map<number, PartEvent[]>();
  readonly #texts = new Map<number, ContentPart>();
  #open: Open | undefined;
  #index = 0;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  push(event: PartEvent): string {
    const { part } = event;
    if (this.#open?.part === part) return this.#now(event);
    const waiting = this.#waiting.get(part);
    if (waiting) {
      waiting.push(event);
      return '';
    }
    if (event.type === 'part-start') return this.#arrive(event);
    const text = this.#texts.get(part);
    if (!text || event.type === 'part-end') return '';
    return this.#arrive({ type: 'part-start', choice: 0, part, content: text }) + this.push(event);
  }

  /** Closes what is open and writes what waits. */
  end(): string {
    let text = this.#close();
    while (this.#waiting.size > 0) text += this.#next() + this.#close();
    return text;
  }

  #arrive(event: Extract<PartEvent, { type: 'part-start' }>): string {
    if (!this.#open) return this.#begin(event.part, event.content);
    const { content, part } = this.#open;
    if (content.type !== 'text' && content.type !== 'refusal') {
      this.#waiting.set(event.part, [event]);
      return '';
    }
    this.#texts.set(part, content);
    const closed = this.#close();
    return closed + this.#begin(event.part, event.content);
  }

  #now(event: PartEvent): string {
    if (event.type === 'part-start') return '';
    if (event.type === 'part-delta') return this.#delta(event.delta);
    this.#texts.delete(event.part);
    return this.#close() + this.#next();
  }

  #next(): string {
    const [first] = this.#waiting;
    if (!first || this.#open) return '';
    const [part, events] = first;
    this.#waiting.delete(part);
    const [start, ...rest] = events;
    if (start?.type !== 'part-start') return '';
    // Not through `push`: a part that gives way again must not be taken for a new one.
    return this.#begin(part, start.content) + rest.map((event) => this.push(event)).join('');
  }

  #begin(part: number, content: ContentPart): string {
    switch (content.type) {
      case 'text':
      case 'refusal':
        this.#open = { part, content: { ...content, text: '' }, silent: false, begun: false };
        return content.text ? this.#delta({ type: 'text', text: content.text }) : '';
      case 'tool-call':
        this.#open = { part, content, silent: false, begun: true, ...(content.signature ? { signature: content.signature } : {}) };
        return this.#callStart(content);
      case 'reasoning':
        return this.#reason(part, content);
      default:
        this.#open = { part, content, silent: true, begun: true };
        return answerBlocks(content, this.#warn)
          .map((block) => this.#whole(block))
          .join('');
    }
  }

  #callStart(content: ToolCallPart): string {
    const start = this.#write('content_block_start', { content_block: callStart(content) });
    return start + (content.kind === 'custom' ? this.#json('{"input":"') : '') + this.#argument(content.arguments);
  }

  #reason(part: number, content: Extract<ContentPart, { type: 'reasoning' }>): string {
    if (content.redacted) {
      this.#open = { part, content, silent: true, begun: true };
      return this.#whole(reasoningBlock(content));
    }
    this.#open = { part, content, silent: false, begun: true };
    const { signature, text, ...rest } = content;
    return (
      this.#write('content_block_start', { content_block: reasoningBlock({ ...rest, text: '' }) }) +
      (text ? this.#delta({ type: 'text', text }) : '') +
      (signature ? this.#delta({ type: 'signature', signature }) : '')
    );
  }

  #delta(delta: PartDelta): string {
    const open = this.#open;
    if (!open || open.silent) return '';
    switch (delta.type) {
      case 'text':
        if (delta.text === '' || open.content.type === 'tool-call') return '';
        return open.content.type === 'reasoning'
          ? this.#write('content_block_delta', { delta: { type: 'thinking_delta', thinking: delta.text } })
          : this.#text({ type: 'text_delta', text: delta.text });
      case 'arguments':
        return open.content.type === 'tool-call' ? this.#argument(delta.text) : '';
      case 'signature':
        return this.#signature(open, delta.signature);
      case 'citation':
        if (open.content.type !== 'text') return '';
        return ownCitations([delta.citation])
          .map((citation) => this.#text({ type: 'citations_delta', citation }))
          .join('');
      case 'logprobs':
        return '';
    }
  }

  /** A text block begins with its first delta: the API never sends an empty one, and refuses it in the next request. */
  #text(delta: JsonObject): string {
    const open = this.#open;
    const start =
      open && !open.begun ? this.#write('content_block_start', { content_block: { type: 'text', citations: null, text: '' } }) : '';
    if (open) open.begun = true;
    return start + this.#write('content_block_delta', { delta });
  }

  #argument(text: string): string {
    if (text === '') return '';
    const { content } = this.#open ?? {};
    // Free text goes inside a JSON string, piece by piece: JSON escapes even half a surrogate pair so that the halves join again.
    const custom = content?.type === 'tool-call' && content.kind === 'custom';
    return this.#json(custom ? JSON.stringify(text).slice(1, -1) : text);
  }

  #json(text: string): string {
    return this.#write('content_block_delta', { delta: { type: 'input_json_delta', partial_json: text } });
  }

  #signature(open: Open, signature: Signature): string {
    if (open.content.type !== 'reasoning') {
      open.signature = signature;
      return '';
    }
    return this.#write('content_block_delta', { delta: { type: 'signature_delta', signature: sealSignature(signature, DIALECT) } });
  }

  #close(): string {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return '';
    const quote = open.content.type === 'tool-call' && open.content.kind === 'custom' ? this.#json('"}') : '';
    const stop = open.silent || !open.begun ? '' : quote + this.#stop();
    const signed = open.content.type === 'tool-call' ? signatureBlock(open.signature) : [];
    return stop + signed.map((block) => this.#whole(block)).join('');
  }

  /** A block that comes at once. The input of a server's tool goes as a delta, the way the API sends it. */
  #whole(block: JsonObject): string {
    const streams = /tool_use$/.test(String(block.type)) && block.input !== undefined;
    const text = block.type === 'text' && typeof block.text === 'string' ? block.text : '';
    const content_block = streams ? { ...block, input: {} } : block.type === 'text' ? { ...block, text: '' } : block;
    const input = streams ? this.#argument(typeof block.input === 'string' ? block.input : JSON.stringify(block.input)) : '';
    const delta = text ? this.#write('content_block_delta', { delta: { type: 'text_delta', text } }) : '';
    return this.#write('content_block_start', { content_block }) + input + delta + this.#stop();
  }

  #stop(): string {
    const text = this.#write('content_block_stop', {});
    this.#index += 1;
    return text;
  }

  #write(type: string, fields: JsonObject): string {
    return frame({ type, index: this.#index, ...fields }, type);
  }
}
