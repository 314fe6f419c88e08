import { PassThrough, Readable } from 'node:stream';
import type { Io } from '../../src/cli/io.ts';

/** What a command is given and what it wrote. */
export interface Fake {
  io: Io;
  out(): string;
  err(): string;
}

/** A process without a terminal. */
export function piped(stdin = '', env: Record<string, string> = {}): Fake {
  return fake(Readable.from([stdin]), env);
}

/** A terminal at which these keys are pressed, each as the prompt before it is shown. Tells whether it ever echoed them. */
export function terminal(keys: readonly string[], env: Record<string, string> = {}): Fake & { raw: boolean[] } {
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => raw.push(on) });
  const waiting = [...keys];
  const prompted = (text: string): void => {
    if (!/(: |\] )$/.test(text)) return;
    const next = waiting.shift();
    if (next === undefined) stdin.end();
    else stdin.write(next);
  };
  return { ...fake(stdin, env, prompted), raw };
}

function fake(stdin: Io['stdin'], env: Record<string, string>, wrote: (text: string) => void = () => {}): Fake {
  const written = { out: '', err: '' };
  const sink = (to: 'out' | 'err') => ({
    write: (text: string) => {
      written[to] += text;
      wrote(text);
    },
  });
  return { io: { stdout: sink('out'), stderr: sink('err'), stdin, env }, out: () => written.out, err: () => written.err };
}
