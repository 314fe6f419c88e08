import { type SecretForm, SHORTEST_SECRET } from './encodings.ts';

/** Where something was found: from `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

interface Entry {
  form: SecretForm;
  /** Where in the form the window begins that it is found by. */
  offset: number;
}

const WINDOW = SHORTEST_SECRET;
const BASE = 0x01000193;
const BASE_TO_WINDOW = power(BASE, WINDOW);
/** Windows tried for each form; keys share their beginnings (`sk-ant-api03-`), so the last ones come first. */
const CANDIDATES = 64;

/**
 * Finds any number of texts in one pass over a text (Rabin and Karp, "Efficient randomized pattern-matching algorithms", 1987): each is
 * known by the hash of one window of six characters, chosen so that few share one. Texts may be added at any time.
 */
export class SecretIndex {
  readonly #buckets = new Map<number, Entry[]>();
  /** Whether any window has a hash like this: spares most look-ups. */
  readonly #seen = new Uint8Array(1 << 16);

  /** Adds a form of at least six characters. */
  add(form: SecretForm): void {
    const last = form.text.length - WINDOW;
    let best = { offset: last, hash: hashAt(form.text, last), size: Number.POSITIVE_INFINITY };
    for (let offset = last; offset >= 0 && offset > last - CANDIDATES && best.size > 0; offset -= 1) {
      const hash = hashAt(form.text, offset);
      const size = this.#buckets.get(hash)?.length ?? 0;
      if (size < best.size) best = { offset, hash, size };
    }
    const bucket = this.#buckets.get(best.hash) ?? [];
    bucket.push({ form, offset: best.offset });
    this.#buckets.set(best.hash, bucket);
    this.#seen[fold(best.hash)] = 1;
  }

  /** Every place where a form stands; they may overlap. */
  find(text: string): Span[] {
    const spans: Span[] = [];
    if (this.#buckets.size === 0 || text.length < WINDOW) return spans;
    let hash = hashAt(text, 0);
    for (let at = 0; ; at += 1) {
      if (this.#seen[fold(hash)] === 1) this.#check(text, at, hash, spans);
      const next = at + WINDOW;
      if (next >= text.length) return spans;
      hash = (Math.imul(hash, BASE) + text.charCodeAt(next) - Math.imul(text.charCodeAt(at), BASE_TO_WINDOW)) | 0;
    }
  }

  #check(text: string, at: number, hash: number, spans: Span[]): void {
    for (const { form, offset } of this.#buckets.get(hash) ?? []) {
      const start = at - offset;
      if (start < 0 || !text.startsWith(form.text, start)) continue;
      const end = start + form.text.length;
      spans.push(form.ragged ? { start: ragged(text, start, -1), end: ragged(text, end - 1, 1) + 1 } : { start, end });
    }
  }
}

/** The place two base64 characters further, as far as there are any. */
function ragged(text: string, from: number, step: 1 | -1): number {
  let at = from;
  for (let n = 0; n < 2 && /[A-Za-z0-9+/_-]/.test(text.charAt(at + step)); n += 1) at += step;
  return at;
}

function hashAt(text: string, start: number): number {
  let hash = 0;
  for (let at = start; at < start + WINDOW; at += 1) hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0;
  return hash;
}

const fold = (hash: number): number => (hash ^ (hash >>> 16)) & 0xffff;

function power(base: number, exponent: number): number {
  let result = 1;
  for (let n = 0; n < exponent; n += 1) result = Math.imul(result, base);
  return result;
}
