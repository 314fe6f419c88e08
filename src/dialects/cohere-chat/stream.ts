import type { ContentPart } from '../../conversation/content.ts';
import { GatewayError } from '../../conversation/error.ts';
import { asNumber, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import type { ReadContext, SseEvent, StreamReader } from '../dialect.ts';
import { CustomCallRestorer, customToolNames } from '../shared/custom-tools.ts';
import { jsonOf } from '../shared/event-json.ts';
import type { ToolNames } from '../shared/tool-names.ts';
import { citesText, readCitations, readLogprobs } from './citations.ts';
import { brokenOff, readError } from './error.ts';
import { toolNamesFor } from './request.ts';
import { readFinish, readUsage } from './usage.ts';

interface OpenPart {
  part: number;
  type: ContentPart['type'];
  /** A text so far, to which citations are held; a call's arguments so far. */
  text: string;
  /** Its end was announced. A text is kept open until something else begins, since its citations may come behind it. */
  ended: boolean;
}

const PLAN = 'plan';

/** Reads the events of a streamed `POST /v2/chat` (V2ChatStreamResponse). Content, calls and citations are numbered apart. */
export class CohereStreamReader implements StreamReader {
  readonly #context: ReadContext;
  readonly #names: ToolNames;
  readonly #restorer: CustomCallRestorer;
  readonly #open = new Map<string, OpenPart>();
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
    const data = jsonOf(event);
    return isObject(data) ? this.#restored(this.#read(data)) : [];
  }

  end(): StreamEvent[] {
    if (this.#over) return [];
    const message = 'The connection ended before the answer was complete.';
    return this.#restored([...this.#closeAll(), ...this.#fail(new GatewayError({ class: 'network', code: 'stream_truncated', message }))]);
  }

  #restored(events: StreamEvent[]): StreamEvent[] {
    return events.flatMap((event) => this.#restorer.push(event));
  }

  #fail(error: GatewayError): StreamEvent[] {
    this.#over = true;
    return [{ type: 'error', error }];
  }

  #read(data: JsonObject): StreamEvent[] {
    const delta = asObject(data.delta);
    const message = asObject(delta?.message);
    const index = asNumber(data.index) ?? 0;
    switch (data.type) {
      case 'message-start':
        return this.#start(asString(data.id));
      case 'content-start':
        return [...this.#start(), ...this.#content(index, asObject(message?.content), data, true)];
      case 'content-delta':
        return [...this.#start(), ...this.#content(index, asObject(message?.content), data, false)];
      case 'content-end':
        return this.#contentEnd(index);
      case 'tool-plan-delta':
        return [...this.#start(), ...this.#text(PLAN, 'reasoning', asString(message?.tool_plan) ?? '')];
      case 'tool-call-start':
        return [...this.#start(), ...this.#call(index, asObject(message?.tool_calls) ?? {})];
      case 'tool-call-delta':
        return this.#arguments(index, asObject(message?.tool_calls) ?? {});
      case 'tool-call-end':
        return this.#close(`call ${index}`);
      case 'citation-start':
        return this.#citation(asObject(message?.citations) ?? {});
      case 'message-end':
        return this.#finish(delta ?? {});
      default:
        return data.type === undefined && asString(data.message) !== undefined ? this.#fail(this.#errorOf(data)) : [];
    }
  }

  /** An error body where an event was expected. */
  #errorOf(data: JsonObject): GatewayError {
    return readError(500, {}, data, this.#context.rules ?? [], this.#context.now());
  }

  #start(id?: string): StreamEvent[] {
    if (this.#started) return [];
    this.#started = true;
    return [{ type: 'start', ...(id === undefined ? {} : { id }) }];
  }

  #content(index: number, content: JsonObject | undefined, data: JsonObject, starts: boolean): StreamEvent[] {
    if (!content) return [];
    const key = `content ${index}`;
    const again = starts ? this.#close(key) : [];
    const thinking = asString(content.thinking);
    if (thinking !== undefined) return [...again, ...this.#text(key, 'reasoning', thinking)];
    const text = asString(content.text);
    if (text === undefined) return again;
    const events = this.#text(key, 'text', text);
    const logprobs = readLogprobs([data.logprobs]);
    const open = this.#open.get(key);
    if (!open || logprobs.length === 0) return [...again, ...events];
    return [...again, ...events, { type: 'part-delta', part: open.part, delta: { type: 'logprobs', logprobs } }];
  }

  /** A part begins with its first words: some answers announce an empty text beside their calls. */
  #text(key: string, type: 'text' | 'reasoning', text: string): StreamEvent[] {
    if (text === '') return [];
    const events = this.#open.has(key) ? [] : this.#begin(key, { type, text: '' });
    const open = this.#open.get(key);
    if (!open) return events;
    open.text += text;
    return [...events, { type: 'part-delta', part: open.part, delta: { type: 'text', text } }];
  }

  #begin(key: string, content: ContentPart): StreamEvent[] {
    const before = [...this.#open].flatMap(([other, open]) => (open.ended || other === PLAN ? this.#close(other) : []));
    const part = this.#parts++;
    this.#open.set(key, { part, type: content.type, text: '', ended: false });
    return [...before, { type: 'part-start', choice: 0, part, content }];
  }

  #contentEnd(index: number): StreamEvent[] {
    const open = this.#open.get(`content ${index}`);
    if (open?.type !== 'text') return this.#close(`content ${index}`);
    open.ended = true;
    return [];
  }

  #call(index: number, call: JsonObject): StreamEvent[] {
    this.#called = true;
    const of = asObject(call.function);
    const name = this.#names.toClient(asString(of?.name) ?? '');
    const id = asString(call.id) || `call_${this.#context.newId()}`;
    const begun = this.#begin(`call ${index}`, { type: 'tool-call', id, name, arguments: '' });
    return [...begun, ...this.#arguments(index, call)];
  }

  #arguments(index: number, call: JsonObject): StreamEvent[] {
    const open = this.#open.get(`call ${index}`);
    const text = asString(asObject(call.function)?.arguments);
    if (!open || !text) return [];
    open.text += text;
    return [{ type: 'part-delta', part: open.part, delta: { type: 'arguments', text } }];
  }

  #citation(raw: JsonObject): StreamEvent[] {
    const open = this.#open.get(`content ${asNumber(raw.content_index) ?? 0}`);
    if (open?.type !== 'text' || !citesText(raw)) return [];
    return readCitations(raw, open.text).map((citation) => ({
      type: 'part-delta',
      part: open.part,
      delta: { type: 'citation', citation },
    }));
  }

  #finish(delta: JsonObject): StreamEvent[] {
    const ends = [...this.#start(), ...this.#closeAll()];
    const usage = asObject(delta.usage);
    const report: StreamEvent[] = usage ? [{ type: 'usage', usage: readUsage(usage) }] : [];
    const broken = brokenOff(delta.finish_reason, asString(delta.error));
    if (broken) return [...ends, ...report, ...this.#fail(broken)];
    this.#over = true;
    return [...ends, ...report, { type: 'finish', choice: 0, finish: readFinish(delta.finish_reason, this.#called) }];
  }

  #close(key: string): StreamEvent[] {
    const open = this.#open.get(key);
    if (!open) return [];
    this.#open.delete(key);
    const end: StreamEvent = { type: 'part-end', part: open.part };
    const idle = open.type === 'tool-call' && open.text === '';
    return idle ? [{ type: 'part-delta', part: open.part, delta: { type: 'arguments', text: '{}' } }, end] : [end];
  }

  #closeAll(): StreamEvent[] {
    return [...this.#open.keys()].flatMap((key) => this.#close(key));
  }
}
