import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ROOT } from './folders.ts';

/** Packages the extension as it ships and gives the file. `OMNIROUTE_VSIX` names one that is ready. */
export function packaged(say: (line: string) => void): string {
  const named = process.env.OMNIROUTE_VSIX;
  const file = named ? resolve(named) : built();
  say(`VSIX: ${(statSync(file).size / 1e6).toFixed(2)} MB`);
  return file;
}

/** Built in a folder that is removed at exit: two runs at once do not share it. */
function built(): string {
  const folder = mkdtempSync(join(tmpdir(), 'omniroute-vsix-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'omniroute.vsix');
  const done = spawnSync('npm', ['run', '--silent', 'package', '--', '--out', file], { cwd: ROOT, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`npm run package failed: ${done.stdout}${done.stderr}`);
  return file;
}
