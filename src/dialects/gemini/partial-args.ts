import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';

/**
 * Builds a call's arguments from Vertex's streamed pieces (`streamFunctionCallArguments`): each `PartialArg` names a JSON path
 * (RFC 9535, such as `$.edits[0].text`) and a value; strings come in pieces that are joined.
 */
export class PartialArgs {
  readonly #args: JsonObject = {};

  /** Takes whole arguments, pieces, or both. */
  add(call: JsonObject): void {
    const whole = asObject(call.args);
    if (whole) Object.assign(this.#args, whole);
    for (const piece of asArray(call.partialArgs ?? call.partial_args)) if (isObject(piece)) this.#apply(piece);
  }

  /** The arguments as JSON text. */
  text(): string {
    return JSON.stringify(this.#args);
  }

  #apply(piece: JsonObject): void {
    const path = pathOf(asString(piece.jsonPath ?? piece.json_path) ?? '');
    const value = pieceValue(piece);
    const last = path.pop();
    if (last === undefined || value === undefined) return;
    let at: Json = this.#args;
    path.forEach((step, index) => {
      at = stepInto(at, step, typeof (path[index + 1] ?? last) === 'number');
    });
    const before = memberOf(at, last);
    setMember(at, last, typeof before === 'string' && typeof value === 'string' ? before + value : value);
  }
}

function pieceValue(piece: JsonObject): Json | undefined {
  const named = piece.stringValue ?? piece.numberValue ?? piece.boolValue ?? piece.string_value ?? piece.number_value ?? piece.bool_value;
  if (named !== undefined) return named;
  return 'nullValue' in piece || 'null_value' in piece ? null : undefined;
}

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/g;

/** The steps of a JSON path: names as text, indices as numbers. */
function pathOf(path: string): (string | number)[] {
  return [...path.matchAll(STEP)].map(([, name, index, single, double]) =>
    index === undefined ? (name ?? (single ?? double ?? '').replace(/\\(.)/g, '$1')) : Number(index),
  );
}

function stepInto(at: Json, step: string | number, list: boolean): Json {
  const found = memberOf(at, step);
  if (typeof found === 'object' && found !== null) return found;
  const made: Json = list ? [] : {};
  setMember(at, step, made);
  return made;
}

function memberOf(at: Json, step: string | number): Json | undefined {
  if (Array.isArray(at)) return at[Number(step)];
  return isObject(at) && Object.hasOwn(at, String(step)) ? at[String(step)] : undefined;
}

function setMember(at: Json, step: string | number, value: Json): void {
  if (Array.isArray(at)) at[Number(step)] = value;
  else if (isObject(at)) Object.defineProperty(at, String(step), { value, writable: true, enumerable: true, configurable: true });
}
