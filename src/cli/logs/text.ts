import type { AuditEntry } from '../../log/audit.ts';
import type { LogEntry, LogLevel } from '../../log/entry.ts';
import { attemptsSchema } from '../../log/lines-of.ts';

/** SGR codes (ECMA-48). */
const COLOURS: Record<LogLevel, string> = { error: '\u001b[31m', warn: '\u001b[33m', info: '', debug: '\u001b[2m' };
const PLAIN = '\u001b[0m';
/** Control characters and marks of writing direction: a terminal obeys them, wherever they come from. */
const OBEYED = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const LONGEST = 16 * 1024;

/** An entry of the log as a line for people. */
export function entryText({ time, level, message, requestId, fields }: LogEntry, colours: boolean): string {
  const colour = colours ? COLOURS[level] : '';
  const name = level.toUpperCase().padEnd(5);
  const id = requestId === undefined || message.includes(requestId) ? [] : [`request=${requestId}`];
  const more = Object.entries(fields ?? {}).flatMap(([field, value]) => {
    const text = field === 'attempts' ? attemptsText(value) : valueText(value);
    return text === undefined ? [] : [`${field}=${text}`];
  });
  const words = [`${safe(time)} ${colour}${name}${colour ? PLAIN : ''}`, lineText(message), ...[...id, ...more].map(lineText)];
  return words.join(' ');
}

/** An entry of the audit log as a line for people: when, who, what, and from what to what. */
export function auditText({ time, who, what, subject, changes = [] }: AuditEntry): string {
  const fields = changes.map(({ field, before, after }) => `${field}: ${valueText(before)} → ${valueText(after)}`);
  return [time, who, what, subject, ...(fields.length > 0 ? [`(${fields.join(', ')})`] : [])].map(lineText).join('  ');
}

/** An entry as one line of JSON, safe to be shown in a terminal as well. */
export function jsonText(entry: object): string {
  return JSON.stringify(entry).replace(OBEYED, escaped);
}

/** The attempts of a request, in short; `undefined` for a single one: the line itself tells of it. */
function attemptsText(value: unknown): string | undefined {
  const { success, data } = attemptsSchema.safeParse(value);
  if (!success) return valueText(value);
  if (data.length < 2) return undefined;
  return data.map(({ target, ms, failure }) => `${target} ${failure ? `${failure.class} ${failure.status} ` : ''}${ms} ms`).join(', ');
}

function valueText(value: unknown): string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
}

/** Further lines are set in; what is beyond 16 KB is cut. */
function lineText(text: string): string {
  const short = text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… [cut: ${text.length} characters in all]`;
  return short.split(/\r?\n/).map(safe).join('\n    ');
}

function safe(text: string): string {
  return text.replace(OBEYED, (char) => (char === '\t' ? char : escaped(char)));
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
