import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

const COMMAND_MS = 3000;

/** The program that listens on a TCP port of this machine, as `name (pid)`; `undefined` where the system does not tell. Never rejects. */
export async function portHolder(port: number, platform: NodeJS.Platform = process.platform): Promise<string | undefined> {
  try {
    const found = await HOLDERS[platform]?.(port);
    return found && `${found.name} (${found.pid})`;
  } catch {
    return undefined;
  }
}

interface Program {
  name: string;
  pid: number;
}

const HOLDERS: Partial<Record<NodeJS.Platform, (port: number) => Promise<Program | undefined>>> = { linux, darwin, win32 };

async function linux(port: number): Promise<Program | undefined> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')));
  const inodes = new Set(tables.flatMap((table) => inodesOf(table, port)));
  if (inodes.size === 0) return undefined;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry) || !(await hasSocket(entry, inodes))) continue;
    return { name: await programName(entry), pid: Number(entry) };
  }
  return undefined;
}

/** Of the program, not of its first thread, which `comm` names (`MainThread` for Node). */
async function programName(pid: string): Promise<string> {
  const [program = ''] = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  return basename(program) || (await readFile(`/proc/${pid}/comm`, 'utf8')).trim();
}

/** Inodes of the sockets that listen on a port, of a table as `/proc/net/tcp` is (proc(5)): state 0A, port in hexadecimal. */
export function inodesOf(table: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === '0A' && local?.endsWith(`:${hex}`) && inode !== undefined ? [inode] : [];
  });
}

/** Another user's process does not show its files. */
async function hasSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  for (const fd of await readdir(folder).catch(() => [])) {
    const inode = /^socket:\[(\d+)\]$/.exec(await readlink(`${folder}/${fd}`).catch(() => ''))?.[1];
    if (inode !== undefined && inodes.has(inode)) return true;
  }
  return false;
}

async function darwin(port: number): Promise<Program | undefined> {
  return lsofProgram(await run('/usr/sbin/lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']));
}

/** The first process of `lsof -Fpc`: one field a line, `p` before the process id, `c` before the command. */
export function lsofProgram(output: string): Program | undefined {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const name = /^c(.+)$/m.exec(output)?.[1];
  return pid === undefined || name === undefined ? undefined : { name, pid: Number(pid) };
}

async function win32(port: number): Promise<Program | undefined> {
  const pid = netstatPid(await run('netstat.exe', ['-ano', '-p', 'TCP']), port);
  if (pid === undefined) return undefined;
  const name = /^"([^"]+)"/m.exec(await run('tasklist.exe', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']))?.[1];
  return name === undefined ? undefined : { name, pid };
}

/** The process that listens on a port, of `netstat -ano`. The word for the state is translated; a listener's peer is port 0. */
export function netstatPid(output: string, port: number): number | undefined {
  for (const line of output.split('\n')) {
    const [protocol, local, peer, , pid] = line.trim().split(/\s+/);
    if (protocol === 'TCP' && local?.endsWith(`:${port}`) && peer?.endsWith(':0') && pid !== undefined) return Number(pid);
  }
  return undefined;
}

function run(command: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { timeout: COMMAND_MS, windowsHide: true }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
}
