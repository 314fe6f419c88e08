import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** What a command may touch of its process; tests give their own. */
export interface Io {
  stdout: { write(text: string): unknown; isTTY?: boolean };
  stderr: { write(text: string): unknown };
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  env: Record<string, string | undefined>;
}

/** A mistake in how a command was called: told without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The data folder: `--data`, else `OMNIROUTE_DATA`, else `~/.omniroute`. */
export function dataFolder(option: string | undefined, env: Io['env']): string {
  return resolve(option ?? env.OMNIROUTE_DATA ?? join(homedir(), '.omniroute'));
}

/** Everything on standard input, without the line end that `echo` adds. */
export async function readStdin(io: Io): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk as Uint8Array | string));
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

/** Columns padded to their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(column === row.length - 1 ? 0 : (widths[column] ?? 0))).join('  '))
    .join('\n');
}

/** A list for people, or as JSON for programs; `none` is said to people when it is empty. */
export function writeList(
  io: Io,
  as: { json: boolean | undefined },
  items: readonly unknown[],
  rows: readonly (readonly string[])[],
  none: string,
): void {
  if (as.json) writeJson(io, items);
  else io.stdout.write(rows.length > 0 ? `${table(rows)}\n` : `${none}\n`);
}

export function writeJson(io: Io, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
