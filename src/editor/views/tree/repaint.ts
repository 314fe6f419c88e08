/** Four times a second looks live and leaves the editor its breath. */
const GAP_MS = 250;

/**
 * Draws when something changed: at once, then no more than once in `gapMs`; nothing while nobody sees it, and once when it is seen
 * again.
 */
export class Repaint {
  readonly #draw: () => void;
  readonly #gapMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stale = true;
  #visible = false;

  constructor(draw: () => void, gapMs = GAP_MS) {
    this.#draw = draw;
    this.#gapMs = gapMs;
  }

  changed(): void {
    this.#stale = true;
    if (this.#visible && this.#timer === undefined) this.#now();
  }

  visible(is: boolean): void {
    this.#visible = is;
    if (is && this.#stale && this.#timer === undefined) this.#now();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#visible = false;
  }

  #now(): void {
    this.#stale = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#visible && this.#stale) this.#now();
    }, this.#gapMs);
    this.#draw();
  }
}
