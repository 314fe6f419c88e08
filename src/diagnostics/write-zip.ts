import { writeFile } from 'node:fs/promises';
import { strToU8, zipSync } from 'fflate';
import type { DiagnosticsEntry } from './collect.ts';

/** Writes the entries as a zip that only the user can read. Throws EEXIST where there is a file already. */
export async function writeZip(entries: readonly DiagnosticsEntry[], path: string): Promise<void> {
  const files = Object.fromEntries(entries.map(({ name, text }) => [name, strToU8(text)]));
  await writeFile(path, zipSync(files), { mode: 0o600, flag: 'wx' });
}
