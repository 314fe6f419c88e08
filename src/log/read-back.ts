import type { LinePlace } from './log-follow.ts';
import { closeAll, type OpenLogFile, openOlderFiles, openWholeLines } from './log-reader.ts';

const PIECE = 128 * 1024;
/** A longer line is none of ours. */
const MOST_LINE = 1024 * 1024;
const LINE_END = 0x0a;

/** A line and its place. */
export interface PlacedLine {
  text: string;
  place: LinePlace;
}

/**
 * The lines of a log, newest first, over its rotated files, for as long as the reader wants more; only those before `before` where that is
 * given, and none when its file is no longer there. No more of the files is read than is asked for.
 */
export async function* linesBack(path: string, before?: LinePlace): AsyncGenerator<PlacedLine> {
  const current = await openWholeLines(path);
  const older = await openOlderFiles(path);
  const files = filesOf(current, older);
  try {
    const from = before ? files.findIndex(({ ino }) => ino === before.ino) : 0;
    if (from < 0) return;
    for (const [index, file] of files.slice(from).entries()) {
      const end = index === 0 && before ? Math.min(before.at, file.size) : file.size;
      yield* linesOf(file, end);
    }
  } finally {
    await closeAll(current ? [current, ...older] : older);
  }
}

/** Newest first. Rotated since it was opened, the current one is among the older ones as well. */
function filesOf(current: OpenLogFile | undefined, older: readonly OpenLogFile[]): OpenLogFile[] {
  if (!current) return [...older];
  return [current, ...older.slice(older.findIndex(({ ino }) => ino === current.ino) + 1)];
}

/** The lines that end before byte `end`, last first. */
async function* linesOf({ handle, ino }: OpenLogFile, end: number): AsyncGenerator<PlacedLine> {
  /** The end of a line whose beginning was not read yet, with its line end. */
  let rest: Buffer = Buffer.alloc(0);
  for (let to = end; to > 0; ) {
    const from = Math.max(0, to - PIECE);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
    const bytes = Buffer.concat([buffer.subarray(0, bytesRead), rest]);
    const whole = from === 0 ? 0 : bytes.indexOf(LINE_END) + 1;
    for (const { start, text } of reversed(bytes, whole)) yield { text, place: { ino, at: from + start } };
    // Without a line end it is the middle of a line: of one that is none of ours only the end is remembered.
    rest = from === 0 ? Buffer.alloc(0) : whole > 0 ? bytes.subarray(0, whole) : bytes.subarray(-MOST_LINE);
    to = from;
  }
}

/** The lines from byte `first` on, last first; empty ones are left out. */
function* reversed(bytes: Buffer, first: number): Generator<{ start: number; text: string }> {
  let end = bytes.at(-1) === LINE_END ? bytes.length - 1 : bytes.length;
  while (end > first) {
    const start = Math.max(first, bytes.lastIndexOf(LINE_END, end - 1) + 1);
    if (end > start) yield { start, text: bytes.toString('utf8', start, end) };
    end = start - 1;
  }
}
