import type { ToPage } from '../../../src/editor/dashboard/contract/messages.ts';
import type { Place } from '../../../src/editor/dashboard/contract/place.ts';
import type { DashboardDeps } from '../../../src/editor/dashboard/session/deps.ts';
import { Session } from '../../../src/editor/dashboard/session/session.ts';

type Of<T extends ToPage['type']> = Extract<ToPage, { type: T }>;

/** The page's end of a real session: what a page says goes in as it is, what it is told is kept as text. */
export class PageEnd {
  readonly session: Session;
  /** Everything that crossed into the page, in order. */
  readonly posted: ToPage[] = [];
  readonly opened: Place[] = [];
  readonly at: Place[] = [];
  #next = 0;
  #waiters: { fits(message: ToPage): boolean; found(message: ToPage): void }[] = [];

  constructor(deps: DashboardDeps) {
    this.session = new Session({
      ...deps,
      post: (message) => this.#take(JSON.parse(JSON.stringify(message)) as ToPage),
      hello: () => {},
      at: (place) => this.at.push(place),
      open: (place) => this.opened.push(place),
    });
  }

  /** Resolves with the next message that fits; what came before does not count. */
  next<T extends ToPage['type']>(type: T, fits: (message: Of<T>) => boolean = () => true): Promise<Of<T>> {
    return new Promise((found) => {
      const is = (message: ToPage): boolean => message.type === type && fits(message as Of<T>);
      this.#waiters.push({ fits: is, found: found as (message: ToPage) => void });
    });
  }

  /** Asks, and gives the answer or the refusal. */
  async ask(name: string, params: unknown): Promise<Of<'answer'> | Of<'refusal'>> {
    return await this.begin(name, params).answer;
  }

  begin(name: string, params: unknown): { id: number; answer: Promise<Of<'answer'> | Of<'refusal'>> } {
    const id = this.#next++;
    const answer = Promise.race([
      this.next('answer', (message) => message.id === id),
      this.next('refusal', (message) => message.id === id),
    ]);
    this.session.receive({ type: 'call', id, name, params });
    return { id, answer };
  }

  /** Listens; gives the number to unlisten with. */
  listen(topic: string, params: unknown): number {
    const id = this.#next++;
    this.session.receive({ type: 'listen', id, topic, params });
    return id;
  }

  #take(message: ToPage): void {
    this.posted.push(message);
    const found = this.#waiters.filter(({ fits }) => fits(message));
    this.#waiters = this.#waiters.filter((waiter) => !found.includes(waiter));
    for (const waiter of found) waiter.found(message);
  }
}
