import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Credentials } from '../accounts/account.ts';
import { AccountList } from '../accounts/account-list.ts';
import type { Vault } from '../accounts/vault.ts';
import { scheduleBackups } from '../backup/schedule.ts';
import type { ConfigFile } from '../config/file.ts';
import { StateFile } from '../config/state-file.ts';
import { Bus } from '../ledger/bus.ts';
import { Captures } from '../ledger/capture/captures.ts';
import { RecentRecords } from '../ledger/recent.ts';
import { openLedger } from '../ledger/store/open-ledger.ts';
import { openAuditLog } from '../log/audit.ts';
import type { Log } from '../log/log.ts';
import type { Redactor } from '../log/redact/redactor.ts';
import { ModelBook } from '../routing/models.ts';
import { openRouter } from '../routing/open-router.ts';
import { RefusedParameters } from '../routing/refused-parameters.ts';
import { SignatureBook } from '../routing/signatures/book.ts';
import type { Bridge } from '../upstream/bridge.ts';
import { Upstream } from '../upstream/http.ts';
import { VERSION } from '../version.ts';
import type { Gateway } from './context.ts';
import { followBridge, followFile, knowInline, modelsChanged } from './follow.ts';
import { ResponseStore } from './response-store.ts';
import { RunningRequests } from './running-requests.ts';
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
  const events = new Bus((error) => log(`a listener of events failed: ${String(error)}`));
  const signIn = {
    needed: (id: string) => router.health.needsSignIn(id),
    proven: (id: string, since: number) => router.health.signedIn(id, since),
  };
  const told = (account: string) => modelsChanged({ file, list, models, events }, account);
  const models: ModelBook = new ModelBook(upstream, credentials, now, signIn, told);
  if (bridge) followBridge(bridge, { file, list, models, events });
  const state = new StateFile(file.folder, log);
  const router = openRouter(
    () => file.current,
    list,
    state,
    (account) => models.modelsOf(account),
    { events, caller: { upstream, credentials } },
  );
  await state.load();
  const ledger = await openLedger({ folder: file.folder, settings: settings.ledger, log });
  const captures = capturesOf(file, redactor, log);
  followFile({ file, list, models, events, router, redactor, audit, logs });
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
    running: new RunningRequests(),
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

function capturesOf(file: ConfigFile, redactor: Redactor, log: (line: string) => void): Captures {
  return new Captures({
    folder: file.folder,
    settings: () => file.current.settings.ledger.capture,
    redact: (text) => redactor.redact(text),
    now: Date.now,
    log,
  });
}
