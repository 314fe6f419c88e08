import { asNumber, asObject, asString, type JsonObject, parseJson } from '../../conversation/json.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import { readCallSignature } from './call-signature.ts';

/** What a reader of tool calls needs from its surroundings. */
export interface CallSurroundings {
  choice: number;
  nextPart(): number;
  /** A new call id, for hosts that give none. */
  newCallId(): string;
  /** The client's name for the vendor's. */
  clientName(name: string): string;
}

interface Call {
  index: number | undefined;
  id: string;
  idGiven: boolean;
  name: string;
  custom: boolean;
  text: string;
  /** Set once the call has begun, which waits for its name. */
  part: number | undefined;
  closed: boolean;
}

/**
 * Puts the tool calls of one choice together, calm about what hosts do: no `index`, `id` or `type`; index 0 for every call; whole
 * arguments instead of deltas, repeated or growing; arguments as an object; id and empty name repeated in each chunk.
 */
export class ToolCallReader {
  readonly #calls: Call[] = [];
  readonly #around: CallSurroundings;

  constructor(around: CallSurroundings) {
    this.#around = around;
  }

  get any(): boolean {
    return this.#calls.some((call) => call.part !== undefined);
  }

  /** Something like a call came, but never a name. */
  get lost(): boolean {
    return this.#calls.some((call) => call.part === undefined);
  }

  /** The last call's arguments are not whole. */
  get cut(): boolean {
    const last = this.#calls.at(-1);
    return last !== undefined && !last.custom && last.text !== '' && !isWhole(last.text);
  }

  push(wire: JsonObject): StreamEvent[] {
    const custom = customOf(wire);
    const target = custom ?? asObject(wire.function) ?? {};
    const id = asString(wire.id) ?? '';
    const name = asString(target.name) ?? '';
    const text = argumentText(custom ? target.input : target.arguments);
    const known = this.#find(asNumber(wire.index), id, name, text);
    const call = known ?? this.#open(asNumber(wire.index), id, Boolean(custom) || wire.type === 'custom');
    const events = this.#begin(call, id, name);
    events.push(...this.#grow(call, text, known !== undefined && name !== ''));
    const { signature } = readCallSignature(asObject(wire.extra_content));
    if (signature && call.part !== undefined) events.push({ type: 'part-delta', part: call.part, delta: { type: 'signature', signature } });
    return events;
  }

  /** The ends of all calls. `whole` is false for a stream that broke off: then nothing is made good. */
  end(whole: boolean): StreamEvent[] {
    return this.#calls.flatMap((call) => this.#close(call, whole));
  }

  #find(index: number | undefined, id: string, name: string, text: string): Call | undefined {
    if (id) {
      const same = this.#calls.find((call) => call.idGiven && call.id === id);
      if (same) return same;
    }
    const last = index === undefined ? this.#calls.at(-1) : this.#calls.findLast((call) => call.index === index);
    if (!last) return undefined;
    // A second id, at an index already taken or at none, is a second call; so is a second name after whole arguments.
    if (id && last.idGiven && name) return undefined;
    if (index === undefined && id && name) return undefined;
    const again = name !== '' && last.name !== '' && text !== '' && isWhole(last.text) && !(id && last.id === id);
    return again ? undefined : last;
  }

  #open(index: number | undefined, id: string, custom: boolean): Call {
    const call: Call = {
      index,
      id: id || this.#around.newCallId(),
      idGiven: id !== '',
      name: '',
      custom,
      text: '',
      part: undefined,
      closed: false,
    };
    this.#calls.push(call);
    return call;
  }

  #begin(call: Call, id: string, name: string): StreamEvent[] {
    if (call.part !== undefined) return [];
    if (id && !call.idGiven) Object.assign(call, { id, idGiven: true });
    if (!name) return [];
    call.name = name;
    call.part = this.#around.nextPart();
    const content = {
      type: 'tool-call' as const,
      id: call.id,
      name: this.#around.clientName(name),
      arguments: '',
      ...(call.custom ? { kind: 'custom' as const } : {}),
    };
    const events: StreamEvent[] = [{ type: 'part-start', choice: this.#around.choice, part: call.part, content }];
    if (call.text) events.push(argumentDelta(call.part, call.text));
    return events;
  }

  /** Adds argument text. A host that sends all of it again, or all so far, gives only what is new. */
  #grow(call: Call, text: string, repeated: boolean): StreamEvent[] {
    const before = call.text;
    if (repeated && text === before) return [];
    const growing = !call.custom && before.length >= 2 && text.startsWith(before);
    const fresh = growing ? text.slice(before.length) : text;
    call.text += fresh;
    return fresh && call.part !== undefined ? [argumentDelta(call.part, fresh)] : [];
  }

  #close(call: Call, whole: boolean): StreamEvent[] {
    if (call.closed || call.part === undefined) return [];
    call.closed = true;
    const end: StreamEvent = { type: 'part-end', part: call.part };
    // A tool without parameters: some hosts leave its arguments empty, and clients parse them as JSON.
    if (whole && !call.custom && call.text.trim() === '') return [argumentDelta(call.part, '{}'), end];
    return [end];
  }
}

/** The free-form call, where it is one: Snowflake puts an empty `custom` beside each `function`. */
function customOf(wire: JsonObject): JsonObject | undefined {
  const custom = asObject(wire.custom);
  const meant = custom?.name || custom?.input || !asObject(wire.function);
  return meant ? custom : undefined;
}

function argumentDelta(part: number, text: string): StreamEvent {
  return { type: 'part-delta', part, delta: { type: 'arguments', text } };
}

function argumentText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

const isWhole = (text: string): boolean => text.trim() !== '' && parseJson(text) !== undefined;
