import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { main } from '../../src/cli/main.ts';
import type { Config } from '../../src/config/schema.ts';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** The command line on a data folder of its own. */
export interface CommandLine {
  folder: string;
  run(args: readonly string[], given?: { stdin?: string; env?: Record<string, string> }): Promise<Ran>;
  /** `config.json` as it is on disk. */
  config(): Promise<Config>;
}

export async function commandLine(): Promise<CommandLine> {
  const folder = await mkdtemp(join(tmpdir(), 'omniroute-cli-'));
  return {
    folder,
    run: (args, given = {}) => run([...args, '--data', folder], given),
    config: async () => JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as Config,
  };
}

async function run(args: string[], { stdin = '', env = {} }: { stdin?: string; env?: Record<string, string> }): Promise<Ran> {
  const written = { out: '', err: '' };
  const sink = (to: 'out' | 'err') => ({
    write: (text: string) => {
      written[to] += text;
    },
  });
  const code = await main(args, { stdout: sink('out'), stderr: sink('err'), stdin: Readable.from([stdin]), env });
  return { code, ...written };
}
