import { parseArgs } from 'node:util';
import { ConfigFile } from '../../config/file.ts';
import type { KeyConfig } from '../../config/schema.ts';
import { dataFolder, type Io, writeList } from '../io.ts';
import { noNames } from '../subcommands.ts';

/** `omniroute key list`: names, last four characters, limits; never a key or its hash. */
export async function list(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, data: { type: 'string' } },
  });
  noNames(positionals, 'key list');
  const { keys } = await new ConfigFile(dataFolder(values.data, io.env)).load();
  const now = Date.now();
  const none = 'No keys yet: "omniroute key new NAME" makes one.';
  writeList(
    io,
    { json: values.json },
    keys.map(shown),
    keys.map((entry) => row(entry, now)),
    none,
  );
  return 0;
}

function shown({ hash: _, previous, ...entry }: KeyConfig): Record<string, unknown> {
  return { ...entry, ...(previous ? { previousUntil: previous.until } : {}) };
}

function row(entry: KeyConfig, now: number): string[] {
  return [entry.name, `…${entry.hint ?? '????'}`, entry.createdAt ?? '', limitsText(entry, now)];
}

function limitsText({ models, rpm, expiresAt, previous, admin }: KeyConfig, now: number): string {
  const isOver = (time: string): boolean => !(now < Date.parse(time));
  return [
    models?.join(', ') ?? 'all models',
    rpm === undefined ? '' : `${rpm} requests a minute`,
    expiresAt === undefined ? '' : `${isOver(expiresAt) ? 'expired' : 'expires'} ${expiresAt}`,
    previous && !isOver(previous.until) ? `the old key works until ${previous.until}` : '',
    admin ? 'admin' : '',
  ]
    .filter(Boolean)
    .join('; ');
}
