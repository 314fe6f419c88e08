import { GatewayError } from '../../conversation/error.ts';
import { asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { TokenLogprob } from '../../conversation/response.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import type { ReadContext, SseEvent, StreamReader } from '../dialect.ts';
import { CustomCallRestorer, customToolNames } from '../shared/custom-tools.ts';
import { jsonOf } from '../shared/event-json.ts';
import type { ToolNames } from '../shared/tool-names.ts';
import { failureIn } from './error.ts';
import { isAnswer, readCall, saidIn } from './message.ts';
import { toolNamesFor } from './request.ts';
import { createdOf, readFinish, readLogprobs, readUsage } from './usage.ts';

/** Reads a streamed `POST /api/chat`: one object a line, the last of them with `done: true`. Calls come whole. */
export class OllamaStreamReader implements StreamReader {
  readonly #context: ReadContext;
  readonly #names: ToolNames;
  readonly #restorer: CustomCallRestorer;
  #open: { part: number; type: 'text' | 'reasoning' } | undefined;
  #parts = 0;
  #started = false;
  #called = false;
  #over = false;

  constructor(context: ReadContext) {
    this.#context = context;
    this.#names = toolNamesFor(context.request);
    this.#restorer = new CustomCallRestorer(customToolNames(context.request));
  }

  push(event: SseEvent): StreamEvent[] {
    if (this.#over) return [];
    const body = jsonOf(event);
    if (!isObject(body)) return [];
    const failure = failureIn(body, this.#context.rules ?? [], this.#context.now());
    if (failure) return [...this.#close(), ...this.#fail(failure)];
    if (!isAnswer(body) && body.done !== true) return [];
    return [...this.#start(body), ...this.#read(body), ...(body.done === true ? this.#finish(body) : [])];
  }

  end(): StreamEvent[] {
    if (this.#over) return [];
    const message = 'The connection ended before the answer was complete.';
    return [...this.#close(), ...this.#fail(new GatewayError({ class: 'network', code: 'stream_truncated', message }))];
  }

  #fail(error: GatewayError): StreamEvent[] {
    this.#over = true;
    return [{ type: 'error', error }];
  }

  #start(body: JsonObject): StreamEvent[] {
    if (this.#started) return [];
    this.#started = true;
    const model = asString(body.model);
    const created = createdOf(body);
    return [{ type: 'start', ...(model === undefined ? {} : { model }), ...(created === undefined ? {} : { created }) }];
  }

  #read(body: JsonObject): StreamEvent[] {
    const { thinking, text, calls } = saidIn(body);
    return [
      ...this.#say('reasoning', thinking, []),
      ...this.#say('text', text, readLogprobs(body.logprobs)),
      ...calls.flatMap((call) => this.#call(call)),
    ];
  }

  #say(type: 'text' | 'reasoning', text: string, logprobs: TokenLogprob[]): StreamEvent[] {
    if (text === '') return [];
    const began = this.#open?.type === type ? [] : this.#begin(type);
    const part = this.#open?.part ?? 0;
    const events: StreamEvent[] = [...began, { type: 'part-delta', part, delta: { type: 'text', text } }];
    if (logprobs.length > 0) events.push({ type: 'part-delta', part, delta: { type: 'logprobs', logprobs } });
    return events;
  }

  #begin(type: 'text' | 'reasoning'): StreamEvent[] {
    const before = this.#close();
    const part = this.#parts++;
    this.#open = { part, type };
    return [...before, { type: 'part-start', choice: 0, part, content: { type, text: '' } }];
  }

  #call(raw: JsonObject): StreamEvent[] {
    this.#called = true;
    const { arguments: text, ...call } = readCall(raw, this.#names, this.#context);
    const before = this.#close();
    const part = this.#parts++;
    const events: StreamEvent[] = [
      { type: 'part-start', choice: 0, part, content: { ...call, arguments: '' } },
      { type: 'part-delta', part, delta: { type: 'arguments', text } },
      { type: 'part-end', part },
    ];
    return [...before, ...events.flatMap((event) => this.#restorer.push(event))];
  }

  #finish(body: JsonObject): StreamEvent[] {
    this.#over = true;
    const usage = readUsage(body);
    const report: StreamEvent[] = usage ? [{ type: 'usage', usage }] : [];
    return [...this.#close(), ...report, { type: 'finish', choice: 0, finish: readFinish(body.done_reason, this.#called) }];
  }

  #close(): StreamEvent[] {
    if (!this.#open) return [];
    const { part } = this.#open;
    this.#open = undefined;
    return [{ type: 'part-end', part }];
  }
}
