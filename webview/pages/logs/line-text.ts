import type { LogLine } from '../../../src/log/log-line.ts';

/** The message as a list shows it: without the request's id, which has a column, in one line. */
export function shortMessage({ message, requestId }: LogLine): string {
  const text = requestId !== undefined && message.startsWith(`${requestId} `) ? message.slice(requestId.length + 1) : message;
  return text.replace(/\s*\n\s*/g, ' ⏎ ');
}

/** `req_1a2b3c…`: enough to tell requests apart at a glance. */
export function shortId(id: string): string {
  return id.length > 13 ? `${id.slice(0, 12)}…` : id;
}

/** A value as people read it. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

/** `30 → 60`; what is new or gone has one side alone. */
export function changeText({ before, after }: { before?: unknown; after?: unknown }): string {
  if (before === undefined) return valueText(after);
  return after === undefined ? `${valueText(before)} → –` : `${valueText(before)} → ${valueText(after)}`;
}

/** `limits.rpm: 30 → 60, headroom: 10` */
export function changesText(changes: readonly { field: string; before?: unknown; after?: unknown }[]): string {
  return changes.map((change) => `${change.field}: ${changeText(change)}`).join(', ');
}

/** The whole line, for the clipboard: what the file says, for people. */
export function lineText({ time, level, message, fields }: LogLine): string {
  return [time, level, message, ...(fields ? [JSON.stringify(fields)] : [])].join(' ');
}
