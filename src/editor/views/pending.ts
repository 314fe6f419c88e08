import { Emitter } from '../emitter.ts';
import type { Snapshot } from '../live/snapshot.ts';

/** What the user has just arranged and the gateway has not yet said: shown at once, and no longer than until it has. */
export class Pending {
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #priorities = new Map<string, number>();
  readonly #targets = new Map<string, readonly string[]>();
  #saving: Promise<unknown> = Promise.resolve();

  /** The snapshot as it will be. */
  over<T extends Pick<Snapshot, 'accounts' | 'combos'>>(snapshot: T): T {
    const { accounts, combos } = snapshot;
    return {
      ...snapshot,
      accounts:
        this.#priorities.size === 0 ? accounts : accounts.map((it) => ({ ...it, priority: this.#priorities.get(it.id) ?? it.priority })),
      combos: this.#targets.size === 0 ? combos : combos.map((it) => ({ ...it, targets: [...(this.#targets.get(it.name) ?? it.targets)] })),
    };
  }

  /** Shows these priorities while `work` goes on; it ends when the truth is there, whatever it is. */
  async priorities(changes: ReadonlyMap<string, number>, work: () => Promise<void>): Promise<void> {
    await this.#during(this.#priorities, changes, work);
  }

  /** Shows these targets of combos while `work` goes on. */
  async targets(changes: ReadonlyMap<string, readonly string[]>, work: () => Promise<void>): Promise<void> {
    await this.#during(this.#targets, changes, work);
  }

  async #during<T>(shown: Map<string, T>, changes: ReadonlyMap<string, T>, work: () => Promise<void>): Promise<void> {
    for (const [key, value] of changes) shown.set(key, value);
    this.#changed.fire();
    // One after the other, in the order the user did them: keys repeat faster than a file is written.
    const saved = this.#saving.then(work);
    this.#saving = saved.catch(() => {});
    try {
      await saved;
    } finally {
      // A later change of the same thing is its own to take back.
      for (const [key, value] of changes) if (shown.get(key) === value) shown.delete(key);
      this.#changed.fire();
    }
  }
}
