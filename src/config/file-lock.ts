import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';

/** Long beside what a change of a file takes; a process that died holds others up no longer. */
const STALE_MS = 10_000;

/**
 * Does work under the lock `<name>.lock` of a data folder, which all processes share; the folder is made where it is not there. Rejects
 * with ELOCKED when somebody else has held it for some nine seconds.
 */
export async function locked<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The library knows its locks by this path (its lib/lockfile.js: `locks[file]`), not by where they are. Were it the folder, the locks of
  // two of its files would be taken for one: giving one back would forget the other, which then fails, and five seconds later throws.
  const release = await lockfile.lock(join(folder, name), {
    lockfilePath: join(folder, `${name}.lock`),
    realpath: false,
    stale: STALE_MS,
    retries: { retries: 40, minTimeout: 25, maxTimeout: 250 },
    // The machine slept, and another process went on: files are written as a whole, so the later one counts. By default this throws where
    // nobody can catch it.
    onCompromised: () => {},
  });
  try {
    return await work();
  } finally {
    // What was done is done, whether or not the lock was still ours.
    await release().catch(() => {});
  }
}
