import type { BudgetEntry } from '../books.ts';

/** Tells when a budget comes to its warning mark or its end, once each time. */
export class BudgetWatch {
  readonly #told: (budget: string, state: 'warning' | 'reached') => void;
  readonly #states = new Map<string, BudgetEntry['state']>();

  constructor(told: (budget: string, state: 'warning' | 'reached') => void) {
    this.#told = told;
  }

  look(budgets: readonly BudgetEntry[]): void {
    for (const { name, period, state } of budgets) {
      const key = `${name} ${period}`;
      const before = this.#states.get(key) ?? 'ok';
      this.#states.set(key, state);
      if (state !== 'ok' && state !== before) this.#told(name, state);
    }
  }
}
