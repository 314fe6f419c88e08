import type { Config } from '../config/schema.ts';
import { type Account, accountsOf } from './account.ts';

/** The accounts of the current config, joined with their providers once per config. */
export class AccountList {
  readonly #log: (line: string) => void;
  #config: Config | undefined;
  #accounts: Account[] = [];
  #byId = new Map<string, Account>();

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  of(config: Config): readonly Account[] {
    if (config !== this.#config) {
      this.#config = config;
      this.#accounts = accountsOf(config, this.#log);
      this.#byId = byId(config);
    }
    return this.#accounts;
  }

  /** An account by its id, also one that is disabled. */
  find(config: Config, id: string): Account | undefined {
    this.of(config);
    return this.#byId.get(id);
  }
}

function byId(config: Config): Map<string, Account> {
  const enabled = { ...config, accounts: config.accounts.map((entry) => ({ ...entry, enabled: true })) };
  return new Map(accountsOf(enabled, () => {}).map((account) => [account.config.id, account]));
}
