import { readFile, realpath } from 'node:fs/promises';
import { asObject, asString, parseJson } from '../../conversation/json.ts';
import type { Machine } from '../client.ts';
import { joined, pathTo } from './look.ts';

/** A command-line tool as it lies on this machine. */
export interface Program {
  path: string;
  /** Where it can be known without starting it. */
  version: string | undefined;
}

/** The program on the `PATH`, and the version of the npm package it comes from; `undefined` when it is not there. Starts nothing. */
export async function programOnPath(machine: Machine, command: string, packageName: string): Promise<Program | undefined> {
  const path = await pathTo(machine, command);
  return path === undefined ? undefined : { path, version: await versionOf(machine, path, packageName) };
}

async function versionOf(machine: Machine, path: string, packageName: string): Promise<string | undefined> {
  const real = await realpath(path).catch(() => path);
  // Claude Code's own installer links ~/.local/bin/claude to …/claude/versions/2.1.330.
  const named = /[/\\](\d+\.\d+\.\d+[\w.-]*)$/.exec(real)?.[1];
  return named ?? (await packageVersion(candidates(machine, path, real, packageName), packageName));
}

/** Above the file a link leads to; on Windows, where npm writes scripts in place of links, beside it and, for a project's own, above it. */
function candidates(machine: Machine, path: string, real: string, packageName: string): string[] {
  const above = [1, 2, 3].map((steps) => joined(machine, real, ...Array.from({ length: steps }, () => '..'), 'package.json'));
  const beside = [
    joined(machine, path, '..', 'node_modules', packageName, 'package.json'),
    joined(machine, path, '..', '..', packageName, 'package.json'),
  ];
  return [...above, ...beside];
}

async function packageVersion(paths: readonly string[], packageName: string): Promise<string | undefined> {
  for (const path of paths) {
    const found = asObject(parseJson(await readFile(path, 'utf8').catch(() => '')));
    if (found?.name === packageName) return asString(found.version);
  }
  return undefined;
}
