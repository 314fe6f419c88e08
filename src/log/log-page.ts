import { linesOf, placeOf } from './lines-of.ts';
import { auditPath, logPath } from './log-files.ts';
import type { LogKind, LogLine } from './log-line.ts';
import { type LogMatch, logMatch } from './log-match.ts';
import { linesBack } from './read-back.ts';

export interface LogWanted extends LogMatch {
  kind: LogKind;
  /** Lines at most; the attempts of one request are not torn apart. */
  limit: number;
  /** Milliseconds since the epoch; `until` exclusive. */
  since?: number | undefined;
  until?: number | undefined;
  /** Id of a line: only those before it. */
  before?: string | undefined;
}

/** What is looked through for one question: more than the files kept together hold. */
const MOST_CHARACTERS = 128 * 1024 * 1024;

/** The file that holds lines of a kind. */
export function pathOf(kind: LogKind, folder: string): string {
  return kind === 'audit' ? auditPath(folder) : logPath(folder);
}

/** The newest lines that are wanted, oldest first. `more`: there may be older ones. Reads no more of the files than it needs. */
export async function logPage(folder: string, wanted: LogWanted, signal: AbortSignal): Promise<{ entries: LogLine[]; more: boolean }> {
  const { kind, limit, since = Number.NEGATIVE_INFINITY, before } = wanted;
  const from = before === undefined ? undefined : placeOf(before);
  if (before !== undefined && !from) return { entries: [], more: false };
  const passes = wantedBy(wanted);
  const newestFirst: LogLine[] = [];
  let read = 0;
  for await (const { text, place } of linesBack(pathOf(kind, folder), from)) {
    signal.throwIfAborted();
    if (newestFirst.length >= limit || read > MOST_CHARACTERS) return { entries: newestFirst.reverse(), more: true };
    read += text.length;
    const lines = linesOf(kind, text, place);
    const [first] = lines;
    if (first && Date.parse(first.time) < since) break;
    newestFirst.push(...lines.filter(passes).reverse());
  }
  return { entries: newestFirst.reverse(), more: false };
}

function wantedBy({ level, search, until = Number.POSITIVE_INFINITY }: LogWanted): (line: LogLine) => boolean {
  const matches = logMatch({ level, search });
  return (line) => matches(line) && !(Date.parse(line.time) >= until);
}
