/** A piece of answer text after `<think>…</think>` has been taken out of it. */
export interface TextPiece {
  kind: 'reasoning' | 'text';
  text: string;
}

const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Takes one `<think>…</think>` off the start of an answer's text, wherever the chunks cut it (MiniMax, Qwen and R1 distills write
 * their reasoning so). Only at the very start: later on the words belong to the answer. White space around the tags goes with them.
 */
export class ThinkTags {
  #state: 'start' | 'thinking' | 'after' | 'text' = 'start';
  #held = '';

  push(text: string): TextPiece[] {
    if (this.#state === 'text') return text ? [{ kind: 'text', text }] : [];
    this.#held += text;
    return this.#drain();
  }

  /** What is still held when the answer ends: an unfinished tag was text after all. */
  end(): TextPiece[] {
    const text = this.#held;
    this.#held = '';
    if (this.#state === 'after' || !text) return [];
    if (this.#state === 'thinking') return text.trim() ? [{ kind: 'reasoning', text }] : [];
    return [{ kind: 'text', text }];
  }

  #drain(): TextPiece[] {
    switch (this.#state) {
      case 'start':
        return this.#start();
      case 'thinking':
        return this.#thinking();
      case 'after':
        return this.#after();
      case 'text':
        return this.#release('text', this.#held.length);
    }
  }

  #start(): TextPiece[] {
    const trimmed = this.#held.trimStart();
    if (trimmed.startsWith(OPEN)) {
      this.#held = trimmed.slice(OPEN.length);
      this.#state = 'thinking';
      return this.#drain();
    }
    if (OPEN.startsWith(trimmed)) return [];
    this.#state = 'text';
    return this.#drain();
  }

  #thinking(): TextPiece[] {
    const close = this.#held.indexOf(CLOSE);
    if (close >= 0) {
      const text = this.#trim(this.#held.slice(0, close)).trimEnd();
      this.#held = this.#held.slice(close + CLOSE.length);
      this.#state = 'after';
      return [...(text ? [{ kind: 'reasoning' as const, text }] : []), ...this.#drain()];
    }
    return this.#release('reasoning', this.#held.length - heldBack(this.#held));
  }

  #begun = false;

  /** The line break after `<think>` is not part of the thought. */
  #trim(text: string): string {
    return this.#begun ? text : text.trimStart();
  }

  #after(): TextPiece[] {
    this.#held = this.#held.trimStart();
    if (!this.#held) return [];
    this.#state = 'text';
    return this.#drain();
  }

  #release(kind: TextPiece['kind'], length: number): TextPiece[] {
    const text = kind === 'reasoning' ? this.#trim(this.#held.slice(0, length)) : this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    if (!text) return [];
    this.#begun = true;
    return [{ kind, text }];
  }
}

/** How much of the end may yet turn out to be the closing tag, or the white space before it. */
function heldBack(text: string): number {
  for (let length = Math.min(CLOSE.length - 1, text.length); length > 0; length -= 1) {
    if (CLOSE.startsWith(text.slice(-length))) return length + trailingSpace(text.slice(0, -length));
  }
  return trailingSpace(text);
}

const trailingSpace = (text: string): number => text.length - text.trimEnd().length;
