import { Emitter } from '../../src/editor/emitter.ts';
import type { Link, LinkRequest, LinkState } from '../../src/editor/link/link.ts';

/** A link to gateways of this process, by HTTP with the key, as the editor's is; which one is for the test to say. */
export class HttpLink implements Pick<Link, 'state' | 'onDidChange' | 'request'> {
  readonly #changes = new Emitter<LinkState>();
  #key = '';
  state: LinkState = { is: 'connecting' };

  get onDidChange(): Link['onDidChange'] {
    return this.#changes.event;
  }

  to({ url, key }: { url: string; key: string }, pid = process.pid): void {
    this.#key = key;
    this.is({ is: 'ready', owner: true, url, port: Number(new URL(url).port), pid, instead: undefined });
  }

  is(state: LinkState): void {
    this.state = state;
    this.#changes.fire(state);
  }

  request(path: string, { method = 'GET', body, headers = {}, signal }: LinkRequest = {}): Promise<Response> {
    if (this.state.is !== 'ready') return Promise.reject(new Error(`the gateway is ${this.state.is}`));
    return fetch(`${this.state.url}${path}`, {
      method,
      headers: { ...headers, authorization: `Bearer ${this.#key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  }
}
