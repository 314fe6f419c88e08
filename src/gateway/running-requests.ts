import type { ServerResponse } from 'node:http';

/** How many requests for models are under way: until their answer is out, or their client gone. */
export class RunningRequests {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  begin(outgoing: ServerResponse): void {
    this.#count += 1;
    outgoing.once('close', () => {
      this.#count -= 1;
    });
  }
}
