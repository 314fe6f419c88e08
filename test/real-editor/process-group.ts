import { type ChildProcess, spawn } from 'node:child_process';

/** A program and all it starts. */
export interface Group {
  pid: number;
  /** What it printed, both streams. */
  output(): string;
  /** Kills everything of it; resolves when the first process has ended. */
  kill(): Promise<void>;
}

const alive = new Set<ChildProcess>();

/** Starts a program in a process group of its own, which ends with this process at the latest. */
export function startGroup(command: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Group {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  alive.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    kill: async () => {
      killGroup(child);
      await ended;
    },
  };
}

/** Every group that still lives, at once: for an exit or an interrupt. */
export function killAll(): void {
  for (const child of alive) killGroup(child);
}

function killGroup(child: ChildProcess): void {
  alive.delete(child);
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
