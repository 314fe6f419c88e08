import type { EditorModel } from './editor-api.ts';
import { type BridgedProvider, type ModelSource, modelList, modelsOf } from './models.ts';

/** Knows what the gateway was told last. The editor's event also comes for our own models, and often for nothing. */
export class ModelWatch {
  readonly #source: ModelSource;
  readonly #told = new Map<BridgedProvider, string>();

  constructor(source: ModelSource) {
    this.#source = source;
  }

  listed(provider: BridgedProvider, models: readonly EditorModel[]): void {
    this.#told.set(provider, textOf(provider, models));
  }

  /** Whether a list that the gateway has is no longer true. */
  async isStale(): Promise<boolean> {
    for (const [provider, told] of [...this.#told]) {
      if (textOf(provider, await modelsOf(provider, this.#source)) !== told) return true;
    }
    return false;
  }
}

const textOf = (provider: BridgedProvider, models: readonly EditorModel[]): string => JSON.stringify(modelList(provider, models));
