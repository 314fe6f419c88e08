import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const CACHE = resolve(import.meta.dirname, '../../.cache/tools');

/** Where what the tools really sent is kept, ignored by git. */
export const OBSERVED = join(CACHE, 'observed');

/** One published command-line tool at one version. */
export interface Package {
  /** A short word for folders and reports. */
  name: string;
  /** The name in the npm registry. */
  id: string;
  version: string;
  /** The command it installs below `node_modules/.bin`. */
  command: string;
}

/**
 * The path of the tool's command, installed from npm into a folder of its own when it is not there yet.
 * Installs beside the final folder and renames, so that an interrupted install is never taken for a whole one. Throws with npm's words.
 */
export function install(tool: Package): string {
  const folder = join(CACHE, `${tool.name}@${tool.version}`);
  const command = join(folder, 'node_modules/.bin', tool.command);
  if (existsSync(command)) return command;
  const draft = `${folder}.draft-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, 'package.json'), JSON.stringify({ private: true, dependencies: { [tool.id]: tool.version } }));
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'], {
    cwd: draft,
    encoding: 'utf8',
    timeout: 600_000,
  });
  if (npm.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(`npm could not install ${tool.id}@${tool.version}: ${npm.stderr || npm.error?.message}`);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  return command;
}
