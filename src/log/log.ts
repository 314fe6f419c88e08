import { isAtLeast, type LogEntry, type LogFields, type LogLevel } from './entry.ts';
import { logPath } from './log-files.ts';
import { Redactor } from './redact/redactor.ts';
import { Ring } from './ring.ts';
import { RotatingFile } from './rotating-file.ts';
import { safeValue } from './safe-value.ts';

export interface LogOptions {
  /** The data folder; the log is `logs/omniroute.log` in it. */
  folder: string;
  /** The least urgent level that is kept. Default `info`. */
  level?: LogLevel | undefined;
  /** Size of one file. Default 5 MB. */
  maxBytes?: number | undefined;
  /** Files in all. Default 5. */
  files?: number | undefined;
  /** Given each entry as a line for people, `<ISO time> <message>`. */
  echo?: ((line: string) => void) | undefined;
  /** Whoever reads a secret tells it to this one. */
  redactor?: Redactor | undefined;
  /** Milliseconds since the epoch. */
  now?: (() => number) | undefined;
}

/** A structured log: never waits, never throws, never holds a secret. */
export interface Log {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** The same log with fields given to each entry; `requestId` becomes the entry's own. */
  child(fields: LogFields): Log;
  /** Resolves when all entries so far are in the file, or could not be written. */
  flush(): Promise<void>;
  /** The same; what comes later stays in memory. */
  close(): Promise<void>;
  /** The last entries, oldest first; at most 2,000 are remembered. */
  tail(n: number): LogEntry[];
  /** Calls `listener` for each entry from now on; gives the function that ends it. */
  subscribe(listener: (entry: LogEntry) => void): () => void;
}

const REMEMBERED = 2000;
/** Of one line in the file. */
const MOST_LINE = 16 * 1024;
/** What the gateway's own lines begin with. */
const OWN_REQUEST_ID = /^req_[0-9a-f]{32}\b/;

/** Control characters that a terminal obeys: a client may put them into the name of a model. */
const OBEYED = /[^\P{Cc}\n\t]/gu;

/** Opens the log of a data folder; the file is made with the first entry. */
export function openLog(options: LogOptions): Log {
  return logOf(new Sink(options), {});
}

function logOf(sink: Sink, own: LogFields): Log {
  const at = (level: LogLevel) => (message: string, fields?: LogFields) => sink.take(level, message, own, fields);
  return {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    child: (fields) => logOf(sink, { ...own, ...fields }),
    flush: () => sink.flush(),
    close: () => sink.close(),
    tail: (n) => sink.ring.last(n),
    subscribe: (listener) => sink.subscribe(listener),
  };
}

/** Where the entries of a log and its children go: redacted first, then to the ring, the file, the echo and the listeners. */
class Sink {
  readonly ring = new Ring<LogEntry>(REMEMBERED);
  readonly #file: RotatingFile;
  readonly #level: LogLevel;
  readonly #redactor: Redactor;
  readonly #echo: (line: string) => void;
  readonly #now: () => number;
  readonly #listeners = new Set<(entry: LogEntry) => void>();
  #closed = false;

  constructor({ folder, level, maxBytes, files, echo, redactor, now }: LogOptions) {
    this.#level = level ?? 'info';
    this.#redactor = redactor ?? new Redactor();
    this.#echo = echo ?? (() => {});
    this.#now = now ?? Date.now;
    this.#file = new RotatingFile({
      path: logPath(folder),
      maxBytes: maxBytes ?? 5 * 1024 * 1024,
      files: files ?? 5,
      now: this.#now,
      say: (line) => this.#say(line),
    });
  }

  take(level: LogLevel, message: string, own: LogFields, given: LogFields | undefined): void {
    if (!isAtLeast(level, this.#level)) return;
    try {
      const entry = this.#entry(level, message, given === undefined ? own : { ...own, ...given });
      this.ring.push(entry);
      if (!this.#closed) this.#file.write(lineOf(entry));
      this.#echo(`${entry.time} ${entry.message.replace(OBEYED, '\ufffd')}`);
      this.#tell(entry);
    } catch {
      // Whoever logs something has a request to answer: a log that fails must not fail it.
    }
  }

  flush(): Promise<void> {
    return this.#file.flush();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#file.flush();
  }

  subscribe(listener: (entry: LogEntry) => void): () => void {
    // A function of its own: two may listen with the same one.
    const own = (entry: LogEntry): void => listener(entry);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  #entry(level: LogLevel, message: string, { requestId, ...fields }: LogFields): LogEntry {
    const text = this.#redactor.redactUpTo(String(message), MOST_LINE / 2);
    const id = typeof requestId === 'string' ? this.#redactor.redactUpTo(requestId, 200) : OWN_REQUEST_ID.exec(text)?.[0];
    const names = Object.keys(fields);
    return {
      time: new Date(this.#now()).toISOString(),
      level,
      message: text,
      ...(id === undefined ? {} : { requestId: id }),
      ...(names.length === 0 ? {} : { fields: safeValue(fields, this.#redactor) as LogFields }),
    };
  }

  #tell(entry: LogEntry): void {
    for (const listener of this.#listeners) {
      try {
        listener(entry);
      } catch {
        // One listener's trouble is not the others'.
      }
    }
  }

  #say(line: string): void {
    try {
      this.#echo(`${new Date(this.#now()).toISOString()} ${line}`);
    } catch {
      // Nobody is left to tell.
    }
  }
}

/** The entry as a line of the file, at most 16 KB long: what is beyond goes field by field, the longest first. */
function lineOf(entry: LogEntry): string {
  const line = JSON.stringify(entry);
  if (Buffer.byteLength(line) <= MOST_LINE) return line;
  const sizes = Object.entries(entry.fields ?? {}).map(([name, value]) => ({
    name,
    bytes: Buffer.byteLength(JSON.stringify(value) ?? ''),
  }));
  sizes.sort((a, b) => b.bytes - a.bytes);
  const fields = { ...entry.fields };
  for (const { name, bytes } of sizes) {
    fields[name] = `[cut: ${bytes} bytes]`;
    const shorter = JSON.stringify({ ...entry, fields });
    if (Buffer.byteLength(shorter) <= MOST_LINE) return shorter;
  }
  const head = entry.message.slice(0, MOST_LINE / 16);
  return JSON.stringify({ ...entry, message: `${head}… [cut: ${entry.message.length} characters in all]`, fields: undefined });
}
