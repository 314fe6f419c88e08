import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { rotatedPath } from './log-files.ts';

export interface RotatingFileOptions {
  path: string;
  /** Size at which a file is put aside. */
  maxBytes: number;
  /** Files kept in all, the one being written included. */
  files: number;
  /** Told once when writing fails, and once when it works again. */
  say(line: string): void;
  now(): number;
}

/** Time to gather lines before a write. */
const GATHER_MS = 25;
/** Until the next try after a failure: a full disk does not empty in a moment. */
const RETRY_MS = 30_000;
/** What waits for a disk that hangs. */
const MOST_WAITING = 8 * 1024 * 1024;

/**
 * Appends lines to a file of bounded size, `name.1.log` and on being older ones. `write` never waits and never throws. The file is opened
 * anew for each batch: others may write and rotate it as well, and Windows does not rename a file that is open.
 */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #lost = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #failedAt: number | undefined;
  /** Whether the file may end in half a line: of a process that was killed, or of a write that failed. */
  #ragged = true;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  /** Queues a line, without its line end. */
  write(line: string): void {
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    while (this.#waitingBytes > MOST_WAITING) {
      this.#waitingBytes -= this.#waiting.shift()?.length ?? 0;
      this.#lost += 1;
    }
    // Not unref'ed: the last lines of a process that ends by itself are written.
    this.#timer ??= setTimeout(() => void this.#drain(false), GATHER_MS);
  }

  /** Resolves when all lines so far are on the disk, or could not be written. Tries at once, also after a failure. */
  async flush(): Promise<void> {
    await this.#drain(true);
  }

  #drain(atOnce: boolean): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#writeAll(atOnce));
    return this.#writing;
  }

  async #writeAll(atOnce: boolean): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (lines.length === 0) return;
    const { now } = this.#options;
    if (!atOnce && this.#failedAt !== undefined && now() - this.#failedAt < RETRY_MS) {
      this.#lost += lines.length;
      return;
    }
    let done = 0;
    try {
      while (done < lines.length) done += await this.#writeSome(lines.slice(done));
      this.#works();
    } catch (error) {
      this.#lost += lines.length - done;
      this.#fails(error);
    }
  }

  /** Writes as many lines as the file has room for, and at least one; gives their number. */
  async #writeSome(lines: readonly string[]): Promise<number> {
    const { path, maxBytes } = this.#options;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const size = await this.#sizeNow();
    const { text, count } = fitting(lines, maxBytes - size);
    if (count === 0 && size > 0) {
      await this.#rotate();
      return 0;
    }
    await this.#append(count === 0 ? `${lines[0] ?? ''}\n` : text);
    return Math.max(1, count);
  }

  async #sizeNow(): Promise<number> {
    const { path } = this.#options;
    const found = await stat(path).catch(unlessMissing);
    if (found && (found.mode & 0o077) !== 0) await chmod(path, 0o600);
    return found?.size ?? 0;
  }

  async #append(text: string): Promise<void> {
    const file = await open(this.#options.path, 'a+', 0o600);
    try {
      const ended = !this.#ragged || (await endsWithLine(file));
      this.#ragged = true;
      await file.appendFile(ended ? text : `\n${text}`);
      this.#ragged = false;
    } finally {
      await file.close();
    }
  }

  async #rotate(): Promise<void> {
    const { path, files } = this.#options;
    if (files <= 1) return await rm(path, { force: true });
    for (let n = files - 1; n >= 1; n -= 1) await rename(rotatedPath(path, n - 1), rotatedPath(path, n)).catch(unlessMissing);
  }

  #works(): void {
    if (this.#failedAt !== undefined || this.#lost > 0)
      this.#options.say(
        `${this.#options.path} is written again; ${this.#lost} ${this.#lost === 1 ? 'line is' : 'lines are'} missing in it`,
      );
    this.#failedAt = undefined;
    this.#lost = 0;
  }

  #fails(error: unknown): void {
    const first = this.#failedAt === undefined;
    this.#failedAt = this.#options.now();
    const reason = error instanceof Error ? error.message : String(error);
    if (first) this.#options.say(`${this.#options.path} cannot be written, the newest lines are kept in memory: ${reason}`);
  }
}

/** The first lines that fit into `room` bytes. */
function fitting(lines: readonly string[], room: number): { text: string; count: number } {
  let used = 0;
  let count = 0;
  for (const line of lines) {
    used += Buffer.byteLength(line) + 1;
    if (used > room) break;
    count += 1;
  }
  return {
    count,
    text: lines
      .slice(0, count)
      .map((line) => `${line}\n`)
      .join(''),
  };
}

async function endsWithLine(file: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
