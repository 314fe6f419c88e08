import { createHash } from 'node:crypto';
import type { RequestRecord } from '../record.ts';

const SUM_LENGTH = 8;

/** One record as a line: eight hex digits of the JSON's SHA-256, a space, the JSON, a line feed. */
export function lineOf(record: RequestRecord): string {
  const json = JSON.stringify(record);
  return `${sumOf(json)} ${json}\n`;
}

/** The record of a line (with or without its line feed); `undefined` for one that is torn or was altered. */
export function recordOf(line: string): RequestRecord | undefined {
  const json = line.slice(SUM_LENGTH + 1).trimEnd();
  if (line[SUM_LENGTH] !== ' ' || sumOf(json) !== line.slice(0, SUM_LENGTH)) return undefined;
  // The sum holds, so this is what `lineOf` wrote.
  return JSON.parse(json) as RequestRecord;
}

function sumOf(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, SUM_LENGTH);
}
