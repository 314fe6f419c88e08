import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CACHE, ROOT } from './folders.ts';

/** Packages the extension as it ships and gives the file. `OMNIROUTE_VSIX` names one that is ready. */
export function packaged(say: (line: string) => void): string {
  const named = process.env.OMNIROUTE_VSIX;
  const file = named ? resolve(named) : join(CACHE, 'omniroute.vsix');
  if (!named) {
    mkdirSync(CACHE, { recursive: true });
    const done = spawnSync('npm', ['run', '--silent', 'package', '--', '--out', file], { cwd: ROOT, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`npm run package failed: ${done.stdout}${done.stderr}`);
  }
  say(`VSIX: ${(statSync(file).size / 1e6).toFixed(2)} MB`);
  return file;
}
