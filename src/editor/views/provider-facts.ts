import type { Provider } from '../../providers/provider.ts';
import { Emitter, type Event } from '../emitter.ts';

/** What the views tell of a provider. */
export interface ProviderFacts {
  name: string;
  keyUrl: string | undefined;
  /** What the provider's terms want a word about. */
  notice: string | undefined;
  /** Of its first endpoint; may hold `{parameter}`s. */
  baseUrl: string | undefined;
}

export type FactsOf = (provider: string) => ProviderFacts | undefined;

export function factsFrom({ name, keyUrl, terms, endpoints }: Provider): ProviderFacts {
  return { name, keyUrl, notice: terms.notice, baseUrl: Object.values(endpoints)[0]?.baseUrl };
}

/** The catalogue, loaded when a view first needs it: it is too big for the editor's start. */
export class LazyFacts {
  readonly #changed = new Emitter<void>();
  readonly onDidLoad: Event<void> = this.#changed.event;
  #byId: ((id: string) => ProviderFacts | undefined) | undefined;
  #loading: Promise<void> | undefined;

  readonly of: FactsOf = (provider) => this.#byId?.(provider);

  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    const { providerById } = await import('../../providers/catalogue.ts');
    this.#byId = (id) => {
      const known = providerById(id);
      return known && factsFrom(known);
    };
    this.#changed.fire();
  }
}
