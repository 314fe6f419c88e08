import { chmod, mkdir, readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { codeOf, readSettings, refuse, type SettingsText } from './files.ts';

/** How many copies of ours stay beside a file. */
const COPIES = 3;
/** A new file may hold a key. */
const NEW_MODE = 0o600;

/** What one file shall hold; `undefined`: it shall be gone. */
export interface Write {
  file: SettingsText;
  content: string | Buffer | undefined;
  /** Of a file that is made. */
  mode?: number | undefined;
  /** Whether what is there is copied first. */
  keepCopy: boolean;
}
/** What was done for one file. */
export interface Written {
  backup: string | undefined;
  /** Folders that were made for it, outermost first. */
  folders: string[];
}

/** Writes all files or none: each only when nobody wrote since it was read; what was written is put back when a later one fails. */
export async function writeAll(writes: readonly Write[], at: number): Promise<Written[]> {
  for (const { file } of writes) await mustBeUnchanged(file);
  const done: { write: Write; written: Written }[] = [];
  try {
    for (const write of writes) {
      const written: Written = { backup: undefined, folders: [] };
      done.push({ write, written });
      await writeOne(write, written, at);
    }
  } catch (error) {
    await putBack(done);
    throw error;
  }
  return done.map(({ written }) => written);
}

/** Puts back what `writeAll` did, the last first. */
export async function putBack(done: readonly { write: Write; written: Written }[]): Promise<void> {
  for (const { write, written } of [...done].reverse()) {
    const { file } = write;
    if (file.exists)
      await writeFileAtomic(file.realPath, file.bytes, { fsync: true, ...(write.content === undefined ? { mode: file.mode } : {}) });
    else await rm(file.realPath, { force: true });
    if (written.backup) await rm(written.backup, { force: true });
    await removeFolders(written.folders);
  }
}

async function writeOne({ file, content, mode, keepCopy }: Write, written: Written, at: number): Promise<void> {
  if (keepCopy && file.exists) written.backup = await copyBeside(file, at);
  if (!file.exists && content !== undefined) await makeFolders(dirname(file.realPath), written.folders);
  await mustBeUnchanged(file);
  if (content === undefined) await rm(file.realPath, { force: true });
  else await writeFileAtomic(file.realPath, content, { fsync: true, ...(file.exists ? {} : { mode: mode ?? NEW_MODE }) });
}

async function mustBeUnchanged(file: SettingsText): Promise<void> {
  const now = await readSettings(file.path);
  if (!now.ok) return refuse(now.refusal.is === 'broken' ? 'changed' : now.refusal.is, file.path, now.refusal.message);
  const isSame = now.value.exists === file.exists && now.value.readAt.hash === file.readAt.hash && now.value.realPath === file.realPath;
  if (!isSame)
    refuse('changed', file.path, `${file.path} was changed by someone else meanwhile. Nothing was written; look at the change again.`);
}

/** A copy with the same mode beside the file as the tool knows it: a link may lead into a folder that is shared or published. */
async function copyBeside(file: SettingsText, at: number): Promise<string> {
  const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  for (let count = 1; ; count++) {
    const path = `${file.path}.omniroute-${stamp}${count === 1 ? '' : `-${count}`}.bak`;
    try {
      await writeFile(path, file.bytes, { flag: 'wx', mode: NEW_MODE, flush: true });
      await chmod(path, file.mode ?? NEW_MODE);
      return path;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

async function makeFolders(folder: string, made: string[]): Promise<void> {
  const info = await stat(folder).catch(() => undefined);
  if (info) return;
  await makeFolders(dirname(folder), made);
  await mkdir(folder, { mode: 0o700 });
  made.push(folder);
}

/** Takes away folders of ours that are empty still. */
export async function removeFolders(folders: readonly string[]): Promise<void> {
  for (const folder of [...folders].reverse()) await rmdir(folder).catch(() => undefined);
}

/** Keeps the newest copies of a file, and those that an undo needs. Nothing depends on it, so it never fails. */
export async function tidyCopies(path: string, needed: ReadonlySet<string>): Promise<void> {
  const folder = dirname(path);
  const start = `${basename(path)}.omniroute-`;
  const names = await readdir(folder).catch(() => []);
  const isCopy = (name: string): boolean => name.startsWith(start) && /^\d{8}-\d{6}(-\d+)?\.bak$/.test(name.slice(start.length));
  const copies = names.filter(isCopy).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  for (const name of copies.slice(0, -COPIES)) {
    const copy = join(folder, name);
    if (!needed.has(copy)) await rm(copy, { force: true }).catch(() => undefined);
  }
}
