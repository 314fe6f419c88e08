import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './is-alive.ts';

/** A start takes well under a second; a window that stopped in the midst of it is not waited for. */
const STALE_MS = 3000;

/**
 * Tells the other windows that one starts a gateway, so that they wait for it rather than start as many as there are windows and end all
 * but one. Only the port decides who owns it: where this file is lost or cannot be written, all that is lost is work. Gives what
 * takes it back, or `undefined` when another window is at it.
 */
export async function claimStart(dataDir: string): Promise<(() => Promise<void>) | undefined> {
  const path = join(dataDir, 'gateway.starting');
  try {
    return await claim(path, dataDir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return async () => {};
    if (!(await isStale(path))) return undefined;
    await rm(path, { force: true });
    return await claim(path, dataDir).catch(() => undefined);
  }
}

async function claim(path: string, dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 });
  return async () => await rm(path, { force: true }).catch(() => {});
}

async function isStale(path: string): Promise<boolean> {
  const [pid, written] = await Promise.all([readFile(path, 'utf8').then(Number), stat(path)]).catch(() => [0, undefined] as const);
  const ageMs = written === undefined ? 0 : Date.now() - written.mtimeMs;
  // It is made empty and then written. One of our own is left from before.
  return ageMs > STALE_MS || (pid > 0 && (pid === process.pid || !isAlive(pid)));
}
