import type { Citation, ContentPart } from '../../conversation/content.ts';
import { asArray, asNumber, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { TokenLogprob } from '../../conversation/response.ts';
import type { PartDelta, StreamEvent } from '../../conversation/stream-event.ts';
import { sourceFromUrl } from '../shared/media.ts';
import { readAnnotations, readLogprobs } from './annotations.ts';
import { AudioGatherer } from './audio-gatherer.ts';
import { readCallSignature } from './call-signature.ts';
import { finishOf } from './finish.ts';
import { ReasoningDetails } from './reasoning-details.ts';
import { thinkingText } from './request-read-parts.ts';
import { type TextPiece, ThinkTags } from './think-tags.ts';
import { ToolCallReader } from './tool-call-reader.ts';

export interface ChoiceSurroundings {
  model: string;
  /** The media type of spoken answers, which only the request names. */
  audioMime: string;
  nextPart(): number;
  newCallId(): string;
  clientName(name: string): string;
}

type Kind = 'text' | 'reasoning' | 'refusal';

/** Turns the deltas (or the message) of one choice into events. */
export class ChoiceReader {
  readonly index: number;
  /** The vendor's word, once it came. An empty one is none: some hosts send it in every chunk. */
  finish: string | undefined;
  readonly #around: ChoiceSurroundings;
  readonly #calls: ToolCallReader;
  readonly #tags = new ThinkTags();
  readonly #details = new ReasoningDetails();
  readonly #audio: AudioGatherer;
  /** Citations and log probabilities that came before any text to hang them on. */
  #waiting: PartDelta[] = [];
  #open: { kind: Kind; part: number } | undefined;
  #textPart: number | undefined;
  #begun = false;
  #plainReasoning = false;
  #refused = false;

  constructor(index: number, around: ChoiceSurroundings) {
    this.index = index;
    this.#around = around;
    this.#audio = new AudioGatherer(around.audioMime);
    this.#calls = new ToolCallReader({ choice: index, ...around });
  }

  /** Reads a choice of a chunk, or of a `whole` answer. */
  push(choice: JsonObject, whole = false): StreamEvent[] {
    const delta = whole ? (asObject(choice.message) ?? asObject(choice.delta)) : this.#deltaOf(choice);
    const events = delta ? this.#delta(delta) : [];
    events.push(...this.#hang(logprobDelta(readLogprobs(choice.logprobs))));
    const word = asString(choice.finish_reason);
    if (word) this.finish = word;
    if (events.length > 0) this.#begun = true;
    return events;
  }

  /** Everything still owed: held text, sources, part ends and, for a whole answer, the finish. */
  end(whole: boolean, sources: Citation[]): StreamEvent[] {
    const events = this.#tags.end().flatMap((piece) => this.#piece(piece));
    if (whole && this.#textPart !== undefined) events.push(...this.#hang(sources.map((citation) => ({ type: 'citation', citation }))));
    events.push(...this.#close());
    if (whole) events.push(...this.#lateProof(), ...this.#whole(this.#audio.take()));
    events.push(...this.#calls.end(whole));
    if (whole) events.push({ type: 'finish', choice: this.index, finish: this.#finishOf() });
    return events;
  }

  #finishOf() {
    const { any, cut, lost } = this.#calls;
    return finishOf(this.finish, { calls: any, cutCall: cut, lostCall: lost, refused: this.#refused });
  }

  /** Perplexity sends the text so far as `message` beside each delta: the message counts only where no delta ever came. */
  #deltaOf(choice: JsonObject): JsonObject | undefined {
    const delta = asObject(choice.delta);
    if (this.#begun || (delta && Object.keys(delta).length > 0)) return delta;
    return asObject(choice.message) ?? delta;
  }

  #delta(delta: JsonObject): StreamEvent[] {
    return [
      ...this.#reasoning(delta),
      ...this.#content(delta.content),
      ...this.#signature(delta),
      ...this.#text('refusal', asString(delta.refusal) ?? ''),
      ...this.#hang(readAnnotations(delta.annotations).map((citation) => ({ type: 'citation', citation }))),
      ...this.#media(delta),
      ...this.#toolCalls(delta),
    ];
  }

  #reasoning(delta: JsonObject): StreamEvent[] {
    const fromDetails = this.#details.push(delta.reasoning_details);
    const opaque = asString(delta.reasoning_opaque);
    if (opaque) this.#details.pushOpaque(opaque);
    // The same words may stand in several fields, at once or one after the other (recordings openrouter-*): one of them is enough.
    const plain = asString(delta.reasoning_content) || asString(delta.reasoning) || asString(delta.reasoning_text);
    if (plain) this.#plainReasoning = true;
    return this.#text('reasoning', plain || (this.#plainReasoning ? '' : fromDetails));
  }

  #content(content: unknown): StreamEvent[] {
    if (typeof content === 'string') return this.#tags.push(content).flatMap((piece) => this.#piece(piece));
    return asArray(content)
      .filter(isObject)
      .flatMap((part) => this.#contentPart(part));
  }

  #contentPart(part: JsonObject): StreamEvent[] {
    if (part.type === 'thinking') return this.#text('reasoning', thinkingText(part.thinking));
    if (part.type === 'image_url') return this.#image(part);
    if (part.type === 'refusal') return this.#text('refusal', asString(part.refusal) ?? '');
    return this.#text('text', asString(part.text) ?? '');
  }

  #piece(piece: TextPiece): StreamEvent[] {
    return this.#text(piece.kind, piece.text);
  }

  #text(kind: Kind, text: string): StreamEvent[] {
    if (!text) return [];
    const events: StreamEvent[] = [];
    if (this.#open?.kind !== kind) {
      events.push(...this.#close());
      const part = this.#around.nextPart();
      this.#open = { kind, part };
      events.push({ type: 'part-start', choice: this.index, part, content: { type: kind, text: '' } });
    }
    const { part } = this.#open as { part: number };
    events.push({ type: 'part-delta', part, delta: { type: 'text', text } });
    if (kind === 'refusal') this.#refused = true;
    if (kind === 'text') {
      this.#textPart = part;
      events.push(...this.#hang([]));
    }
    return events;
  }

  /** Hangs citations and log probabilities on the open text; keeps them while there is none. */
  #hang(deltas: PartDelta[]): StreamEvent[] {
    this.#waiting.push(...deltas);
    if (this.#open?.kind !== 'text' || this.#waiting.length === 0) return [];
    const { part } = this.#open;
    return this.#waiting.splice(0).map((delta) => ({ type: 'part-delta', part, delta }));
  }

  #signature(delta: JsonObject): StreamEvent[] {
    const { signature } = readCallSignature(asObject(delta.extra_content));
    return signature && this.#open?.kind === 'text'
      ? [{ type: 'part-delta', part: this.#open.part, delta: { type: 'signature', signature } }]
      : [];
  }

  #close(): StreamEvent[] {
    if (!this.#open) return [];
    const { kind, part } = this.#open;
    this.#open = undefined;
    const signature = kind === 'reasoning' ? this.#details.take(this.#around.model) : undefined;
    const end: StreamEvent = { type: 'part-end', part };
    return signature ? [{ type: 'part-delta', part, delta: { type: 'signature', signature } }, end] : [end];
  }

  /** A proof whose reasoning had no visible text, or came after it was closed. */
  #lateProof(): StreamEvent[] {
    const signature = this.#details.take(this.#around.model);
    return signature ? this.#whole({ type: 'reasoning', text: '', redacted: true, signature }) : [];
  }

  #media(delta: JsonObject): StreamEvent[] {
    this.#audio.push(asObject(delta.audio));
    return asArray(delta.images)
      .filter(isObject)
      .flatMap((image) => this.#image(image));
  }

  #image(wire: JsonObject): StreamEvent[] {
    const url = asString(asObject(wire.image_url)?.url) ?? asString(wire.image_url);
    return url ? this.#whole({ type: 'image', source: sourceFromUrl(url) }) : [];
  }

  #whole(content: ContentPart | undefined): StreamEvent[] {
    if (!content) return [];
    const closing = this.#close();
    const part = this.#around.nextPart();
    return [...closing, { type: 'part-start', choice: this.index, part, content }, { type: 'part-end', part }];
  }

  #toolCalls(delta: JsonObject): StreamEvent[] {
    const calls = asArray(delta.tool_calls).filter(isObject);
    const legacy = asObject(delta.function_call);
    // Snowflake fills fields it does not mean with empty values (recording snowflake-native-output).
    const meant = legacy && (legacy.name || legacy.arguments) ? [...calls, { index: LEGACY, function: legacy }] : calls;
    if (meant.length === 0) return [];
    return [...this.#close(), ...meant.flatMap((call) => this.#calls.push(call))];
  }
}

/** The index that stands for a `function_call`, which has none. */
const LEGACY = -1;

function logprobDelta(logprobs: TokenLogprob[]): PartDelta[] {
  return logprobs.length > 0 ? [{ type: 'logprobs', logprobs }] : [];
}

/**
 * The place of a choice: its index, else its place in the list. Where one choice was asked for, several without an index are one:
 * Copilot gives Claude's text and its tool calls as two choices.
 */
export function choiceIndex(choice: JsonObject, at: number, asked: number): number {
  return asNumber(choice.index) ?? (asked > 1 ? at : 0);
}
