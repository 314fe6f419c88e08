import { readdir, readFile, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { Json } from '../../conversation/json.ts';
import type { FilePlan, Found, Machine } from '../client.ts';
import type { PathStep } from '../edit/edit.ts';
import { FORMATS } from '../edit/formats.ts';
import { lookUp } from '../edit/value.ts';

/** The id and the name of our provider in tools that let several stand side by side. */
export const OUR_ID = 'omniroute';
export const OUR_NAME = 'OmniRoute';

/** A settings file as a tool would read it. */
export type SettingsFile =
  | { is: 'absent'; path: string }
  | { is: 'read'; path: string; value: Json }
  | { is: 'broken'; path: string; message: string; line?: number; column?: number };

/** Joins in the style of the machine that is asked about, which need not be the one this runs on. */
export function joined(machine: Machine, ...parts: string[]): string {
  return styleOf(machine).join(...parts);
}

export function isAbsolute(machine: Machine, path: string): boolean {
  return styleOf(machine).isAbsolute(path);
}

function styleOf(machine: Machine): typeof posix {
  return machine.platform === 'win32' ? win32 : posix;
}

/** A variable that says something: neither missing nor empty. */
export function variable(machine: Machine, name: string): string | undefined {
  return machine.env[name]?.trim() || undefined;
}

/** `$XDG_CONFIG_HOME`, else `~/.config`. A relative one is not valid (XDG Base Directory Specification 0.8, "Environment variables"). */
export function xdgConfig(machine: Machine): string {
  const named = variable(machine, 'XDG_CONFIG_HOME');
  return named && isAbsolute(machine, named) ? named : joined(machine, machine.home, '.config');
}

/** `%APPDATA%` of Windows. */
export function roaming(machine: Machine): string {
  return variable(machine, 'APPDATA') ?? joined(machine, machine.home, 'AppData', 'Roaming');
}

/** The first of these files that is there. */
export async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isFile(path)) return path;
  return undefined;
}

export async function isFile(path: string): Promise<boolean> {
  return (await kindOf(path)) === 'file';
}

export async function isFolder(path: string): Promise<boolean> {
  return (await kindOf(path)) === 'folder';
}

/** A symlink counts as what it leads to, since a tool follows it. */
async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

/** True when a program of this name lies in a folder of `PATH`. */
export async function isOnPath(machine: Machine, program: string): Promise<boolean> {
  return (await pathTo(machine, program)) !== undefined;
}

/** Where the first program of this name lies among the folders of `PATH`. */
export function pathTo(machine: Machine, program: string): Promise<string | undefined> {
  const isWindows = machine.platform === 'win32';
  const folders = (machine.env.PATH ?? machine.env.Path ?? '').split(isWindows ? ';' : ':').filter(Boolean);
  const names = isWindows ? ['.exe', '.cmd', '.bat', '.ps1'].map((end) => program + end) : [program];
  return firstFile(folders.flatMap((folder) => names.map((name) => joined(machine, folder, name))));
}

/**
 * The version of an installed VS Code extension: from the editor that asks, else by its folder `publisher.name-1.2.3` below
 * `~/.vscode/extensions`. The id in small letters, as VS Code names the folder.
 */
export async function extensionVersion(machine: Machine, id: string): Promise<string | undefined> {
  if (machine.extensions) return machine.extensions.get(id);
  const folders = await readdir(joined(machine, machine.home, '.vscode', 'extensions')).catch(() => []);
  const versions = folders.flatMap((name) => new RegExp(`^${id.replaceAll('.', '\\.')}-(\\d[\\w.+]*)`, 'i').exec(name)?.[1] ?? []);
  return versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
}

/** Reads and parses; never throws. */
export async function readSettings(path: string, format: FilePlan['format']): Promise<SettingsFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { is: 'absent', path };
    return { is: 'broken', path, message: `${path} cannot be read (${String(code ?? error)}).` };
  }
  if (text.trim() === '' || text === '\uFEFF') return { is: 'read', path, value: {} };
  const read = FORMATS[format].read(text);
  return read.ok ? { is: 'read', path, value: read.value } : { is: 'broken', path, ...read.problem };
}

/** What lies at a path of a settings file; `undefined` also where the file is absent or broken. */
export function valueAt(file: SettingsFile, ...path: PathStep[]): Json | undefined {
  if (file.is !== 'read') return undefined;
  const looked = lookUp(file.value, path);
  return looked.found ? looked.value : undefined;
}

export function textAt(file: SettingsFile, ...path: PathStep[]): string | undefined {
  const value = valueAt(file, ...path);
  return typeof value === 'string' ? value : undefined;
}

/** `http://host:port` of a base URL such as `http://host:port/v1`; `undefined` for what is no URL. */
export function originOf(baseUrl: string | undefined): string | undefined {
  if (!baseUrl || !URL.canParse(baseUrl)) return undefined;
  const { origin } = new URL(baseUrl);
  return origin === 'null' ? undefined : origin;
}

/** A model as `prefix` before our name for it, without that; `undefined` when it is somebody else's. */
export function ourModel(model: string | undefined, prefix = `${OUR_ID}/`): string | undefined {
  return model?.startsWith(prefix) ? model.slice(prefix.length) : undefined;
}

/** What was found, with the problem of the first of its files that cannot be read. */
export function foundIn(files: readonly SettingsFile[], found: Omit<Found, 'problem'>): Found {
  const broken = files.find((file) => file.is === 'broken');
  if (!broken) return found;
  const { is: _, ...problem } = broken;
  return { ...found, problem };
}
