import type * as z from 'zod';
import { auditEntrySchema } from '../../log/audit.ts';
import { isAtLeast, type LogLevel, logEntrySchema } from '../../log/entry.ts';
import { auditText, entryText, jsonText } from './text.ts';

/** Which entries are wanted, and how they are shown. */
export interface Wanted {
  audit: boolean;
  json: boolean;
  colours: boolean;
  level: LogLevel | undefined;
  /** Milliseconds since the epoch. */
  since: number | undefined;
  /** A request's id, or the beginning of it. */
  request: string | undefined;
}

/** Turns lines of a log file into text; counts those that are no entries. */
export class LineReader {
  readonly #wanted: Wanted;
  /** Lines that are no entries. */
  damaged = 0;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  /** What is shown of a line; `undefined` for one that is not wanted, or is no entry. */
  readonly read = (line: string): string | undefined => (this.#wanted.audit ? this.#audit(line) : this.#log(line));

  #log(line: string): string | undefined {
    const { level, request, json, colours } = this.#wanted;
    const entry = this.#entry(logEntrySchema, line);
    if (!entry || !this.#isRecent(entry) || (level && !isAtLeast(entry.level, level))) return undefined;
    if (request !== undefined && !(entry.requestId?.startsWith(request) || entry.message.includes(request))) return undefined;
    return json ? jsonText(entry) : entryText(entry, colours);
  }

  #audit(line: string): string | undefined {
    const entry = this.#entry(auditEntrySchema, line);
    if (!entry || !this.#isRecent(entry)) return undefined;
    return this.#wanted.json ? jsonText(entry) : auditText(entry);
  }

  #isRecent({ time }: { time: string }): boolean {
    const { since } = this.#wanted;
    return since === undefined || Date.parse(time) >= since;
  }

  #entry<T>(schema: z.ZodType<T>, line: string): T | undefined {
    try {
      const { data } = schema.safeParse(JSON.parse(line));
      if (data !== undefined) return data;
    } catch {
      // Half a line of a process that was killed, or a damaged file.
    }
    this.damaged += 1;
    return undefined;
  }
}
