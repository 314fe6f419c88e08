import type { Account } from '../accounts/account.ts';
import type { AccountList } from '../accounts/account-list.ts';
import type { ConfigFile } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { inlineSecrets } from '../diagnostics/known-secrets.ts';
import { lookUpAll } from '../ledger/prices.ts';
import { configChanges } from '../log/config-changes.ts';
import type { Redactor } from '../log/redact/redactor.ts';
import type { ModelBook } from '../routing/models.ts';
import { type Bridge, isBridged } from '../upstream/bridge.ts';
import { readdressed } from './config-change.ts';
import type { Gateway } from './context.ts';

/** What is kept of accounts, and is read anew when they change. */
interface Lists {
  file: ConfigFile;
  list: AccountList;
  models: ModelBook;
  events: Gateway['events'];
}

interface Followers extends Lists, Pick<Gateway, 'router' | 'audit' | 'logs'> {
  redactor: Redactor;
}

/** Tells everybody that an account has other models now. */
export function modelsChanged({ file, list, models, events }: Lists, account: string): void {
  events.publish({ type: 'models-changed', at: Date.now(), account });
  const listed = list.find(file.current, account);
  if (!listed) return;
  const ids = models.modelsOf(listed).map(({ id }) => id);
  // Else the first request for `auto/cheap` would look up thousands.
  void lookUpAll(listed.provider, ids).catch(() => {});
}

/** The editor's models come and go without a word of the config. */
export function followBridge(bridge: Bridge, lists: Lists): void {
  bridge.onModelsChanged?.(() => {
    for (const { config } of lists.list.of(lists.file.current).filter(isBehindBridge)) {
      lists.models.clear(config.id);
      modelsChanged(lists, config.id);
    }
  });
}

/** From now on, what somebody writes into the config's file is in use. */
export function followFile({ file, models, events, router, redactor, audit, logs }: Followers): void {
  file.watch(
    (after, before) => {
      for (const id of readdressed(before, after)) {
        models.clear(id);
        router.health.reset({ account: id });
        router.quota.forget(id);
      }
      knowInline(redactor, after);
      for (const change of configChanges(before, after)) audit.audit({ who: 'file', ...change });
      events.publish({ type: 'config-changed', at: Date.now() });
      logs.info('config.json changed: read again');
    },
    (error) => logs.error(`${error.message}\nThe last good config stays in use.`),
  );
}

/** Secrets that stand in the config itself, against advice: in header values, in the addresses of proxies and hosts. */
export function knowInline(redactor: Redactor, { accounts }: Config): void {
  for (const account of accounts) for (const secret of inlineSecrets(account)) redactor.add(secret);
}

function isBehindBridge({ provider }: Account): boolean {
  return Object.values(provider.endpoints).some(({ baseUrl }) => isBridged(baseUrl));
}
