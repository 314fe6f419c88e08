import { asArray, asNumber, asObject, asString, isObject, type Json, type JsonObject, parseJson } from '../../conversation/json.ts';
import { openSignature, type Signature, sealSignature } from '../../conversation/signature.ts';
import { DIALECT } from './extensions.ts';

/**
 * OpenRouter's `reasoning_details` (also MiniMax, Snowflake, Copilot-like hosts): entries `reasoning.text` {text, signature},
 * `reasoning.summary` {summary} and `reasoning.encrypted` {data}, each with id, format and index; a stream gives them in pieces.
 * Copilot's `reasoning_opaque` is held as an entry of our own type.
 */
const OPAQUE = 'reasoning_opaque';

export class ReasoningDetails {
  readonly #entries: JsonObject[] = [];

  /** Takes the entries of one delta or message and gives their visible text. */
  push(value: unknown): string {
    let text = '';
    for (const item of asArray(value)) {
      if (!isObject(item)) continue;
      text += visibleText(item);
      this.#merge(item);
    }
    return text;
  }

  pushOpaque(data: string): void {
    this.#merge({ type: OPAQUE, data });
  }

  /** The proof in these entries, as one signature of this dialect; `undefined` where nothing was signed or encrypted. Empties the list. */
  take(model: string): Signature | undefined {
    const entries = this.#entries.splice(0);
    if (!entries.some(hasProof)) return undefined;
    const only = entries.length === 1 ? foreignSeal(entries[0]) : undefined;
    return only ?? { value: Buffer.from(JSON.stringify(entries)).toString('base64url'), dialect: DIALECT, model };
  }

  #merge(item: JsonObject): void {
    const same = this.#entries.find((entry) => entry.type === item.type && asNumber(entry.index) === asNumber(item.index));
    if (!same) {
      this.#entries.push({ ...item });
      return;
    }
    for (const [key, value] of Object.entries(item)) same[key] = mergeField(key, same[key], value);
  }
}

const GROWING: ReadonlySet<string> = new Set(['text', 'summary', 'data']);

function mergeField(key: string, before: Json | undefined, value: Json | undefined): Json | undefined {
  if (value === null || value === undefined) return before;
  return GROWING.has(key) && typeof before === 'string' && typeof value === 'string' ? before + value : value;
}

function visibleText(entry: JsonObject): string {
  return asString(entry.text) ?? asString(entry.summary) ?? '';
}

function hasProof(entry: JsonObject): boolean {
  return Boolean(asString(entry.data)) || Boolean(asString(entry.signature));
}

/** A proof of another dialect that we ourselves handed to the client inside an entry. */
function foreignSeal(entry: JsonObject | undefined): Signature | undefined {
  const sealed = asString(entry?.data);
  if (sealed === undefined) return undefined;
  const signature = openSignature(sealed, DIALECT);
  return signature.dialect === DIALECT ? undefined : signature;
}

/** True for an entry that holds another dialect's proof: never to be shown to a vendor of this one. */
export function isForeignDetail(entry: unknown): boolean {
  return foreignSeal(asObject(entry)) !== undefined;
}

/** A signature as message fields: its original entries where this dialect minted it, else one encrypted entry with the sealed value. */
export function detailFields(signature: Signature): JsonObject {
  const entries = signature.dialect === DIALECT ? unpackDetails(signature.value) : undefined;
  if (!entries) return { reasoning_details: [{ type: 'reasoning.encrypted', data: sealSignature(signature, DIALECT), index: 0 }] };
  const opaque = asString(entries.find((entry) => entry.type === OPAQUE)?.data);
  const details = entries.filter((entry) => entry.type !== OPAQUE);
  return { ...(details.length > 0 ? { reasoning_details: details } : {}), ...(opaque === undefined ? {} : { reasoning_opaque: opaque }) };
}

/** The entries that a signature of this dialect packs; `undefined` for any other value. */
export function unpackDetails(value: string): JsonObject[] | undefined {
  const parsed = parseJson(Buffer.from(value, 'base64url').toString());
  return Array.isArray(parsed) ? parsed.filter(isObject) : undefined;
}
