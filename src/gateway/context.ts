import type { HttpBindings } from '@hono/node-server';
import type { LRUCache } from 'lru-cache';
import type { Account, Credentials } from '../accounts/account.ts';
import type { Vault } from '../accounts/vault.ts';
import type { ConfigFile } from '../config/file.ts';
import type { Config, KeyConfig } from '../config/schema.ts';
import type { Captures } from '../ledger/capture/captures.ts';
import type { EventBus } from '../ledger/events.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RecentRecords } from '../ledger/recent.ts';
import type { AuditLog } from '../log/audit.ts';
import type { Log } from '../log/log.ts';
import type { Redactor } from '../log/redact/redactor.ts';
import type { ModelBook } from '../routing/models.ts';
import type { RefusedParameters } from '../routing/refused-parameters.ts';
import type { Router } from '../routing/router.ts';
import type { SignatureBook } from '../routing/signatures/book.ts';
import type { Target } from '../routing/target.ts';
import type { Upstream } from '../upstream/http.ts';
import type { ResponseStore } from './response-store.ts';
import type { RunningRequests } from './running-requests.ts';
import type { SharedAnswers } from './share/shared-answers.ts';

/** What the routes work with. `config()` and `accounts()` are read anew for each request, so edits take effect at once. */
export interface Gateway {
  version: string;
  /** The config on disk, for the routes that change it. */
  file: ConfigFile;
  vault: Vault;
  config(): Config;
  accounts(): readonly Account[];
  credentials: Credentials;
  upstream: Upstream;
  models: ModelBook;
  router: Router;
  refused: RefusedParameters;
  signatures: SignatureBook;
  responses: ResponseStore;
  /** Which account runs a background response. */
  pending: LRUCache<string, Target>;
  /** Answers that requests alike share. */
  shared: SharedAnswers;
  /** What happens, for those who watch. */
  events: EventBus;
  /** The newest records, in memory. */
  records: RecentRecords;
  /** Those under way. */
  running: RunningRequests;
  /** All of them. */
  ledger: Ledger;
  /** Whole exchanges, where the user has them kept. */
  captures: Captures;
  log(line: string): void;
  logs: Log;
  /** Who changed what. */
  audit: AuditLog;
  /** Takes secrets out of texts; whoever reads one tells it. */
  redactor: Redactor;
  now(): number;
  newId(): string;
}

export interface Env {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    key: KeyConfig;
  };
}
