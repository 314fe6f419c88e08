import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ConfigError, configFromText } from '../config/file.ts';
import { BackupError } from './error.ts';

/** Why a copy was made: one a day, by hand, or before the file was replaced. */
const REASONS = ['manual', 'before-restore', 'before-import'] as const;
export type Reason = 'daily' | (typeof REASONS)[number];

/** A copy of `config.json` in `backups/`, with `state.json` of the same moment beside it. */
export interface Copy {
  /** `config-2026-11-22.json`; others have the time and the reason as well. */
  name: string;
  reason: Reason;
  /** Milliseconds since the epoch. */
  at: number;
  bytes: number;
  /** What is wrong with it; such a copy is made before a broken file is replaced, and only then. */
  problem?: string;
}

/** Copies of each reason that are kept. */
const KEPT = 14;
const NAME = new RegExp(`^config-\\d{4}-\\d{2}-\\d{2}(?:-\\d{6}(?:-\\d+)?-(${REASONS.join('|')}))?\\.json$`);
const FOLDER = 'backups';

const pathOf = (folder: string, name: string): string => join(folder, FOLDER, name);
const stateOf = (name: string): string => name.replace(/^config-/, 'state-');

/**
 * Makes the copy of the day, in the time zone of this machine: when there is none yet and the config is another than the newest copy's.
 * Of a broken file there is none. Gives its name.
 */
export async function dailyCopy(folder: string, now: Date): Promise<string | undefined> {
  const text = await textOf(join(folder, 'config.json'));
  const name = `config-${dayOf(now)}.json`;
  if (text === undefined || problemOf(text) !== undefined) return undefined;
  const names = await copyNames(folder);
  if (names.includes(name)) return undefined;
  const newest = (await listCopies(folder))[0];
  if (newest && (await textOf(pathOf(folder, newest.name))) === text) return undefined;
  await write(folder, name, text);
  await prune(folder);
  return name;
}

/** Makes a copy by hand. Throws ConfigError for a broken file, BackupError `not_found` where there is nothing to copy. */
export async function createCopy(folder: string, now: Date): Promise<string> {
  const path = join(folder, 'config.json');
  const text = await textOf(path);
  if (text === undefined) throw new BackupError('not_found', `There is no ${path} yet.`);
  configFromText(text, path);
  return await keepText(folder, text, 'manual', now);
}

/** Keeps a text of `config.json`, whatever it holds, and the `state.json` of now. Gives the copy's name. */
export async function keepText(folder: string, text: string, reason: Exclude<Reason, 'daily'>, now: Date): Promise<string> {
  const names = await copyNames(folder);
  const time = now.toTimeString().slice(0, 8).replaceAll(':', '');
  const named = (count: number): string => `config-${dayOf(now)}-${time}${count > 1 ? `-${count}` : ''}-${reason}.json`;
  let count = 1;
  while (names.includes(named(count))) count += 1;
  await write(folder, named(count), text);
  await prune(folder);
  return named(count);
}

/** All copies, newest first. */
export async function listCopies(folder: string): Promise<Copy[]> {
  const copies: Copy[] = [];
  for (const name of await copyNames(folder)) {
    const path = pathOf(folder, name);
    const { mtimeMs, size } = await stat(path);
    const problem = problemOf((await textOf(path)) ?? '');
    copies.push({ name, reason: reasonOf(name), at: Math.round(mtimeMs), bytes: size, ...(problem === undefined ? {} : { problem }) });
  }
  return copies.sort((a, b) => b.at - a.at || b.name.localeCompare(a.name));
}

/** The texts of a copy. Throws BackupError `not_found` for a name that is no copy's; the name cannot lead elsewhere. */
export async function readCopy(folder: string, name: string): Promise<{ path: string; config: string; state: string | undefined }> {
  const config = NAME.test(name) ? await textOf(pathOf(folder, name)) : undefined;
  if (config === undefined) throw new BackupError('not_found', `There is no copy named "${name}"; "omniroute backup list" names them.`);
  return { path: pathOf(folder, name), config, state: await textOf(pathOf(folder, stateOf(name))) };
}

/** The text of a file; `undefined` when there is none. */
export async function textOf(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** True for what StateFile would take. */
export function isState(text: string): boolean {
  try {
    const state: unknown = JSON.parse(text);
    return typeof state === 'object' && state !== null && 'version' in state && state.version === 1 && 'parts' in state;
  } catch {
    return false;
  }
}

async function write(folder: string, name: string, text: string): Promise<void> {
  await mkdir(join(folder, FOLDER), { recursive: true, mode: 0o700 });
  const state = await textOf(join(folder, 'state.json'));
  if (state !== undefined && isState(state)) await writeFileAtomic(pathOf(folder, stateOf(name)), state, { mode: 0o600, fsync: true });
  await writeFileAtomic(pathOf(folder, name), text, { mode: 0o600, fsync: true });
}

/** Of each reason the newest are kept, by their names, which begin with the time. */
async function prune(folder: string): Promise<void> {
  const names = await copyNames(folder);
  for (const reason of ['daily', ...REASONS]) {
    const old = names
      .filter((name) => reasonOf(name) === reason)
      .sort()
      .slice(0, -KEPT);
    for (const name of old.flatMap((entry) => [entry, stateOf(entry)])) await rm(pathOf(folder, name), { force: true });
  }
}

async function copyNames(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, FOLDER)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => NAME.test(name));
}

function reasonOf(name: string): Reason {
  return REASONS.find((reason) => name.endsWith(`-${reason}.json`)) ?? 'daily';
}

function problemOf(text: string): string | undefined {
  try {
    configFromText(text, 'config.json');
    return undefined;
  } catch (error) {
    return error instanceof ConfigError ? error.problems[0] : String(error);
  }
}

function dayOf(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
