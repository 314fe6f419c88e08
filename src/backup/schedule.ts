import { dailyCopy } from './copies.ts';

/** More often than daily: a machine that sleeps at midnight has its copy within the hour it wakes. */
const EVERY_MS = 3_600_000;

export interface ScheduleOptions {
  folder: string;
  log: (line: string) => void;
  /** Tests give their own clock. */
  now?: () => Date;
}

/**
 * Makes the daily copies of a running gateway: at the start, and with each new day on which the config has changed. Never throws and
 * holds nothing up; that copies cannot be made is said once. Gives the function that ends it, which waits for the copy under way.
 */
export function scheduleBackups({ folder, log, now = () => new Date() }: ScheduleOptions): () => Promise<void> {
  let failing = false;
  let running = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      await dailyCopy(folder, now());
      failing = false;
    } catch (error) {
      if (!failing) log(`the daily copy of the config could not be made: ${error instanceof Error ? error.message : String(error)}`);
      failing = true;
    }
  };
  const next = (): void => {
    running = running.then(run);
  };
  next();
  const timer = setInterval(next, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
