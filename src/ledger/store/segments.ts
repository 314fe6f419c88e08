import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestRecord } from '../record.ts';
import { recordOf } from './journal-line.ts';

const NAME = /^ledger\.journal\.(\d+)$/;

/** The path of a segment of the journal. */
export const segmentPath = (folder: string, segment: number): string => join(folder, `ledger.journal.${segment}`);

/** Numbers of the segments in a folder, rising. A folder that is not there has none. */
export async function segmentsIn(folder: string): Promise<number[]> {
  const files = await readdir(folder).catch(() => []);
  return files
    .map((file) => NAME.exec(file)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/** Deletes the segments up to `last`. */
export async function removeSegments(folder: string, last: number): Promise<void> {
  for (const segment of await segmentsIn(folder)) {
    if (segment <= last) await rm(segmentPath(folder, segment), { force: true });
  }
}

export interface Replayed {
  records: RequestRecord[];
  /** Whole lines that are not what was written. */
  damaged: string[];
}

/**
 * What a segment holds. A last line without its line feed was being written when the process ended: it is left out, it was never
 * acknowledged.
 */
export async function readSegment(folder: string, segment: number): Promise<Replayed> {
  const lines = (await readFile(segmentPath(folder, segment), 'utf8')).split('\n');
  lines.pop();
  const replayed: Replayed = { records: [], damaged: [] };
  for (const line of lines) {
    const record = recordOf(line);
    if (record) replayed.records.push(record);
    else if (line !== '') replayed.damaged.push(line);
  }
  return replayed;
}

/** Keeps damaged lines beside the journal; gives the file's name. */
export async function keepDamaged(folder: string, lines: readonly string[], now: number): Promise<string> {
  const name = `ledger.journal.damaged-${now}`;
  await writeFile(join(folder, name), `${lines.join('\n')}\n`, { mode: 0o600 });
  return name;
}
