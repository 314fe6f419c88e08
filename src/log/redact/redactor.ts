import { formsOf, partsOf, SHORTEST_SECRET } from './encodings.ts';
import { findPatterns } from './patterns.ts';
import { originOf, readingsOf } from './readings.ts';
import { SecretIndex, type Span } from './secret-index.ts';

/** What stands where a secret stood. */
export const REDACTED = '[redacted]';

const MOST_SECRETS = 2000;
/** A mark put in can make a secret of what is around it; that ends after a few rounds, or nothing is shown. */
const ROUNDS = 4;

/**
 * Takes secrets out of texts before they are kept or shown: those it was told of, in whatever form (`encodings.ts`, `readings.ts`), and
 * what looks like one (`patterns.ts`). Secrets are held in memory alone; nothing gives them back.
 */
export class Redactor {
  readonly #most: number;
  /** Insertion order: the oldest is forgotten first. */
  readonly #secrets = new Set<string>();
  #index = new SecretIndex();
  #stale = false;
  #longest = 0;

  constructor({ most = MOST_SECRETS }: { most?: number } = {}) {
    this.#most = most;
  }

  /** Secrets known. */
  get size(): number {
    return this.#secrets.size;
  }

  /**
   * Tells of a secret; cheap when it is known already. Shorter than six characters, or a part of the mark itself, it is ignored: half of all
   * words would go. Of a credentials file or a key of several lines the parts are secrets as well. Beyond 2,000 the oldest is forgotten, so a
   * gateway key belongs here once it was found good: with wrong ones a stranger could push the others out.
   */
  add(secret: string | undefined): void {
    if (secret === undefined || this.#secrets.has(secret)) return;
    for (const text of [secret, secret.trim(), ...partsOf(secret)]) this.#addOne(text);
  }

  /** The text without secrets; the very same when there is none. Time grows with its length alone. Never throws. */
  redact(text: string): string {
    let before = text;
    for (let round = 0; round < ROUNDS; round += 1) {
      const after = this.#once(before);
      if (after === before) return after;
      before = after;
    }
    return this.#index.find(before).length > 0 ? REDACTED : before;
  }

  /**
   * The first `most` characters without secrets, with a note of how long the text was. It is cut after it was redacted, and as much again
   * is read, so that no half of a secret is left at the cut.
   */
  redactUpTo(text: string, most: number): string {
    if (text.length <= most) return this.redact(text);
    const head = text.slice(0, most * 4);
    const redacted = this.redact(head);
    // Where the head itself was cut may stand half a secret, each character of it escaped (`\u0041`).
    const safe = head.length < text.length ? redacted.slice(0, Math.max(0, redacted.length - Math.max(this.#longest, 64) * 6)) : redacted;
    if (head.length === text.length && redacted.length <= most) return redacted;
    return `${wellFormed(safe.slice(0, most))}… [cut: ${text.length} characters in all]`;
  }

  #addOne(secret: string): void {
    if (secret.length < SHORTEST_SECRET || REDACTED.includes(secret) || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    const [oldest] = this.#secrets;
    if (this.#secrets.size > this.#most && oldest !== undefined) {
      this.#secrets.delete(oldest);
      this.#stale = true;
    }
    if (!this.#stale) this.#learn(secret);
  }

  #learn(secret: string): void {
    for (const form of formsOf(secret)) {
      this.#longest = Math.max(this.#longest, form.text.length);
      this.#index.add(form);
    }
  }

  #refresh(): void {
    this.#stale = false;
    this.#index = new SecretIndex();
    for (const secret of this.#secrets) this.#learn(secret);
  }

  #once(text: string): string {
    if (this.#stale) this.#refresh();
    const spans: Span[] = [];
    for (const reading of readingsOf(text)) {
      for (const span of this.#index.find(reading.text)) spans.push(originOf(reading, span));
      for (const span of findPatterns(reading.text)) spans.push(originOf(reading, span));
    }
    return spans.length === 0 ? text : without(text, spans);
  }
}

function without(text: string, spans: Span[]): string {
  spans.sort((a, b) => a.start - b.start);
  let result = '';
  let copied = 0;
  let marked = -1;
  for (const { start, end } of spans) {
    if (end <= copied) continue;
    if (start > marked) result += text.slice(copied, start) + REDACTED;
    copied = end;
    marked = end;
  }
  return result + text.slice(copied);
}

/** Without half a surrogate pair at its end. */
function wellFormed(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
