import * as z from 'zod';
import { auditPath } from './log-files.ts';
import { Redactor } from './redact/redactor.ts';
import { RotatingFile } from './rotating-file.ts';
import { safeValue } from './safe-value.ts';

export const AUDIT_ACTIONS = [
  'account.added',
  'account.edited',
  'account.removed',
  'account.key-rotated',
  'account.tested',
  'account.signed-in',
  'account.signed-out',
  'combo.saved',
  'combo.removed',
  'alias.saved',
  'alias.removed',
  'route.saved',
  'route.removed',
  'route.reordered',
  'budget.saved',
  'budget.removed',
  'price.saved',
  'price.removed',
  'price.reordered',
  'key.added',
  'key.edited',
  'key.rotated',
  'key.removed',
  'settings.changed',
  'config.restored',
  'config.exported',
  'config.imported',
  'tool.set-up',
  'tool.undone',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** One field of what was changed; `before` is absent where it is new, `after` where it is gone. Never a secret. */
export interface FieldChange {
  /** `limits.rpm` */
  field: string;
  before?: unknown;
  after?: unknown;
}

export interface AuditChange {
  what: AuditAction;
  /** Name of what was changed: an account, a combo, a gateway key, a section of the settings. */
  subject: string;
  changes?: FieldChange[] | undefined;
}

/** `who`: name of the gateway key used, or `cli`, `editor`, `file` (edited by hand). */
export type AuditNote = AuditChange & { who: string };

/** One line of `logs/audit.log`. Loose: a newer version may have added to it, and to the actions. */
export const auditEntrySchema = z.looseObject({
  time: z.string(),
  who: z.string(),
  what: z.string(),
  subject: z.string(),
  changes: z.array(z.looseObject({ field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })).optional(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export interface AuditOptions {
  /** The data folder; the log is `logs/audit.log` in it. */
  folder: string;
  redactor?: Redactor | undefined;
  /** Size of one file. Default 5 MB. */
  maxBytes?: number | undefined;
  /** Files in all. Default 10. */
  files?: number | undefined;
  /** Told once when the file cannot be written. */
  say?: ((line: string) => void) | undefined;
  /** Milliseconds since the epoch. */
  now?: (() => number) | undefined;
}

/** Who changed what, and when. Never waits, never throws, never holds a secret. */
export interface AuditLog {
  audit(note: AuditNote): void;
  /** Resolves when all notes so far are in the file, or could not be written. */
  flush(): Promise<void>;
}

/** Opens the audit log of a data folder; several processes may have it open. The file is made with the first note. */
export function openAuditLog(options: AuditOptions): AuditLog {
  const { folder, redactor = new Redactor(), now = Date.now, say = () => {} } = options;
  const maxBytes = options.maxBytes ?? 5 * 1024 * 1024;
  const file = new RotatingFile({ path: auditPath(folder), maxBytes, files: options.files ?? 10, say, now });
  return {
    audit({ who, what, subject, changes }) {
      const note = { who, what, subject, ...(changes === undefined || changes.length === 0 ? {} : { changes }) };
      file.write(JSON.stringify({ time: new Date(now()).toISOString(), ...Object(safeValue(note, redactor)) }));
    },
    flush: () => file.flush(),
  };
}
