import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { CACHE } from './folders.ts';

/** VS Code 1.139.1 as a server, with the real Copilot Chat built in, as the npm registry carries it. */
const VERSION = '4.139.1';
const FOLDER = join(CACHE, `code-server@${VERSION}`);
const STAMP = join(FOLDER, '.installed');

/** What Debian calls it, and how to see that it is there. Kerberos is built from source during the install; the editor itself does without. */
const PACKAGES: { name: string; there: () => boolean }[] = [
  { name: 'pkg-config', there: () => runs('pkg-config', '--version') },
  { name: 'libkrb5-dev', there: () => runs('pkg-config', '--exists', 'krb5-gssapi') || runs('krb5-config', '--version') },
  { name: 'chromium', there: () => chromium() !== undefined },
  { name: 'fonts-dejavu-core', there: () => existsSync('/usr/share/fonts/truetype') },
];

export interface Tools {
  /** The folder of code-server. */
  codeServer: string;
  /** Path of the browser. */
  chromium: string;
}

/** Installs what is missing and says where it is. A second run finds everything in the cache. Throws with what to do by hand. */
export function install(say: (line: string) => void): Tools {
  const installed = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === VERSION;
  debian(installed ? ['chromium', 'fonts-dejavu-core'] : PACKAGES.map(({ name }) => name), say);
  if (!installed) codeServer(say);
  return { codeServer: FOLDER, chromium: foundBrowser() };
}

/** The browser alone, installed when it is missing. */
export function installBrowser(say: (line: string) => void): string {
  debian(['chromium', 'fonts-dejavu-core'], say);
  return foundBrowser();
}

/** The environment in which node is the one of the project's devDependency: VS Code's extension host runs the same major version. */
export function withProjectNode(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PATH: [dirname(process.execPath), env.PATH ?? ''].join(delimiter) };
}

function debian(wanted: string[], say: (line: string) => void): void {
  const missing = PACKAGES.filter(({ name, there }) => wanted.includes(name) && !there()).map(({ name }) => name);
  if (missing.length === 0) return;
  const byHand = `apt-get install ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !runs('apt-get', '--version')) {
    throw new Error(`The real editor needs ${missing.join(', ')}. On Debian or Ubuntu: sudo ${byHand}`);
  }
  say(`installing ${missing.join(', ')} with apt-get`);
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  must('apt-get', ['install', '-qq', '--no-install-recommends', ...missing], { env });
}

/** Installs beside the final folder and renames, so that an interrupted install is never taken for a whole one. */
function codeServer(say: (line: string) => void): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major !== 24) throw new Error(`code-server ${VERSION} needs Node 24, this is ${process.version}: start it with npm run test:editor.`);
  say(`installing code-server ${VERSION} from npm: about two minutes, once`);
  const draft = `${FOLDER}.draft-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    const env = withProjectNode(npmFree(process.env));
    must('npm', ['pack', `code-server@${VERSION}`, '--silent'], { cwd: draft, env });
    must('tar', ['xzf', `code-server-${VERSION}.tgz`], { cwd: draft });
    // It is not a dependency of anything: its own postinstall goes on into lib/vscode.
    must('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: join(draft, 'package'), env });
    writeFileSync(join(draft, 'package/.installed'), VERSION);
    rmSync(FOLDER, { recursive: true, force: true });
    renameSync(join(draft, 'package'), FOLDER);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Without what npm tells its scripts: an npm started by a script of this project would take this project's settings for its own. Its user
 * agent names the Node that started it, which code-server's install looks at.
 */
function npmFree(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_(package|lifecycle|command|execpath|node_execpath|config_user_agent)/i.test(name)),
  );
}

function must(command: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv }): void {
  const done = spawnSync(command, args, { ...options, encoding: 'utf8', timeout: 900_000 });
  if (done.status === 0) return;
  const words = `${done.stdout}\n${done.stderr}`.trim().split('\n').slice(-30).join('\n');
  throw new Error(`${command} ${args.join(' ')} failed: ${done.error?.message ?? words}`);
}

function runs(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function foundBrowser(): string {
  const browser = chromium();
  if (browser) return browser;
  throw new Error('Chromium is installed, but no command chromium, chromium-browser or google-chrome is on the PATH.');
}

function chromium(): string | undefined {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (found.status === 0) return found.stdout.trim();
  }
  return undefined;
}
