import type { ContentPart } from './content.ts';
import type { DialectId } from './dialect-id.ts';
import { GatewayError, type Parsed } from './error.ts';
import type { ChatResponse, Choice } from './response.ts';
import type { PartDelta, StreamEvent } from './stream-event.ts';
import { mergeUsage } from './usage.ts';

/** Gathers a streamed answer into a whole one: for clients that did not ask for a stream where the provider gave one. */
export class Collector {
  readonly #response: ChatResponse;
  readonly #choices = new Map<number, Choice>();
  readonly #parts = new Map<number, { choice: number; content: ContentPart }>();
  #error: GatewayError | undefined;

  constructor(dialect: DialectId) {
    this.#response = { dialect, choices: [] };
  }

  push(event: StreamEvent): void {
    switch (event.type) {
      case 'start':
        if (event.id !== undefined) this.#response.id = event.id;
        if (event.model !== undefined) this.#response.model = event.model;
        if (event.created !== undefined) this.#response.created = event.created;
        return;
      case 'part-start': {
        const content = { ...event.content };
        this.#parts.set(event.part, { choice: event.choice, content });
        this.#choice(event.choice).content.push(content);
        return;
      }
      case 'part-delta': {
        const part = this.#parts.get(event.part);
        if (part) this.#apply(part.choice, part.content, event.delta);
        return;
      }
      case 'part-end':
        return;
      case 'usage':
        this.#response.usage = mergeUsage(this.#response.usage, event.usage);
        return;
      case 'finish':
        this.#choice(event.choice).finish = event.finish;
        return;
      case 'error':
        this.#error ??= event.error;
    }
  }

  /** The whole answer, or the error that ended the stream. */
  result(): Parsed<ChatResponse> {
    if (this.#error) return { ok: false, error: this.#error };
    if (this.#choices.size === 0) {
      return {
        ok: false,
        error: new GatewayError({ class: 'empty', code: 'empty_response', message: 'The provider sent an answer without content.' }),
      };
    }
    this.#response.choices = [...this.#choices.values()].sort((a, b) => a.index - b.index);
    return { ok: true, value: this.#response };
  }

  #choice(index: number): Choice {
    let choice = this.#choices.get(index);
    if (!choice) {
      choice = { index, content: [], finish: { reason: 'other' } };
      this.#choices.set(index, choice);
    }
    return choice;
  }

  #apply(index: number, content: ContentPart, delta: PartDelta): void {
    switch (delta.type) {
      case 'text':
        if (content.type === 'text' || content.type === 'reasoning' || content.type === 'refusal') content.text += delta.text;
        return;
      case 'arguments':
        if (content.type === 'tool-call') content.arguments += delta.text;
        return;
      case 'signature':
        if (content.type === 'reasoning' || content.type === 'text' || content.type === 'tool-call') content.signature = delta.signature;
        return;
      case 'citation':
        if (content.type === 'text') {
          content.citations = [...(content.citations ?? []), delta.citation];
        }
        return;
      case 'logprobs': {
        const choice = this.#choice(index);
        choice.logprobs ??= [];
        choice.logprobs.push(...delta.logprobs);
      }
    }
  }
}

/** Plays a whole answer as a stream: for clients that asked for a stream where the provider gave a whole answer. */
export function* eventsOf(response: ChatResponse): Generator<StreamEvent> {
  yield { type: 'start', id: response.id, model: response.model, created: response.created };
  let part = 0;
  for (const choice of response.choices) {
    // Log probabilities hang on text parts in a stream; without a text part they have nowhere to go.
    let logprobs = choice.logprobs;
    for (const content of choice.content) {
      const { opening, deltas } = asDeltas(content);
      yield { type: 'part-start', choice: choice.index, part, content: opening };
      for (const delta of deltas) yield { type: 'part-delta', part, delta };
      if (logprobs && content.type === 'text') {
        yield { type: 'part-delta', part, delta: { type: 'logprobs', logprobs } };
        logprobs = undefined;
      }
      yield { type: 'part-end', part };
      part += 1;
    }
  }
  if (response.usage) yield { type: 'usage', usage: response.usage };
  for (const choice of response.choices) yield { type: 'finish', choice: choice.index, finish: choice.finish };
}

function asDeltas(content: ContentPart): { opening: ContentPart; deltas: PartDelta[] } {
  const deltas: PartDelta[] = [];
  switch (content.type) {
    case 'text': {
      const { citations, signature, ...rest } = content;
      if (content.text) deltas.push({ type: 'text', text: content.text });
      for (const citation of citations ?? []) deltas.push({ type: 'citation', citation });
      if (signature) deltas.push({ type: 'signature', signature });
      return { opening: { ...rest, text: '' }, deltas };
    }
    case 'reasoning': {
      if (content.redacted) return { opening: content, deltas };
      const { signature, ...rest } = content;
      if (content.text) deltas.push({ type: 'text', text: content.text });
      if (signature) deltas.push({ type: 'signature', signature });
      return { opening: { ...rest, text: '' }, deltas };
    }
    case 'refusal':
      if (content.text) deltas.push({ type: 'text', text: content.text });
      return { opening: { ...content, text: '' }, deltas };
    case 'tool-call': {
      const { signature, ...rest } = content;
      if (content.arguments) deltas.push({ type: 'arguments', text: content.arguments });
      if (signature) deltas.push({ type: 'signature', signature });
      return { opening: { ...rest, arguments: '' }, deltas };
    }
    default:
      return { opening: content, deltas };
  }
}
