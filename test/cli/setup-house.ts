import { mkdtemp, readdir, readFile, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { type CommandLine, commandLine, type Ran } from './omniroute.ts';

/** The command line with a home folder of its own, in which tools keep their settings. */
export interface SetupHouse {
  cli: CommandLine;
  home: string;
  /** `omniroute setup …` in that home. */
  setup(...args: string[]): Promise<Ran>;
  /** Every file of a folder with its text, by its path in it. */
  files(folder: string): Promise<Record<string, string>>;
  vault: FileVault;
}

export async function setupHouse(): Promise<SetupHouse> {
  const cli = await commandLine();
  const home = await mkdtemp(join(tmpdir(), 'omniroute-home-'));
  return {
    cli,
    home,
    setup: (...args) => cli.run(['setup', ...args], { env: { HOME: home } }),
    files: filesOf,
    vault: new FileVault(cli.folder),
  };
}

async function filesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = entries.map(async (entry): Promise<[string, string]> => {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    if (entry.isDirectory()) return [`${name}/`, ''];
    return [name, entry.isSymbolicLink() ? await readlink(path) : await readFile(path, 'latin1')];
  });
  return Object.fromEntries((await Promise.all(texts)).sort(([a], [b]) => a.localeCompare(b)));
}
