import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Credentials } from '../accounts/account.ts';
import type { Vault } from '../accounts/vault.ts';
import type { ConfigFile } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { StateFile } from '../config/state-file.ts';
import { countedCost, priceOf } from '../ledger/prices.ts';
import { RecentRecords } from '../ledger/recent.ts';
import { Affinity } from '../routing/affinity.ts';
import { Budgets } from '../routing/budgets/budgets.ts';
import { Health } from '../routing/health/book.ts';
import { Limits } from '../routing/limits/book.ts';
import { ModelBook } from '../routing/models.ts';
import { RefusedParameters } from '../routing/refused-parameters.ts';
import { Router } from '../routing/router.ts';
import { SignatureBook } from '../routing/signatures/book.ts';
import { Upstream } from '../upstream/http.ts';
import { VERSION } from '../version.ts';
import { AccountList } from './account-list.ts';
import { readdressed } from './config-change.ts';
import type { Gateway } from './context.ts';
import { ResponseStore } from './response-store.ts';
import { SharedAnswers } from './share/shared-answers.ts';

/** Everything the routes work with, put together from a loaded config. `stop` saves what is to outlive it and ends connections. */
export async function build(
  file: ConfigFile,
  vault: Vault,
  env: Record<string, string | undefined>,
  log: (line: string) => void,
): Promise<{ gateway: Gateway; stop(): Promise<void> }> {
  const { settings } = file.current;
  const upstream = new Upstream(settings.timeouts.connectMs);
  const credentials = new Credentials(vault, { ...process.env, ...env }, upstream);
  const now = Date.now;
  const list = new AccountList(log);
  const accounts = () => list.of(file.current);
  const models = new ModelBook(upstream, credentials, now, {
    needed: (id) => router.health.needsSignIn(id),
    proven: (id, since) => router.health.signedIn(id, since),
  });
  const state = new StateFile(file.folder, log);
  const router = routerFor(file, list, models, state);
  await state.load();
  file.watch(
    (after, before) => {
      for (const id of readdressed(before, after)) {
        models.clear(id);
        router.health.reset({ account: id });
      }
      log('config.json changed: read again');
    },
    (error) => log(`${error.message}\nThe last good config stays in use.`),
  );
  const gateway: Gateway = {
    version: VERSION,
    file,
    vault,
    config: () => file.current,
    accounts,
    credentials,
    upstream,
    models,
    router,
    refused: new RefusedParameters(),
    signatures: new SignatureBook(),
    pending: new LRUCache({ max: 1000 }),
    responses: new ResponseStore(settings.responses),
    shared: new SharedAnswers(),
    records: new RecentRecords(),
    log,
    now,
    newId: () => randomUUID().replaceAll('-', ''),
  };
  const stop = async (): Promise<void> => {
    await state.close();
    await upstream.close();
  };
  return { gateway, stop };
}

/** The books of routing, those that last kept in `state`, and the router that reads them. */
function routerFor(file: ConfigFile, list: AccountList, models: ModelBook, state: StateFile): Router {
  const now = Date.now;
  const random = Math.random;
  const changed = (): void => state.touch();
  const config = (): Config => file.current;
  const health = new Health({
    now,
    random,
    settings: () => config().settings.health,
    // Disabled ones too: what is known of them holds when they are enabled again.
    accountOf: (id) => list.find(config(), id),
    changed,
  });
  const budgets = new Budgets({
    now,
    budgets: () => config().budgets,
    combos: () => config().combos,
    costOf: ({ account, model }, usage) => countedCost(usage, account.provider, model),
    changed,
  });
  state.register('health', health);
  state.register('budgets', budgets);
  return new Router({
    config,
    accounts: () => list.of(config()),
    modelsOf: (account) => models.modelsOf(account),
    price: ({ account, model }) => priceOf(account.provider, model),
    health,
    limits: new Limits({ now, settings: () => config().settings.queue }),
    affinity: new Affinity({ now, ttlMs: () => config().settings.routing.affinityMs }),
    budgets,
    now,
    random,
  });
}
