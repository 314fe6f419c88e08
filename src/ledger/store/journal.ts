import { type FileHandle, open } from 'node:fs/promises';
import { segmentPath } from './segments.ts';

/** Lines kept while they cannot be written; what is beyond is safe again with the next checkpoint only. */
const MOST_WAITING = 20_000;
const RETRY_MS = 30_000;

interface Waiting {
  segment: number;
  line: string;
}

export interface JournalHooks {
  /** Writing began to fail. Once, until it works again. */
  failed(error: unknown): void;
  /** It works again; `lost`: so many lines were given up. */
  recovered(lost: number): void;
}

/**
 * The append-only journal: each line is on its way to the disk as soon as it is added, one write at a time, and what comes meanwhile
 * goes with the next. Before `begin`, lines wait. Never throws, never blocks.
 */
export class Journal {
  readonly #hooks: JournalHooks;
  #folder: string | undefined;
  #segment = 0;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  /** The write under way. */
  #batch: Promise<void> | undefined;
  #file: { segment: number; handle: FileHandle } | undefined;
  /** Until the next try. */
  #failing = false;
  /** The failure was said. */
  #told = false;
  #lost = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(hooks: JournalHooks) {
    this.#hooks = hooks;
  }

  /** Lines that are not in a file yet. */
  get waiting(): string[] {
    return this.#waiting.map(({ line }) => line);
  }

  /** Lines are being written. */
  get begun(): boolean {
    return this.#folder !== undefined;
  }

  append(line: string): void {
    this.#waiting.push({ segment: this.#segment, line });
    const over = this.#waiting.length - MOST_WAITING;
    if (over > 0) {
      this.#waiting.splice(0, over);
      this.#lost += over;
    }
    this.#pump();
  }

  /** From here on lines are written, to segments from this number on. */
  begin(folder: string, segment: number): void {
    this.#folder = folder;
    this.#segment = segment;
    this.#waiting = this.#waiting.map(({ line }) => ({ segment, line }));
    this.#pump();
  }

  /** Lines are only kept, until the next `begin`: the folder belongs to somebody else now. */
  async suspend(): Promise<void> {
    this.#folder = undefined;
    await this.#writing;
    await this.#closeFile();
  }

  /** Ends the segment, and gives its number: it holds all lines so far that earlier segments do not. */
  cut(): number {
    this.#segment += 1;
    return this.#segment - 1;
  }

  /** Resolves when every line added before is on disk, or the disk refused it. */
  async flush(): Promise<void> {
    const last = this.#waiting.at(-1);
    // Not until nothing waits: under load something always does.
    while (last && this.#folder && !this.#failing && this.#waiting.includes(last)) await (this.#batch?.catch(() => {}) ?? this.#writing);
    await this.#file?.handle.datasync().catch((error: unknown) => this.#fail(error));
  }

  async close(): Promise<void> {
    clearTimeout(this.#retry);
    this.#failing = false;
    this.#pump();
    await this.flush();
    clearTimeout(this.#retry);
    await this.suspend();
  }

  #pump(): void {
    if (this.#writing || this.#failing || !this.#folder || this.#waiting.length === 0) return;
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = undefined;
      this.#pump();
    });
  }

  async #writeAll(): Promise<void> {
    // What is added in this tick goes along.
    await Promise.resolve();
    while (this.#folder && this.#waiting.length > 0) {
      try {
        this.#batch = this.#writeBatch(this.#folder);
        await this.#batch;
      } catch (error) {
        this.#fail(error);
        return;
      } finally {
        this.#batch = undefined;
      }
    }
  }

  async #writeBatch(folder: string): Promise<void> {
    const segment = this.#waiting[0]?.segment ?? this.#segment;
    const end = this.#waiting.findIndex((waiting) => waiting.segment !== segment);
    const batch = this.#waiting.slice(0, end === -1 ? undefined : end);
    const { handle } = await this.#fileFor(folder, segment);
    await handle.appendFile(batch.map(({ line }) => line).join(''));
    // By identity: lines may have been given up, or moved to another segment, meanwhile.
    const written = new Set(batch);
    this.#waiting = this.#waiting.filter((waiting) => !written.has(waiting));
    if (this.#told || this.#lost > 0) this.#hooks.recovered(this.#lost);
    this.#told = false;
    this.#lost = 0;
  }

  async #fileFor(folder: string, segment: number): Promise<{ handle: FileHandle }> {
    if (this.#file?.segment === segment) return this.#file;
    await this.#closeFile();
    this.#file = { segment, handle: await open(segmentPath(folder, segment), 'a', 0o600) };
    return this.#file;
  }

  async #closeFile(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    if (!file) return;
    await file.handle.datasync().catch(() => {});
    await file.handle.close().catch(() => {});
  }

  /** Half a line may have been written: what waits goes to a new segment, so that a torn line is always a segment's last. */
  #fail(error: unknown): void {
    this.#segment += 1;
    const segment = this.#segment;
    this.#waiting = this.#waiting.map(({ line }) => ({ segment, line }));
    this.#failing = true;
    if (!this.#told) this.#hooks.failed(error);
    this.#told = true;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#failing = false;
      this.#pump();
    }, RETRY_MS);
    this.#retry.unref();
  }
}
