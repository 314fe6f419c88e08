import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import * as z from 'zod';

/** Locked names; the lock of each is a folder of that name with `.lock`. */
const LEDGER = 'ledger';
const TURN = 'ledger.turn';
const OWNER = 'ledger.owner';
/** A lock that was not renewed for so long is nobody's. */
const STALE_MS = 10_000;

const ownerSchema = z.object({ pid: z.int().positive(), host: z.string() });

/** The folder's ledger is another process's. */
export class Locked extends Error {
  override readonly name = 'Locked';
}

/**
 * Makes this process the only one that writes the ledger of a folder; gives what ends that. Rejects with Locked, and when the folder
 * cannot be written. `lost` is called if the lock was taken away (after the machine slept, say).
 *
 * The lock goes stale by itself after ten seconds. So that a gateway started right after a crash need not wait for that, the owner's
 * process id stands beside it: a lock whose owner is gone is taken over at once. One process at a time looks.
 */
export async function lockFolder(folder: string, lost: () => void): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const endTurn = await lock(folder, TURN, { retries: { retries: 10, minTimeout: 20, maxTimeout: 100 } });
  try {
    const release = await lockOrTakeOver(folder, lost);
    await writeFile(join(folder, OWNER), JSON.stringify({ pid: process.pid, host: hostname() }), { mode: 0o600 });
    return async () => {
      await rm(join(folder, OWNER), { force: true }).catch(() => {});
      await release().catch(() => {});
    };
  } finally {
    await endTurn().catch(() => {});
  }
}

async function lockOrTakeOver(folder: string, lost: () => void): Promise<() => Promise<void>> {
  try {
    return await lock(folder, LEDGER, { onCompromised: lost });
  } catch (error) {
    if (!(error instanceof Locked) || !(await ownerIsGone(folder))) throw error;
    await rm(join(folder, `${LEDGER}.lock`), { recursive: true, force: true });
    return lock(folder, LEDGER, { onCompromised: lost });
  }
}

async function lock(folder: string, name: string, options: Partial<lockfile.LockOptions>): Promise<() => Promise<void>> {
  try {
    return await lockfile.lock(join(folder, name), { realpath: false, stale: STALE_MS, onCompromised: () => {}, ...options });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') throw new Locked(`${folder} is in use`);
    throw error;
  }
}

/** Whether the lock's owner ran on this machine and runs no more. */
async function ownerIsGone(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, OWNER), 'utf8').catch(() => '');
  const owner = ownerSchema.safeParse(parsed(text));
  if (!owner.success || owner.data.host !== hostname()) return false;
  try {
    process.kill(owner.data.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
