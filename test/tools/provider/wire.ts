import { randomUUID } from 'node:crypto';
import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import { asArray, asObject, asString, type JsonObject } from '../../../src/conversation/json.ts';

/** What a request asks for, as its URL and body say. */
export interface Asked {
  kind: 'chat' | 'count-tokens';
  model: string;
  stream: boolean;
}

/** A tool the client offered. `custom`: its input is plain text. `namespace`: the group it stands in (OpenAI Responses). */
export interface Offered {
  name: string;
  kind: 'function' | 'custom';
  namespace?: string;
}

/** The call the scripted model makes. `input` is an object for a function, plain text for a custom tool. */
export interface Call {
  name: string;
  kind: 'function' | 'custom';
  namespace?: string;
  input: JsonObject | string;
}

/** What a request tells of an earlier call or of its result. */
export interface Told {
  /** Absent where the dialect has none (Gemini before 3). */
  id?: string;
  name?: string;
  /** Arguments of a call, or text of a result. */
  text: string;
  /** The opaque proof that came back with the call (Gemini's thought signature). */
  signature?: string;
}

export interface MadeCall extends Call {
  id: string;
}

/** What the scripted model says: some words and perhaps calls, all at once. */
export interface Reply {
  text: string;
  calls: MadeCall[];
  /** Thoughts before them, where the request turned thinking on. */
  thoughts?: string;
}

/** The tokens of every scripted answer: fixed, so that what the gateway reports can be compared. `input` is all of it. */
export const TOKENS = { input: 1200, cacheRead: 200, output: 34, reasoning: 0 } as const;

/** A vendor's wire format, seen from the vendor. */
export interface Wire {
  readonly id: ClientDialectId;
  /** `undefined` when the path is none of this vendor's. */
  asked(path: string, body: JsonObject): Asked | undefined;
  offered(body: JsonObject): Offered[];
  calls(body: JsonObject): Told[];
  results(body: JsonObject): Told[];
  whole(reply: Reply, model: string): JsonObject;
  /** The frames of a streamed answer, in the vendor's framing. */
  stream(reply: Reply, model: string): string[];
  /** What this vendor would refuse about the body; empty when nothing. */
  problems(body: JsonObject): string[];
  /** False for models whose calls have no id: calls and results are then paired by the ids the client made up. */
  givesIds(model: string): boolean;
  /** True when this vendor's model would answer with thoughts that it wants back. */
  thinks?(body: JsonObject): boolean;
  /** An error body as this vendor sends it with a 400. */
  error(message: string): JsonObject;
}

/** An id no other answer has: clients join answers of the same id into one. */
export const newId = (prefix: string): string => prefix + randomUUID().replaceAll('-', '');

/** Two halves of a text, so that a reader must join what a stream cuts. */
export function halves(text: string): string[] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)].filter((half) => half !== '');
}

export function inputText(call: Call): string {
  return typeof call.input === 'string' ? call.input : JSON.stringify(call.input);
}

/** The objects in an array that may be anything. */
export function objects(value: unknown): JsonObject[] {
  return asArray(value)
    .map(asObject)
    .filter((item) => item !== undefined);
}

/** The text of a string or of an array of parts; a part without text stands for its type. */
export function textOf(content: unknown): string {
  return (
    asString(content) ??
    objects(content)
      .map((part) => asString(part.text) ?? `[${part.type}]`)
      .join('')
  );
}

/** OpenAI's error body; the parameter it names stands in `param` too. */
export function openaiError(message: string): JsonObject {
  const [, param] = /^Unsupported parameter: '(\w+)'/.exec(message) ?? [];
  return { error: { message, type: 'invalid_request_error', param: param ?? null, code: param ? 'unsupported_parameter' : null } };
}
