import { Pool } from 'undici';
import type { Ready } from './child.ts';

/** One kind of request, as bytes. */
export interface Load {
  path: string;
  body: string;
}

export interface Timing {
  /** Milliseconds to the first byte of the body, and to its end. */
  first: number;
  whole: number;
}

/** A client with keep-alive, as tools have. */
export class Client {
  readonly #pool: Pool;
  readonly #headers: Record<string, string>;

  constructor({ url, key }: Ready) {
    this.#pool = new Pool(url, { connections: 64 });
    this.#headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  }

  async ask({ path, body }: Load): Promise<Timing> {
    const from = performance.now();
    const response = await this.#pool.request({ method: 'POST', path, headers: this.#headers, body });
    let first = 0;
    let tail = '';
    for await (const piece of response.body) {
      if (first === 0) first = performance.now() - from;
      tail = (piece as Buffer).toString('latin1');
    }
    if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${tail.slice(0, 300)}`);
    return { first, whole: performance.now() - from };
  }

  /** Requests a second with so many at once, over so many requests. */
  async rate(load: Load, atOnce: number, requests: number): Promise<number> {
    let left = requests;
    const from = performance.now();
    const worker = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await this.ask(load);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return (requests * 1000) / (performance.now() - from);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
