import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Account, Credentials } from '../accounts/account.ts';
import { AccountList } from '../accounts/account-list.ts';
import type { Vault } from '../accounts/vault.ts';
import { scheduleBackups } from '../backup/schedule.ts';
import type { ConfigFile } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { StateFile } from '../config/state-file.ts';
import { inlineSecrets } from '../diagnostics/known-secrets.ts';
import { Bus } from '../ledger/bus.ts';
import { Captures } from '../ledger/capture/captures.ts';
import { lookUpAll } from '../ledger/prices.ts';
import { RecentRecords } from '../ledger/recent.ts';
import { openLedger } from '../ledger/store/open-ledger.ts';
import { openAuditLog } from '../log/audit.ts';
import { configChanges } from '../log/config-changes.ts';
import type { Log } from '../log/log.ts';
import type { Redactor } from '../log/redact/redactor.ts';
import { ModelBook } from '../routing/models.ts';
import { openRouter } from '../routing/open-router.ts';
import { RefusedParameters } from '../routing/refused-parameters.ts';
import { SignatureBook } from '../routing/signatures/book.ts';
import { type Bridge, isBridged } from '../upstream/bridge.ts';
import { Upstream } from '../upstream/http.ts';
import { VERSION } from '../version.ts';
import { readdressed } from './config-change.ts';
import type { Gateway } from './context.ts';
import { ResponseStore } from './response-store.ts';
import { SharedAnswers } from './share/shared-answers.ts';

/** Everything the routes work with, put together from a loaded config. `stop` saves what is to outlive it and ends connections. */
export async function build(
  file: ConfigFile,
  vault: Vault,
  env: Record<string, string | undefined>,
  logs: Log,
  redactor: Redactor,
  bridge?: Bridge,
): Promise<{ gateway: Gateway; stop(): Promise<void> }> {
  const { settings } = file.current;
  const log = (line: string): void => logs.info(line);
  const audit = openAuditLog({ folder: file.folder, redactor, say: log });
  knowInline(redactor, file.current);
  const upstream = new Upstream(settings.timeouts.connectMs, bridge);
  const credentials = new Credentials(vault, { ...process.env, ...env }, upstream, (secret) => redactor.add(secret));
  const now = Date.now;
  const list = new AccountList(log);
  const accounts = () => list.of(file.current);
  const modelsChanged = (account: string): void => {
    events.publish({ type: 'models-changed', at: now(), account });
    const listed = list.find(file.current, account);
    // Else the first request for `auto/cheap` would look up thousands.
    if (listed)
      void lookUpAll(
        listed.provider,
        models.modelsOf(listed).map(({ id }) => id),
      ).catch(() => {});
  };
  const signIn = {
    needed: (id: string) => router.health.needsSignIn(id),
    proven: (id: string, since: number) => router.health.signedIn(id, since),
  };
  const models = new ModelBook(upstream, credentials, now, signIn, modelsChanged);
  bridge?.onModelsChanged?.(() => {
    for (const { config } of accounts().filter(isBehindBridge)) {
      models.clear(config.id);
      modelsChanged(config.id);
    }
  });
  const state = new StateFile(file.folder, log);
  const events = new Bus((error) => log(`a listener of events failed: ${String(error)}`));
  const router = openRouter(
    () => file.current,
    list,
    state,
    (account) => models.modelsOf(account),
    { events, caller: { upstream, credentials } },
  );
  await state.load();
  const ledger = await openLedger({ folder: file.folder, settings: settings.ledger, log });
  const captures = new Captures({
    folder: file.folder,
    settings: () => file.current.settings.ledger.capture,
    redact: (text) => redactor.redact(text),
    now,
    log,
  });
  file.watch(
    (after, before) => {
      for (const id of readdressed(before, after)) {
        models.clear(id);
        router.health.reset({ account: id });
        router.quota.forget(id);
      }
      knowInline(redactor, after);
      for (const change of configChanges(before, after)) audit.audit({ who: 'file', ...change });
      events.publish({ type: 'config-changed', at: now() });
      log('config.json changed: read again');
    },
    (error) => logs.error(`${error.message}\nThe last good config stays in use.`),
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
    events,
    records: new RecentRecords(),
    ledger,
    captures,
    log,
    logs,
    audit,
    redactor,
    now,
    newId: () => randomUUID().replaceAll('-', ''),
  };
  const endBackups = scheduleBackups({ folder: file.folder, log });
  const stop = async (): Promise<void> => {
    await endBackups();
    router.quota.close();
    await Promise.all([state.close(), ledger.close(), audit.flush(), captures.close()]);
    await upstream.close();
    await logs.close();
  };
  return { gateway, stop };
}

/** Secrets that stand in the config itself, against advice: in header values, in the addresses of proxies and hosts. */
function knowInline(redactor: Redactor, { accounts }: Config): void {
  for (const account of accounts) for (const secret of inlineSecrets(account)) redactor.add(secret);
}

function isBehindBridge({ provider }: Account): boolean {
  return Object.values(provider.endpoints).some(({ baseUrl }) => isBridged(baseUrl));
}
