import { closeAll, LineSplitter, type OpenLogFile, openOlderFiles, piecesOf } from './log-reader.ts';

/** Lines as entries; `undefined` for what is none, or is not wanted. */
export type ReadLine<T> = (line: string) => T | undefined;

/**
 * The last `most` entries of a log, oldest first: of the file that is open as `current`, up to its size then, and of older ones as far as
 * they are needed.
 */
export async function tailOf<T>(path: string, current: OpenLogFile | undefined, read: ReadLine<T>, most: number): Promise<T[]> {
  const entries = current ? await entriesOf(current, read, most) : [];
  const older = await openOlderFiles(path);
  try {
    // Rotated since it was opened, it is an older one now: what is newer than it came later.
    const own = older.findIndex(({ ino }) => ino === current?.ino);
    for (const file of older.slice(own + 1)) {
      if (entries.length >= most) break;
      entries.unshift(...(await entriesOf(file, read, most - entries.length)));
    }
  } finally {
    await closeAll(older);
  }
  return entries;
}

async function entriesOf<T>({ handle, size }: OpenLogFile, read: ReadLine<T>, most: number): Promise<T[]> {
  if (most <= 0) return [];
  const splitter = new LineSplitter();
  let entries: T[] = [];
  const take = (line: string): void => {
    const entry = read(line);
    if (entry !== undefined) entries.push(entry);
  };
  for await (const piece of piecesOf(handle, 0, size)) {
    for (const { text } of splitter.push(piece)) take(text);
    if (entries.length > 2 * most) entries = entries.slice(-most);
  }
  return entries.slice(-most);
}
