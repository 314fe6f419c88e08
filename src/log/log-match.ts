import { LOG_LEVELS, type LogLevel } from './levels.ts';
import type { LogLine } from './log-line.ts';

export interface LogMatch {
  /** The least urgent wanted. */
  level?: LogLevel | undefined;
  /** Part of what a line shows, whatever its case. */
  search?: string | undefined;
}

/** A test for lines. Pure: it is also for lines that come while a page shows the log. */
export function logMatch({ level = 'debug', search = '' }: LogMatch): (line: LogLine) => boolean {
  const least = LOG_LEVELS.indexOf(level);
  const text = search.trim().toLowerCase();
  return (line) => LOG_LEVELS.indexOf(line.level) <= least && (text === '' || shownOf(line).toLowerCase().includes(text));
}

/** All of a line that is shown, as text. */
function shownOf({ message, requestId = '', fields, audit }: LogLine): string {
  return [message, requestId, fields ? JSON.stringify(fields) : '', audit ? JSON.stringify(audit.changes) : ''].join('\n');
}
