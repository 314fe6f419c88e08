import { spawn } from 'node:child_process';

/** How a command ended and what it said. */
export interface Ended {
  /** `null` when it was killed. */
  code: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  ms: number;
}

export interface Command {
  file: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  /** Fed to the command's input; without it the input is closed at once. */
  input?: string;
  timeoutMs: number;
}

/** Runs a command in a process group of its own and kills the whole group when the time is up: tools leave children behind. */
export function run(command: Command): Promise<Ended> {
  const started = Date.now();
  const child = spawn(command.file, command.args, { cwd: command.cwd, env: command.env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const out = { stdout: '', stderr: '', timedOut: false };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    out.stderr += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(command.input ?? '');
  const timer = setTimeout(() => {
    out.timedOut = true;
    killGroup(child.pid);
  }, command.timeoutMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      killGroup(child.pid);
      resolve({ ...out, code, ms: Date.now() - started });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone: nothing was left behind.
  }
}
