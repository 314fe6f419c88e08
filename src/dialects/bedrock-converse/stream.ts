import type { ContentPart } from '../../conversation/content.ts';
import { GatewayError } from '../../conversation/error.ts';
import { asNumber, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { PartDelta, StreamEvent } from '../../conversation/stream-event.ts';
import type { ReadContext, SseEvent, StreamReader } from '../dialect.ts';
import { CustomCallRestorer, customToolNames } from '../shared/custom-tools.ts';
import { jsonOf } from '../shared/event-json.ts';
import type { ToolNames } from '../shared/tool-names.ts';
import { readException } from './error.ts';
import { toolNamesFor } from './request.ts';
import { readCitation, signed } from './response.ts';
import { readStop, readUsage } from './usage.ts';

interface OpenBlock {
  part: number;
  type: ContentPart['type'];
  /** A call whose arguments have not begun. */
  idle: boolean;
}

/**
 * Reads the events of `converse-stream` (AWS API reference, ConverseStreamOutput) as `EventStreamDecoder` gives them. Text and
 * reasoning begin with their first delta: only calls are announced. The usage comes after the stop.
 */
export class ConverseStreamReader implements StreamReader {
  readonly #context: ReadContext;
  readonly #names: ToolNames;
  readonly #restorer: CustomCallRestorer;
  readonly #open = new Map<number, OpenBlock>();
  #parts = 0;
  #started = false;
  #called = false;
  #stopped = false;
  #failed = false;

  constructor(context: ReadContext) {
    this.#context = context;
    this.#names = toolNamesFor(context.request);
    this.#restorer = new CustomCallRestorer(customToolNames(context.request));
  }

  push(event: SseEvent): StreamEvent[] {
    if (this.#failed) return [];
    const data = jsonOf(event);
    const body = isObject(data) ? data : {};
    const exception = /^exception:(.*)$/.exec(event.event ?? '')?.[1];
    if (exception !== undefined) return this.#fail(readException(exception, body, this.#context.now()));
    return this.#read(event.event, body).flatMap((out) => this.#restorer.push(out));
  }

  end(): StreamEvent[] {
    if (this.#failed || this.#stopped) return [];
    const open = [...this.#open.values()];
    const ends = open.flatMap(({ part }) => this.#restorer.push({ type: 'part-end', part }));
    const message = 'The connection ended before the answer was complete.';
    return [...ends, ...this.#fail(new GatewayError({ class: 'network', code: 'stream_truncated', message }))];
  }

  #fail(error: GatewayError): StreamEvent[] {
    this.#failed = true;
    return [{ type: 'error', error }];
  }

  #read(type: string | undefined, body: JsonObject): StreamEvent[] {
    if (type === 'metadata') return this.#usage(body);
    if (this.#stopped) return [];
    const index = asNumber(body.contentBlockIndex) ?? 0;
    switch (type) {
      case 'messageStart':
        return this.#start();
      case 'contentBlockStart':
        return [...this.#start(), ...this.#announce(index, asObject(body.start) ?? {})];
      case 'contentBlockDelta':
        return [...this.#start(), ...this.#delta(index, asObject(body.delta) ?? {})];
      case 'contentBlockStop':
        return this.#close(index);
      case 'messageStop':
        return this.#stop(body);
      default:
        return [];
    }
  }

  #start(): StreamEvent[] {
    if (this.#started) return [];
    this.#started = true;
    return [{ type: 'start' }];
  }

  #usage(body: JsonObject): StreamEvent[] {
    const usage = asObject(body.usage);
    return usage ? [{ type: 'usage', usage: readUsage(usage) }] : [];
  }

  #stop(body: JsonObject): StreamEvent[] {
    const ends = [...this.#start(), ...this.#closeAll()];
    this.#stopped = true;
    return [...ends, { type: 'finish', choice: 0, finish: readStop(body.stopReason, this.#called) }];
  }

  #announce(index: number, start: JsonObject): StreamEvent[] {
    const call = asObject(start.toolUse);
    if (!call) return [];
    this.#called = true;
    const name = this.#names.toClient(asString(call.name) ?? '');
    const content: ContentPart = { type: 'tool-call', id: asString(call.toolUseId) ?? '', name, arguments: '' };
    return [...this.#close(index), ...this.#begin(index, content)];
  }

  #begin(index: number, content: ContentPart): StreamEvent[] {
    const part = this.#parts++;
    this.#open.set(index, { part, type: content.type, idle: content.type === 'tool-call' });
    return [{ type: 'part-start', choice: 0, part, content }];
  }

  #delta(index: number, delta: JsonObject): StreamEvent[] {
    const reasoning = asObject(delta.reasoningContent);
    const redacted = asString(reasoning?.redactedContent);
    if (redacted !== undefined) {
      const content: ContentPart = { type: 'reasoning', text: '', redacted: true, signature: signed(redacted, this.#context.model) };
      return [...this.#close(index), ...this.#begin(index, content)];
    }
    const read = this.#readDelta(delta, reasoning);
    if (!read) return [];
    const began = this.#open.has(index) ? [] : this.#opening(index, read, reasoning !== undefined);
    const open = this.#open.get(index);
    if (!open) return began;
    if (read.type === 'arguments') open.idle = false;
    return [...began, { type: 'part-delta', part: open.part, delta: read }];
  }

  #opening(index: number, delta: PartDelta, reasoning: boolean): StreamEvent[] {
    // Arguments without their call's announcement have no name to go with.
    if (delta.type === 'arguments') return [];
    return this.#begin(index, reasoning ? { type: 'reasoning', text: '' } : { type: 'text', text: '' });
  }

  #readDelta(delta: JsonObject, reasoning: JsonObject | undefined): PartDelta | undefined {
    const signature = asString(reasoning?.signature);
    if (signature) return { type: 'signature', signature: signed(signature, this.#context.model) };
    const text = asString(reasoning?.text) ?? asString(delta.text);
    if (text) return { type: 'text', text };
    const input = asString(asObject(delta.toolUse)?.input);
    if (input) return { type: 'arguments', text: input };
    const citation = asObject(delta.citation);
    return citation ? { type: 'citation', citation: readCitation(citation) } : undefined;
  }

  #close(index: number): StreamEvent[] {
    const open = this.#open.get(index);
    if (!open) return [];
    this.#open.delete(index);
    const end: StreamEvent = { type: 'part-end', part: open.part };
    return open.idle ? [{ type: 'part-delta', part: open.part, delta: { type: 'arguments', text: '{}' } }, end] : [end];
  }

  #closeAll(): StreamEvent[] {
    return [...this.#open.keys()].flatMap((index) => this.#close(index));
  }
}
