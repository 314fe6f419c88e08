import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { closeAll, type FoundLine, LineSplitter, type OpenLogFile, openLogFile, openOlderFiles, piecesOf } from './log-reader.ts';

/** Where file events do not arrive (network file systems, containers), and until the folder exists. */
const POLL_MS = 500;
/** While files are being renamed, ours may be seen under no name. */
const TRIES = 5;

/** Which file a line stands in, and at which of its bytes it begins: the same across rotations. */
export interface LinePlace {
  ino: bigint;
  at: number;
}

/** Follows a log across its rotations: each line that is whole, in order, none twice. */
export class LogFollower {
  readonly #path: string;
  readonly #line: (line: string, place: LinePlace) => void;
  #file: OpenLogFile | undefined;
  /** Bytes of the file that were read. */
  #at: number;
  #splitter: LineSplitter;

  /** Goes on behind what `from` held when it was opened; without it, from the beginning of the file that is made. */
  constructor(path: string, from: OpenLogFile | undefined, line: (line: string, place: LinePlace) => void) {
    this.#path = path;
    this.#file = from;
    this.#at = from?.size ?? 0;
    this.#splitter = new LineSplitter(this.#at);
    this.#line = line;
  }

  /** Reads until `signal` aborts; then closes the file. */
  async run(signal: AbortSignal): Promise<void> {
    const events = new Events(this.#path);
    try {
      while (!signal.aborted) {
        const next = events.next(signal);
        await this.#readAll();
        await next;
      }
    } finally {
      events.close();
      await this.#file?.handle.close();
    }
  }

  async #readAll(): Promise<void> {
    const newest = await openLogFile(this.#path);
    if (newest?.ino === this.#file?.ino) {
      await newest?.handle.close();
      return await this.#readOn(newest?.size);
    }
    await this.#readOn(undefined);
    for (const file of await this.#between(newest)) await this.#changeTo(file);
    if (newest) await this.#changeTo(newest);
  }

  #tell({ text, at }: FoundLine): void {
    if (this.#file) this.#line(text, { ino: this.#file.ino, at });
  }

  /** What was added to the file that is open. It shrinks when somebody empties it in place. */
  async #readOn(size: number | undefined): Promise<void> {
    if (!this.#file) return;
    if (size !== undefined && size < this.#at) {
      this.#at = 0;
      this.#splitter = new LineSplitter();
    }
    for await (const piece of piecesOf(this.#file.handle, this.#at)) {
      this.#at += piece.length;
      for (const line of this.#splitter.push(piece)) this.#tell(line);
    }
  }

  async #changeTo(file: OpenLogFile): Promise<void> {
    await this.#file?.handle.close();
    const rest = this.#splitter.end();
    if (rest !== undefined) this.#tell(rest);
    this.#file = file;
    this.#at = 0;
    this.#splitter = new LineSplitter();
    await this.#readOn(undefined);
  }

  /** Files that were begun and rotated since the last look, oldest first: those between ours and the newest. */
  async #between(newest: OpenLogFile | undefined): Promise<OpenLogFile[]> {
    for (let tries = 1; this.#file && newest; tries += 1) {
      const older = await openOlderFiles(this.#path);
      const last = older.findIndex(({ ino }) => ino === this.#file?.ino);
      const first = older.findIndex(({ ino }) => ino === newest.ino) + 1;
      const between = last < 0 ? [] : older.slice(first, last);
      await closeAll(older.filter((file) => !between.includes(file)));
      if (last >= 0 || tries === TRIES || (await this.#file.handle.stat()).nlink === 0) return between.reverse();
    }
    return [];
  }
}

/** Changes in the folder of a log, by events where there are any, else by the clock. */
class Events {
  readonly #folder: string;
  #watcher: FSWatcher | undefined;
  #wake: () => void = () => {};

  constructor(path: string) {
    this.#folder = dirname(path);
  }

  /** Resolves at the next change from this call on, after a while, or when `signal` aborts. */
  async next(signal: AbortSignal): Promise<void> {
    this.#watch();
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, POLL_MS);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
      this.#wake = done;
    });
  }

  close(): void {
    this.#watcher?.close();
  }

  #watch(): void {
    if (this.#watcher) return;
    try {
      this.#watcher = watch(this.#folder, () => this.#wake());
      // The folder was removed, or there are too many watchers: the clock is left.
      this.#watcher.on('error', () => {});
    } catch {
      // There is no such folder yet.
    }
  }
}
