import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A server of the soak in a process of its own. */
export interface Child<Ready, Report> {
  ready: Ready;
  /** What it has to tell right now. */
  report(): Promise<Report>;
  /** Ends it; gives the code it ended with (`null` when it did not end by itself). */
  stop(): Promise<number | null>;
}

/** Starts a file of this folder and waits until it has told that it is ready. */
export async function child<Ready, Report>(file: string, args: string[]): Promise<Child<Ready, Report>> {
  const started = fork(join(import.meta.dirname, file), args, {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(started, 'exit') as Promise<[number | null]>;
  const gone = exited.then(([code]): never => {
    throw new Error(`${file} ended with ${String(code)}`);
  });
  gone.catch(() => {});
  const message = async <T>(): Promise<T> => ((await Promise.race([once(started, 'message'), gone])) as [T])[0];
  const ready = await message<Ready>();
  return {
    ready,
    report: () => {
      started.send('report');
      return message<Report>();
    },
    stop: async () => {
      if (started.exitCode === null) started.send('stop');
      return (await exited)[0];
    },
  };
}

/** The child's side: tells the parent that it is ready, then reports and stops when asked. */
export function serveParent<Ready, Report>(ready: Ready, report: () => Promise<Report>, stop: () => Promise<void>): void {
  process.send?.(ready);
  process.on('message', (message) => {
    if (message === 'report') void report().then((told) => process.send?.(told));
    else void stop().then(() => process.exit(0));
  });
  process.on('disconnect', () => process.exit());
}
