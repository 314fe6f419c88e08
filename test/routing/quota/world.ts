import type { Account } from '../../../src/accounts/account.ts';
import type { QuotaSnapshot, QuotaWindow } from '../../../src/accounts/quota/types.ts';
import { type AccountConfig, accountSchema } from '../../../src/config/accounts.ts';
import { providerById } from '../../../src/providers/catalogue.ts';
import type { BudgetEntry, LimitEntry } from '../../../src/routing/books.ts';
import { QuotaBook } from '../../../src/routing/quota/book.ts';

export const START = Date.parse('2026-11-22T08:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** An account of a provider that can be read, where no other is named. */
export function account(fields: Partial<AccountConfig> = {}): Account {
  const { provider: id = 'opencode-go' } = fields;
  const provider = providerById(id);
  if (!provider) throw new Error(`no provider ${id}`);
  const config = accountSchema.parse({ id: 'a1', provider: id, name: 'Work', credential: { env: 'KEY' }, ...fields });
  return { config, provider, prefix: provider.prefix };
}

/** A window of 5 hours that resets in three. */
export function window(usedPercent: number | undefined, fields: Partial<QuotaWindow> = {}): QuotaWindow {
  const told = usedPercent === undefined ? {} : { usedPercent };
  return { id: '5h', label: '5 hours', unit: 'percent', resetsAt: START + 3 * HOUR, source: 'reader', at: START, ...told, ...fields };
}

/** A book on a clock of its own, whose provider answers as told. */
export class World {
  now = START;
  /** What the provider tells next; a snapshot without windows is a failure. */
  tells: () => Promise<QuotaSnapshot | undefined> = async () => this.snapshot(window(50));
  accounts: Account[] = [account()];
  limits: LimitEntry[] = [];
  budgets: BudgetEntry[] = [];
  jitter = 0;
  reads = 0;
  changes: string[] = [];
  readonly book = this.newBook();

  newBook(): QuotaBook {
    return new QuotaBook({
      now: () => this.now,
      random: () => this.jitter,
      accounts: () => this.accounts,
      limits: () => this.limits,
      budgets: () => this.budgets,
      changed: (id) => this.changes.push(id),
      read: () => {
        this.reads += 1;
        return this.tells();
      },
    });
  }

  snapshot(...windows: QuotaWindow[]): QuotaSnapshot {
    return { account: 'a1', plan: 'go', windows: windows.map((each) => ({ ...each, at: this.now })), at: this.now };
  }

  failure(message = 'no'): QuotaSnapshot {
    return { account: 'a1', windows: [], at: 0, error: { message, at: this.now } };
  }

  /** Changes since the last look. */
  news(): number {
    return this.changes.splice(0).length;
  }
}
