import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { withProjectNode } from './install.ts';
import { type Group, startGroup } from './process-group.ts';
import { until } from './until.ts';

/** The folders of one editor, all below one that is removed afterwards. */
export interface Rooms {
  base: string;
  userData: string;
  extensions: string;
  workspace: string;
  home: string;
  temp: string;
}

export function makeRooms(base: string): Rooms {
  const rooms = {
    base,
    userData: join(base, 'user-data'),
    extensions: join(base, 'extensions'),
    workspace: join(base, 'workspace'),
    home: join(base, 'home'),
    temp: join(base, 'tmp'),
  };
  for (const folder of Object.values(rooms)) mkdirSync(folder, { recursive: true });
  writeFileSync(join(rooms.workspace, 'README.md'), '# A workspace\n');
  return rooms;
}

/** A port of the loopback that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The editor's own settings and folders: a person's home and keys have no part in it. */
function environment(rooms: Rooms, extra: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH = '', LANG = 'C.UTF-8' } = process.env;
  return withProjectNode({ PATH, LANG, HOME: rooms.home, TMPDIR: rooms.temp, ...extra });
}

function entry(codeServer: string): string {
  return join(codeServer, 'out/node/entry.js');
}

/** Puts the fixtures' folders in place and installs the VSIX as a user does. */
export function installExtensions(codeServer: string, rooms: Rooms, vsix: string, fixtures: readonly string[]): void {
  for (const folder of fixtures) cpSync(folder, join(rooms.extensions, identityOf(folder)), { recursive: true });
  const args = [entry(codeServer), '--install-extension', vsix, '--user-data-dir', rooms.userData, '--extensions-dir', rooms.extensions];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', env: environment(rooms, {}), cwd: rooms.base, timeout: 60_000 });
  if (done.status !== 0) throw new Error(`the VSIX could not be installed: ${done.stdout}${done.stderr}`);
}

/** `publisher.name-version`, as the editor names the folders of extensions. */
function identityOf(folder: string): string {
  const { publisher, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  return `${publisher}.${name}-${version}`;
}

export interface Server {
  url: string;
  /** What code-server itself printed. */
  output(): string;
  /** Process ids of the extension hosts that run, in the order in which their windows opened. */
  extensionHosts(): number[];
  stop(): Promise<void>;
}

/** Starts code-server and waits until it listens. */
export async function startServer(
  codeServer: string,
  rooms: Rooms,
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<Server> {
  const port = await freePort();
  const quiet = [
    '--auth',
    'none',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
  ];
  const where = ['--bind-addr', `127.0.0.1:${port}`, '--user-data-dir', rooms.userData, '--extensions-dir', rooms.extensions];
  const group = startGroup(process.execPath, [entry(codeServer), ...quiet, ...where, ...args], {
    cwd: rooms.base,
    env: environment(rooms, env),
  });
  await until('code-server listens', () => /HTTP server listening on/.test(group.output()), 30_000).catch(async (error: Error) => {
    await group.kill();
    throw new Error(`${error.message}\n${group.output()}`);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    output: group.output,
    extensionHosts: () => extensionHosts(group),
    stop: group.kill,
  };
}

function extensionHosts(group: Group): number[] {
  const launched = [...group.output().matchAll(/<(\d+)> Launched Extension Host Process/g)].map((match) => Number(match[1]));
  return launched.filter((pid) => existsSync(`/proc/${pid}`));
}

/** The text of every log file whose path below the user's data fits. */
export function logs(rooms: Rooms, fits: RegExp): string {
  const folder = join(rooms.userData, 'logs');
  if (!existsSync(folder)) return '';
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((found) => found.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).filter((path) => fits.test(path));
  return paths.map((path) => `== ${path.slice(folder.length + 1)}\n${readFileSync(path, 'utf8')}`).join('\n');
}
