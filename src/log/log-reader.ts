import { type FileHandle, open, readdir } from 'node:fs/promises';
import { parse } from 'node:path';
import { rotatedPath } from './log-files.ts';

const PIECE = 256 * 1024;
/** A longer line is none of ours. */
const MOST_LINE = 1024 * 1024;
const LINE_END = 0x0a;

/** A log file that is open, and how far it was read. */
export interface OpenLogFile {
  handle: FileHandle;
  /** Identity of the file, whatever it is called by now. */
  ino: bigint;
  /** Bytes. */
  size: number;
}

/** Opens a log file; `undefined` when there is none. */
export async function openLogFile(path: string): Promise<OpenLogFile | undefined> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!handle) return undefined;
  const { ino, size } = await handle.stat({ bigint: true });
  return { handle, ino, size: Number(size) };
}

/** The same, read up to its last line end alone: what comes behind is half a line still being written. */
export async function openWholeLines(path: string): Promise<OpenLogFile | undefined> {
  const file = await openLogFile(path);
  if (!file) return undefined;
  const from = Math.max(0, file.size - PIECE);
  const { buffer, bytesRead } = await file.handle.read(Buffer.alloc(PIECE), 0, file.size - from, from);
  const end = buffer.subarray(0, bytesRead).lastIndexOf(LINE_END);
  return end < 0 && from > 0 ? file : { ...file, size: from + end + 1 };
}

/** Which older files of a log there are, newest first. */
export async function olderPaths(path: string): Promise<string[]> {
  const { dir, name, ext } = parse(path);
  const names = await readdir(dir).catch(() => []);
  const numbers = names.flatMap((entry) => {
    const number = entry.startsWith(`${name}.`) && entry.endsWith(ext) ? entry.slice(name.length + 1, -ext.length) : '';
    return /^[1-9]\d{0,3}$/.test(number) ? [Number(number)] : [];
  });
  return numbers.sort((a, b) => a - b).map((n) => rotatedPath(path, n));
}

const TRIES = 5;

/** Opens all older files, newest first, as they were at one moment: names that move on meanwhile are looked at anew. */
export async function openOlderFiles(path: string): Promise<OpenLogFile[]> {
  for (let tries = 1; ; tries += 1) {
    const paths = await olderPaths(path);
    const opened = (await Promise.all(paths.map(openLogFile))).filter((file) => file !== undefined);
    const unique = new Map(opened.map((file) => [file.ino, file]));
    if (unique.size === paths.length || tries === TRIES) return await onlyThese(opened, unique);
    await closeAll(opened);
  }
}

async function onlyThese(opened: readonly OpenLogFile[], kept: ReadonlyMap<bigint, OpenLogFile>): Promise<OpenLogFile[]> {
  await closeAll(opened.filter((file) => kept.get(file.ino) !== file));
  return opened.filter((file) => kept.get(file.ino) === file);
}

export async function closeAll(files: readonly OpenLogFile[]): Promise<void> {
  await Promise.all(files.map(({ handle }) => handle.close()));
}

/** A line, without its end, and where in its file it begins. */
export interface FoundLine {
  text: string;
  /** Bytes. */
  at: number;
}

/** Cuts bytes into lines, wherever the bytes are cut. Lines of more than 1 MB are left out. */
export class LineSplitter {
  /** Where the next line begins. */
  #at: number;
  #rest: Buffer[] = [];
  #restBytes = 0;
  #skipping = false;

  /** `at`: where in its file the first byte stands. */
  constructor(at = 0) {
    this.#at = at;
  }

  /** The lines that are whole by now. */
  push(bytes: Buffer): FoundLine[] {
    const lines: FoundLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, start)) {
      this.#keep(bytes.subarray(start, end));
      const line = this.end();
      if (line !== undefined) lines.push(line);
      this.#at += 1;
      start = end + 1;
    }
    this.#keep(bytes.subarray(start));
    return lines;
  }

  /** What is left behind the last line end, as a line; nothing when that is nothing. */
  end(): FoundLine | undefined {
    const text = Buffer.concat(this.#rest).toString('utf8');
    const whole = !this.#skipping && text !== '';
    const line = { text, at: this.#at };
    this.#at += this.#restBytes;
    this.#rest = [];
    this.#restBytes = 0;
    this.#skipping = false;
    return whole ? line : undefined;
  }

  #keep(bytes: Buffer): void {
    this.#restBytes += bytes.length;
    if (this.#restBytes > MOST_LINE) {
      this.#skipping = true;
      this.#rest = [];
    }
    // A copy: the buffer read into is used again.
    if (!this.#skipping && bytes.length > 0) this.#rest.push(Buffer.from(bytes));
  }
}

/** The bytes of a file from `from` up to `to`, or to its end, piece by piece; each piece is good until the next. */
export async function* piecesOf(handle: FileHandle, from: number, to = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
  const buffer = Buffer.alloc(PIECE);
  for (let at = from; at < to; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(PIECE, to - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
