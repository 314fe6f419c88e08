import type { Account } from '../accounts/account.ts';
import { AccountList } from '../accounts/account-list.ts';
import { ConfigFile } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { StateFile } from '../config/state-file.ts';
import { pricesReady } from '../ledger/prices.ts';
import type { ModelInfo } from '../providers/provider.ts';
import type { HealthBook } from '../routing/books.ts';
import { withCustomModels } from '../routing/models.ts';
import { openRouter } from '../routing/open-router.ts';
import type { Router } from '../routing/router.ts';

/** What the files of a data folder tell of a gateway that does not run. No provider is asked. */
export interface Offline {
  router: Router;
  health: HealthBook;
  config: Config;
  /** Writes what was changed in the books back to `state.json`. */
  save(): Promise<void>;
}

/** The router as it would start from `config.json` and `state.json` now. Throws ConfigError when the config is broken. */
export async function offlineRouter(folder: string, report: (line: string) => void): Promise<Offline> {
  const config = await new ConfigFile(folder).load();
  const state = new StateFile(folder, report);
  const router = openRouter(() => config, new AccountList(report), state, knownModels);
  await Promise.all([state.load(), pricesReady()]);
  return { router, health: router.health, config, save: () => state.close() };
}

/** The catalogue's models with what the user says of them. */
function knownModels({ provider, config }: Account): ModelInfo[] {
  return withCustomModels(provider.models.seed, config.models?.custom ?? []);
}
