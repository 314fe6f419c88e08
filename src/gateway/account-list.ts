import { type Account, accountsOf } from '../accounts/account.ts';
import type { Config } from '../config/schema.ts';

/** The accounts of the current config, joined with their providers once per config. */
export class AccountList {
  readonly #log: (line: string) => void;
  #config: Config | undefined;
  #accounts: Account[] = [];

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  of(config: Config): readonly Account[] {
    if (config !== this.#config) {
      this.#config = config;
      this.#accounts = accountsOf(config, this.#log);
    }
    return this.#accounts;
  }
}
