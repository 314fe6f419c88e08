import type { ContentPart } from '../../conversation/content.ts';
import { asArray, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { Finish } from '../../conversation/response.ts';
import type { Signature } from '../../conversation/signature.ts';
import type { PartDelta, StreamEvent } from '../../conversation/stream-event.ts';
import type { ReadContext } from '../dialect.ts';
import type { ToolNames } from '../shared/tool-names.ts';
import { finishWord, readFinish } from './finish.ts';
import { citationsOf } from './grounding.ts';
import { readLogprobs } from './logprobs.ts';
import { camelPart, readPlainPart } from './part-read.ts';
import { PartialArgs } from './partial-args.ts';

/** The next part number of the answer, shared by its candidates. */
export interface PartNumbers {
  next: number;
}

type Open =
  /** A signature ends what it signs: text after it belongs to a new part. */
  { kind: 'text' | 'reasoning'; part: number; text: string; signed: boolean } | { kind: 'call'; part: number; args: PartialArgs };

/** Reads one candidate over all chunks of an answer. */
export class CandidateReader {
  readonly #index: number;
  readonly #numbers: PartNumbers;
  readonly #context: ReadContext;
  readonly #names: ToolNames;
  #open: Open | undefined;
  #called = false;
  #word: string | undefined;
  #message: string | undefined;
  readonly #cited = new Set<string>();

  constructor(index: number, numbers: PartNumbers, context: ReadContext, names: ToolNames) {
    this.#index = index;
    this.#numbers = numbers;
    this.#context = context;
    this.#names = names;
  }

  get finished(): boolean {
    return this.#word !== undefined;
  }

  push(candidate: JsonObject): StreamEvent[] {
    const events = asArray(asObject(candidate.content)?.parts).flatMap((part) => (isObject(part) ? this.#part(camelPart(part)) : []));
    events.push(...this.#annotations(candidate));
    this.#word = finishWord(candidate.finishReason) ?? this.#word;
    this.#message = asString(candidate.finishMessage) ?? this.#message;
    return events;
  }

  /** Ends the open part. */
  close(): StreamEvent[] {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return [];
    const end: StreamEvent = { type: 'part-end', part: open.part };
    return open.kind === 'call' ? [delta(open.part, { type: 'arguments', text: open.args.text() }), end] : [end];
  }

  finish(blocked: Finish | undefined): StreamEvent {
    const finish =
      this.#word === undefined
        ? (blocked ?? { reason: this.#called ? 'tool-calls' : 'other' })
        : readFinish(this.#word, this.#called, this.#message);
    return { type: 'finish', choice: this.#index, finish };
  }

  #part(part: JsonObject): StreamEvent[] {
    const signature = this.#signature(part);
    if (isObject(part.functionCall)) return this.#call(part.functionCall, signature);
    const content = readPlainPart(part, signature);
    if (content.type === 'text' || content.type === 'reasoning') return this.#text(content.type, content.text, signature);
    return [...this.close(), ...this.#start(content).events, ...this.#ended()];
  }

  #signature(part: JsonObject): Signature | undefined {
    const value = asString(part.thoughtSignature);
    return value ? { value, dialect: 'gemini', model: this.#context.model } : undefined;
  }

  /** An empty text with a signature signs the text before it, as in a whole answer, where both stand in one part. */
  #text(kind: 'text' | 'reasoning', text: string, signature: Signature | undefined): StreamEvent[] {
    if (text === '' && !signature) return [];
    const events: StreamEvent[] = [];
    let open = this.#open;
    if (!open || open.kind !== kind || open.signed) {
      events.push(...this.close());
      const started = this.#start({ type: kind, text: '' });
      events.push(...started.events);
      open = { kind, part: started.part, text: '', signed: false };
      this.#open = open;
    }
    open.text += text;
    open.signed = signature !== undefined;
    if (text !== '') events.push(delta(open.part, { type: 'text', text }));
    if (signature) events.push(delta(open.part, { type: 'signature', signature }));
    return events;
  }

  /** A call comes whole, or as a name, then pieces of arguments, then an empty call (recording google-stream-no-args-tool-call). */
  #call(call: JsonObject, signature: Signature | undefined): StreamEvent[] {
    const events = asString(call.name) === undefined && this.#open?.kind === 'call' ? [] : this.#newCall(call);
    const open = this.#open;
    if (open?.kind !== 'call') return events;
    open.args.add(call);
    if (signature) events.push(delta(open.part, { type: 'signature', signature }));
    return call.willContinue === true ? events : [...events, ...this.close()];
  }

  #newCall(call: JsonObject): StreamEvent[] {
    const name = asString(call.name);
    // The end mark of a call that is closed already.
    if (name === undefined || name === '') return [];
    const events = this.close();
    const id = asString(call.id) || `call_${this.#context.newId()}`;
    const started = this.#start({ type: 'tool-call', id, name: this.#names.toClient(name), arguments: '' });
    this.#open = { kind: 'call', part: started.part, args: new PartialArgs() };
    this.#called = true;
    return [...events, ...started.events];
  }

  #start(content: ContentPart): { part: number; events: StreamEvent[] } {
    const part = this.#numbers.next;
    this.#numbers.next += 1;
    return { part, events: [{ type: 'part-start', choice: this.#index, part, content }] };
  }

  #ended(): StreamEvent[] {
    return [{ type: 'part-end', part: this.#numbers.next - 1 }];
  }

  /** Grounding and log probabilities hang on the text that is open; they come with its last chunk. */
  #annotations(candidate: JsonObject): StreamEvent[] {
    const open = this.#open;
    if (open?.kind !== 'text') return [];
    const citations = citationsOf(candidate, open.text).filter((citation) => {
      const key = JSON.stringify(citation);
      return !this.#cited.has(key) && this.#cited.add(key);
    });
    const events = citations.map((citation) => delta(open.part, { type: 'citation', citation }));
    const logprobs = readLogprobs(candidate.logprobsResult);
    return logprobs.length > 0 ? [...events, delta(open.part, { type: 'logprobs', logprobs })] : events;
  }
}

function delta(part: number, change: PartDelta): StreamEvent {
  return { type: 'part-delta', part, delta: change };
}
