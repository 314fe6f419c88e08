import * as z from 'zod';
import { type AuditEntry, auditEntrySchema } from './audit.ts';
import { type LogEntry, logEntrySchema } from './entry.ts';
import type { LinePlace } from './log-follow.ts';
import type { AttemptNote, LogKind, LogLine } from './log-line.ts';

const attempt = z.object({
  target: z.string(),
  account: z.string(),
  provider: z.string().optional(),
  proxy: z.string().nullable().optional(),
  ms: z.number(),
  failure: z.object({ class: z.string(), status: z.number() }).optional(),
});

/** `fields.attempts` of a request's line. */
export const attemptsSchema: z.ZodType<AttemptNote[]> = z.array(attempt);

/** What a line of the file is among the lines of this kind: nothing, one, or one for each attempt of a request. */
export function linesOf(kind: LogKind, text: string, place: LinePlace): LogLine[] {
  const value = jsonOf(text);
  const id = idOf(place);
  if (kind === 'audit') {
    const read = auditEntrySchema.safeParse(value);
    return read.success ? [auditLine(id, read.data)] : [];
  }
  const read = logEntrySchema.safeParse(value);
  if (!read.success) return [];
  switch (kind) {
    case 'console':
      return [entryLine(id, read.data)];
    case 'request':
      return read.data.requestId === undefined ? [] : [entryLine(id, read.data)];
    case 'proxy':
      return attemptLines(id, read.data);
  }
}

/** `1a2b-3c`: of the file and the byte in it. */
export function idOf({ ino, at }: LinePlace): string {
  return `${ino.toString(36)}-${at.toString(36)}`;
}

/** The place an id tells of, of an attempt's line too; `undefined` when it is none of ours. */
export function placeOf(id: string): LinePlace | undefined {
  const [, ino = '', at = ''] = /^([0-9a-z]{1,20})-([0-9a-z]{1,12})(?:\.\d+)?$/.exec(id) ?? [];
  if (ino === '') return undefined;
  return { ino: [...ino].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n), at: Number.parseInt(at, 36) };
}

function entryLine(id: string, { time, level, message, requestId, fields }: LogEntry): LogLine {
  return { id, time, level, message, requestId, fields };
}

function auditLine(id: string, { time, who, what, subject, changes = [] }: AuditEntry): LogLine {
  const told = changes.map(({ field, before, after }) => ({ field, before, after }));
  return { id, time, level: 'info', message: `${who}: ${what} ${subject}`, audit: { who, what, subject, changes: told } };
}

/** The request's own line says nothing of this kind: those of its attempts do. */
function attemptLines(id: string, { time, requestId, fields }: LogEntry): LogLine[] {
  const attempts = attemptsSchema.safeParse(fields?.attempts);
  if (!attempts.success) return [];
  return attempts.data.map((note, n) => ({
    id: `${id}.${n}`,
    time,
    level: note.failure ? 'warn' : 'info',
    message: saysWhat(note),
    requestId,
    attempt: note,
  }));
}

function saysWhat({ target, account, ms, failure, proxy }: AttemptNote): string {
  const way = proxy ? ` through ${proxy}` : '';
  return `${target} (${account})${way} ${failure ? `${failure.class} ${failure.status}` : 'answered'} ${ms} ms`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
