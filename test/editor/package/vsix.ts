import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** What the build and the packaging read; a file that is missing here makes them fail or the test below tell. */
const READ = ['src', 'media', 'l10n', 'docs', 'webview', 'test/editor', 'package.json', 'package.nls.json', 'package.nls.es.json'];
const ALSO = ['README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore', 'esbuild.mjs', 'esbuild.page.mjs', 'notices.mjs', 'tsconfig.json'];

export interface Vsix {
  bytes: number;
  /** By their path in the installed extension: `dist/extension.js`. */
  files: Map<string, Uint8Array>;
  /** The folder it was built in, which is gone by now. */
  folder: string;
}

/** Packages the extension by its own script, in a copy, so that nobody's `dist/` is touched. */
export async function builtVsix(): Promise<Vsix> {
  const folder = await mkdtemp(join(tmpdir(), 'omniroute-package-'));
  try {
    for (const path of [...READ, ...ALSO]) await cp(join(root, path), join(folder, path), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
    const file = join(folder, 'omniroute.vsix');
    const PATH = [join(root, 'node_modules/node/bin'), process.env.PATH].join(delimiter);
    const run = promisify(execFile);
    await run('npm', ['run', '--silent', 'package', '--', '--out', file], { cwd: folder, env: { ...process.env, PATH } });
    const zip = await readFile(file);
    const inside = Object.entries(unzipSync(zip)).filter(([path]) => path.startsWith('extension/') && !path.endsWith('/'));
    return { bytes: zip.length, folder, files: new Map(inside.map(([path, bytes]) => [path.slice('extension/'.length), bytes])) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
