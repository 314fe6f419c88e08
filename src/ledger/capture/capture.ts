import type { RequestRecord } from '../record.ts';

/** What is kept of one exchange for debugging, when the user asked for it: prompts and answers, without credentials. */
export interface Capture {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  record: RequestRecord;
  request: CapturedRequest;
  /** What went to providers, in order; one attempt may ask several times. */
  sent: CapturedAttempt[];
  /** As it went to the client. */
  answer: { status: number; body: string };
}

export interface CapturedRequest {
  method: string;
  /** Without its query, which may hold a key. */
  path: string;
  /** Those of `KEPT_HEADERS`. */
  headers: Record<string, string>;
  body: string;
}

export interface CapturedAttempt extends CapturedRequest {
  /** `prefix/model`. */
  target: string;
  account: string;
  dialect: string;
}

/** Header names worth keeping; none of them ever holds a credential. */
export const KEPT_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'anthropic-beta',
  'anthropic-version',
  'content-type',
  'openai-beta',
  'user-agent',
]);

/** What is kept of each text, in UTF-16 units: 256 K. */
export const MOST_TEXT = 256 * 1024;

/** The headers that may be kept. */
export function keptHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && KEPT_HEADERS.has(name.toLowerCase())) kept[name.toLowerCase()] = String(value);
  }
  return kept;
}

/** The path of an address, whole or not, without its query. */
export function pathOf(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^([a-z]+:\/\/)[^/@]*@/i, '$1');
}

/** A text that comes in pieces, as far as it is kept: twice what is shown, so that no half of a secret stands at the cut. */
export class KeptText {
  #text = '';
  #length = 0;

  constructor(text = '') {
    this.push(text);
  }

  push(text: string): void {
    this.#length += text.length;
    const room = MOST_TEXT * 2 - this.#text.length;
    if (room > 0) this.#text += text.slice(0, room);
  }

  /** What may be shown, with a note of what is missing. */
  shown(redact: (text: string) => string): string {
    const text = redact(this.#text);
    if (this.#length <= MOST_TEXT) return text;
    return `${text.slice(0, MOST_TEXT)}… [cut: ${this.#length} characters in all]`;
  }
}
