import { createInterface } from 'node:readline/promises';
import type { Io } from './io.ts';

/** Asks on a terminal; anything but y or yes is a no. */
export async function confirmed(question: string, io: Io): Promise<boolean> {
  io.stdout.write(`${question} [y/N] `);
  const lines = createInterface({ input: io.stdin });
  try {
    for await (const line of lines) return /^y(es)?$/i.test(line.trim());
    return false;
  } finally {
    lines.close();
  }
}
