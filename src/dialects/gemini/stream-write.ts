import type { Citation, ContentPart } from '../../conversation/content.ts';
import type { GatewayError } from '../../conversation/error.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { Finish, TokenLogprob } from '../../conversation/response.ts';
import type { PartDelta, StreamEvent } from '../../conversation/stream-event.ts';
import { mergeUsage, type Usage } from '../../conversation/usage.ts';
import type { ReplyContext, StreamWriter } from '../dialect.ts';
import { frame } from '../shared/sse-frame.ts';
import { answerPart, citedText, signed } from './answer-part.ts';
import { writeError } from './error-write.ts';
import { writeFinish } from './finish.ts';
import { groundingOf } from './grounding.ts';
import { writeLogprobs } from './logprobs.ts';
import { writeUsage } from './usage.ts';

/** Server-sent events (`alt=sse`): one chunk an event, no end mark. */
export function streamWriter(context: ReplyContext): StreamWriter {
  return new GeminiStreamWriter(context, {
    chunk: (chunk) => frame(chunk),
    close: () => '',
    ping: ': ping\n\n',
  });
}

/** One growing JSON array, for clients that ask without `alt=sse`. Keep-alive is white space, which JSON allows between elements. */
export function arrayStreamWriter(context: ReplyContext): StreamWriter {
  return new GeminiStreamWriter(context, {
    chunk: (chunk, first) => `${first ? '[' : ',\n'}${JSON.stringify(chunk)}`,
    close: (empty) => (empty ? '[]' : '\n]'),
    ping: '\n',
  });
}

interface Framing {
  chunk(chunk: JsonObject, first: boolean): string;
  close(empty: boolean): string;
  ping: string;
}

interface OpenPart {
  choice: number;
  content: ContentPart;
}

interface Ending {
  finish?: Finish;
  texts: { text: string; citations: Citation[] }[];
  logprobs: TokenLogprob[];
}

/** Text and thoughts go out as they come; calls only whole, since `args` is an object; finish, usage and grounding in the last chunk. */
class GeminiStreamWriter implements StreamWriter {
  readonly #context: ReplyContext;
  readonly #framing: Framing;
  readonly #parts = new Map<number, OpenPart>();
  readonly #endings = new Map<number, Ending>();
  #usage: Usage | undefined;
  #model: string;
  #id: string | undefined;
  #first = true;
  #done = false;

  constructor(context: ReplyContext, framing: Framing) {
    this.#context = context;
    this.#framing = framing;
    this.#model = context.model;
  }

  push(event: StreamEvent): string {
    if (this.#done) return '';
    switch (event.type) {
      case 'start':
        this.#model = event.model ?? this.#model;
        this.#id ??= event.id;
        return '';
      case 'part-start':
        return this.#start(event.choice, event.part, event.content);
      case 'part-delta':
        return this.#delta(event.part, event.delta);
      case 'part-end':
        return this.#end(event.part);
      case 'usage':
        this.#usage = mergeUsage(this.#usage, event.usage);
        return '';
      case 'finish':
        this.#ending(event.choice).finish = event.finish;
        return '';
      case 'error':
        return this.#error(event.error);
    }
  }

  end(): string {
    if (this.#done) return '';
    const open = [...this.#parts.keys()].map((part) => this.#end(part)).join('');
    this.#done = true;
    if (this.#endings.size === 0) this.#ending(0);
    const endings = [...this.#endings].sort(([a], [b]) => a - b);
    const last = endings.map(([index, ending], at) => this.#chunk([lastCandidate(index, ending)], at === endings.length - 1));
    return open + last.join('') + this.#framing.close(this.#first);
  }

  ping(): string {
    return this.#done ? '' : this.#framing.ping;
  }

  #start(choice: number, part: number, content: ContentPart): string {
    this.#ending(choice);
    const held = structuredClone(content);
    this.#parts.set(part, { choice, content: held });
    if (held.type === 'text' || held.type === 'reasoning' || held.type === 'refusal') {
      if (held.type === 'text') this.#ending(choice).texts.push({ text: held.text, citations: held.citations ?? [] });
      return this.#emit(choice, answerPart(held, this.#context));
    }
    return '';
  }

  #delta(number: number, change: PartDelta): string {
    const part = this.#parts.get(number);
    if (!part) return '';
    const { choice, content } = part;
    switch (change.type) {
      case 'text':
        return change.text === '' ? '' : this.#text(part, change.text);
      case 'arguments':
        if (content.type === 'tool-call') content.arguments += change.text;
        return '';
      case 'signature':
        if (content.type === 'tool-call') content.signature = change.signature;
        if (content.type === 'text') return this.#emit(choice, [{ text: '', ...signed(change.signature) }]);
        return content.type === 'reasoning' ? this.#emit(choice, [{ text: '', thought: true, ...signed(change.signature) }]) : '';
      case 'citation':
        this.#ending(choice).texts.at(-1)?.citations.push(change.citation);
        return '';
      case 'logprobs':
        this.#ending(choice).logprobs.push(...change.logprobs);
        return '';
    }
  }

  #text({ choice, content }: OpenPart, text: string): string {
    if (content.type === 'reasoning') return this.#emit(choice, [{ text, thought: true }]);
    const last = content.type === 'text' ? this.#ending(choice).texts.at(-1) : undefined;
    if (last) last.text += text;
    return this.#emit(choice, [{ text }]);
  }

  #end(number: number): string {
    const part = this.#parts.get(number);
    this.#parts.delete(number);
    if (!part || part.content.type === 'text' || part.content.type === 'reasoning' || part.content.type === 'refusal') return '';
    return this.#emit(part.choice, answerPart(part.content, this.#context));
  }

  #ending(choice: number): Ending {
    let ending = this.#endings.get(choice);
    if (!ending) {
      ending = { texts: [], logprobs: [] };
      this.#endings.set(choice, ending);
    }
    return ending;
  }

  #emit(choice: number, parts: JsonObject[]): string {
    return parts.length === 0 ? '' : this.#chunk([{ content: { role: 'model', parts }, index: choice }], false);
  }

  #chunk(candidates: JsonObject[], last: boolean): string {
    this.#id ??= this.#context.newId();
    const usage = last ? writeUsage(this.#usage) : undefined;
    return this.#frame({ candidates, ...(usage ? { usageMetadata: usage } : {}), modelVersion: this.#model, responseId: this.#id });
  }

  #frame(chunk: JsonObject): string {
    const first = this.#first;
    this.#first = false;
    return this.#framing.chunk(chunk, first);
  }

  #error(error: GatewayError): string {
    this.#done = true;
    return this.#frame(writeError(error, '').body) + this.#framing.close(false);
  }
}

function lastCandidate(index: number, ending: Ending): JsonObject {
  const { text, citations } = citedText(ending.texts);
  const grounding = groundingOf(citations, text);
  const finish = ending.finish ?? { reason: 'other' };
  return {
    content: { role: 'model', parts: [{ text: '' }] },
    finishReason: writeFinish(finish),
    ...(finish.message === undefined ? {} : { finishMessage: finish.message }),
    index,
    ...(grounding ? { groundingMetadata: grounding } : {}),
    ...(ending.logprobs.length > 0 ? { logprobsResult: writeLogprobs(ending.logprobs) } : {}),
  };
}
