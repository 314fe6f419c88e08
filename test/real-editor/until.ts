import { setTimeout as pause } from 'node:timers/promises';

/**
 * The first value of `probe` that is neither undefined nor false; asked every 25 ms, since neither files nor ports tell.
 * A probe that throws is asked again. Throws with what was waited for, and the last reason.
 */
export async function until<T>(what: string, probe: () => Promise<T | undefined | false> | T | undefined | false, ms = 20_000): Promise<T> {
  const end = performance.now() + ms;
  let last = '';
  while (performance.now() < end) {
    try {
      const value = await probe();
      if (value !== undefined && value !== false) return value;
      last = '';
    } catch (error) {
      last = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    await pause(25);
  }
  throw new Error(`not within ${ms} ms: ${what}${last}`);
}
