import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqlJs } from 'sql.js';
import { Book, NewerSchema } from './book.ts';
import { keepDamaged, readSegment, segmentsIn } from './segments.ts';
import type { Opened } from './worker-protocol.ts';

const NAME = 'ledger.sqlite';

export interface OpenFolder {
  folder: string;
  /** What is damaged may be moved. */
  writable: boolean;
  now: number;
}

/** Reads the file and the journal of a folder. Never rejects for what is in there: what cannot be read is set aside and said. */
export async function openBook(sql: SqlJs, where: OpenFolder): Promise<{ book: Book; opened: Opened }> {
  if (where.writable) await removeTemporary(where.folder);
  const notices: string[] = [];
  const book = await readBook(sql, where, notices);
  const applied = book.appliedSegment;
  const segments = await segmentsIn(where.folder);
  const replayed = await replay(
    book,
    where,
    segments.filter((segment) => segment > applied),
    notices,
  );
  const bytes = await stat(join(where.folder, NAME)).then(
    ({ size }) => size,
    () => 0,
  );
  return { book, opened: { segment: Math.max(applied, segments.at(-1) ?? 0), replayed, notices, bytes } };
}

/** Puts the file in place, whole or not at all. */
export async function saveFile(folder: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, NAME);
  const temporary = `${path}.tmp-${process.pid}`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

async function readBook(sql: SqlJs, where: OpenFolder, notices: string[]): Promise<Book> {
  const path = join(where.folder, NAME);
  try {
    const bytes = await readFile(path);
    // SQLite takes an empty file for an empty database; ours are never empty.
    if (bytes.length === 0) throw new Error('it is empty');
    return new Book(sql, bytes);
  } catch (error) {
    if (!isAbsent(error)) notices.push(await setAside(path, where, error));
    return new Book(sql);
  }
}

/** Saves that were cut off. */
async function removeTemporary(folder: string): Promise<void> {
  for (const file of await readdir(folder).catch(() => [])) {
    if (file.startsWith(`${NAME}.tmp-`)) await rm(join(folder, file), { force: true }).catch(() => {});
  }
}

async function setAside(path: string, { writable, now }: OpenFolder, error: unknown): Promise<string> {
  const newer = error instanceof NewerSchema;
  const what = newer ? `${path} was written by a newer version (${error.message})` : `${path} is damaged (${reasonOf(error)})`;
  if (!writable) return `${what} and was left as it is.`;
  const kept = `${NAME}.${newer ? 'newer' : 'damaged'}-${now}`;
  try {
    await rename(path, `${path}${kept.slice(NAME.length)}`);
    return `${what}: it was kept as ${kept} and a new ledger was started. Accounts and settings are not in it.`;
  } catch (failure) {
    return `${what} and could not be set aside: ${reasonOf(failure)}. A new ledger was started.`;
  }
}

async function replay(book: Book, where: OpenFolder, segments: readonly number[], notices: string[]): Promise<number> {
  const before = book.records;
  const damaged: string[] = [];
  for (const segment of segments) {
    try {
      const replayed = await readSegment(where.folder, segment);
      damaged.push(...replayed.damaged);
      for (const record of replayed.records) addSafely(book, record, damaged);
    } catch (error) {
      // Another process may just have saved it.
      if (isAbsent(error)) continue;
      notices.push(`Part ${segment} of the ledger's journal cannot be read: ${reasonOf(error)}`);
    }
  }
  if (damaged.length > 0 && where.writable) notices.push(await keptAside(where, damaged));
  return book.records - before;
}

function addSafely(book: Book, record: Parameters<Book['add']>[0], damaged: string[]): void {
  try {
    book.add(record);
  } catch {
    damaged.push(JSON.stringify(record));
  }
}

async function keptAside({ folder, now }: OpenFolder, lines: readonly string[]): Promise<string> {
  const what = `Damaged lines of the ledger's journal: ${lines.length}`;
  try {
    return `${what}, kept in ${await keepDamaged(folder, lines, now)}.`;
  } catch (error) {
    return `${what}; they could not be kept: ${reasonOf(error)}`;
  }
}

const isAbsent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
