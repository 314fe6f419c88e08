import type { LogLevel } from './levels.ts';

/**
 * `console`: everything of `logs/omniroute.log`; `request`: of it what belongs to requests; `proxy`: what went out, each attempt at a
 * provider; `audit`: `logs/audit.log`.
 */
export const LOG_KINDS = ['request', 'proxy', 'audit', 'console'] as const;
export type LogKind = (typeof LOG_KINDS)[number];

/** What the line of an attempt says. */
export interface AttemptNote {
  /** `prefix/model` */
  target: string;
  /** Name of the account. */
  account: string;
  /** Id of its provider. */
  provider?: string | undefined;
  ms: number;
  /** Absent when it answered. */
  failure?: { class: string; status: number } | undefined;
  /** Scheme, host and port of the proxy it went through; `null`: none; absent: not known. */
  proxy?: string | null | undefined;
}

/** What a line of the audit log says. */
export interface AuditChangeNote {
  /** Name of the gateway key used, or `cli`, `editor`, `file` (edited by hand). */
  who: string;
  /** `account.added` */
  what: string;
  /** Name of what was changed. */
  subject: string;
  changes: { field: string; before?: unknown; after?: unknown }[];
}

/** One line of a log as it is shown. Without secrets. */
export interface LogLine {
  /** The same for as long as the line is kept, also across rotations. Lines of one attempt each share that of the request with a suffix. */
  id: string;
  /** ISO 8601, UTC. */
  time: string;
  level: LogLevel;
  /** May be long and have several lines. */
  message: string;
  /** The `x-request-id` the client got: of a record in `/admin/requests`, mostly. */
  requestId?: string | undefined;
  fields?: Record<string, unknown> | undefined;
  /** Of kind `proxy`. */
  attempt?: AttemptNote | undefined;
  /** Of kind `audit`. */
  audit?: AuditChangeNote | undefined;
}
