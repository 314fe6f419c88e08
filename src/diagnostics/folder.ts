import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { logPath, rotatedPath } from '../log/log-files.ts';

const LINES = 200;
/** Enough for that many lines; a line of the log has at most 16 KB, and most have 200 bytes. */
const TAIL_BYTES = 512 * 1024;
const MOST_FILES = 300;

/** The files of the data folder and of the folders in it: names, sizes, when they were changed. Their content stays there. */
export async function filesOf(folder: string): Promise<unknown[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files: unknown[] = [];
  for (const path of paths.sort().slice(0, MOST_FILES)) {
    const info = await stat(path).catch(() => undefined);
    if (!info) continue;
    const mode = (info.mode & 0o777).toString(8);
    files.push({ file: path.slice(folder.length + 1), bytes: info.size, changed: info.mtime.toISOString(), mode });
  }
  return files;
}

/** The last lines of the log, also of the file before the present one. */
export async function lastLogLines(folder: string): Promise<string> {
  const path = logPath(folder);
  const lines: string[] = [];
  for (const file of [path, rotatedPath(path, 1)]) {
    if (lines.length < LINES) lines.unshift(...(await tailOf(file)));
  }
  return lines.slice(-LINES).join('\n');
}

async function tailOf(path: string): Promise<string[]> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const buffer = Buffer.alloc(size - start);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n');
    // The first line is half a line where the file was not read from its beginning, and could hold half of what was to be redacted.
    return (start > 0 ? lines.slice(1) : lines).filter(Boolean);
  } finally {
    await handle.close();
  }
}
