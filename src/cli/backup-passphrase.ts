import { LEAST_PASSPHRASE } from '../backup/index.ts';
import { type Io, readStdin, UsageError } from './io.ts';

export interface PassphraseValues {
  'passphrase-stdin'?: boolean;
}

type Terminal = Io['stdin'] & { setRawMode(on: boolean): unknown };

/** The passphrase of a new export: asked twice, as a mistyped one opens nothing. */
export async function newPassphrase(values: PassphraseValues, io: Io): Promise<string> {
  const given = await givenPassphrase(values, io);
  const passphrase = given ?? (await asked('Passphrase: ', io));
  if (passphrase.length < LEAST_PASSPHRASE) throw new UsageError(`the passphrase needs at least ${LEAST_PASSPHRASE} characters`);
  if (given === undefined && (await asked('Once more: ', io)) !== passphrase) throw new UsageError('the passphrases are not the same');
  return passphrase;
}

/** The passphrase of an export that has one. */
export async function knownPassphrase(values: PassphraseValues, io: Io): Promise<string> {
  return (await givenPassphrase(values, io)) ?? (await asked('Passphrase: ', io));
}

/** Never an argument: those are seen by every process and kept in the shell's history. */
async function givenPassphrase(values: PassphraseValues, io: Io): Promise<string | undefined> {
  if (!values['passphrase-stdin']) return io.env.OMNIROUTE_PASSPHRASE || undefined;
  const passphrase = await readStdin(io);
  if (!passphrase) throw new UsageError('--passphrase-stdin: nothing came on standard input');
  return passphrase;
}

function isTerminal(stdin: Io['stdin']): stdin is Terminal {
  return stdin.isTTY === true && 'setRawMode' in stdin;
}

async function asked(prompt: string, io: Io): Promise<string> {
  const { stdin } = io;
  if (!isTerminal(stdin)) throw new UsageError('a passphrase is needed: --passphrase-stdin, or OMNIROUTE_PASSPHRASE');
  io.stderr.write(prompt);
  stdin.setRawMode(true);
  try {
    return await hiddenLine(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    io.stderr.write('\n');
  }
}

const [CTRL_C, CTRL_D] = ['\u0003', '\u0004'];
const BACKSPACES = new Set(['\u007f', '\b']);

/** A line that is not echoed. What was pasted behind its end is left for the next question. */
function hiddenLine(stdin: Terminal): Promise<string> {
  return new Promise((resolve, reject) => {
    let line = '';
    const done = (finish: () => void): void => {
      stdin.removeListener('data', take);
      stdin.removeListener('end', left);
      finish();
    };
    const left = (): void => done(() => reject(new UsageError('no passphrase was given')));
    const take = (chunk: Buffer | string): void => {
      const letters = [...chunk.toString('utf8')];
      for (const [index, letter] of letters.entries()) {
        if (letter === CTRL_C || letter === CTRL_D) {
          left();
          return;
        }
        if (letter === '\r' || letter === '\n') {
          done(() => resolve(unread(stdin, letters.slice(index + 1), line)));
          return;
        }
        line = BACKSPACES.has(letter) ? [...line].slice(0, -1).join('') : line + letter;
      }
    };
    stdin.on('data', take);
    stdin.on('end', left);
    stdin.resume();
  });
}

function unread(stdin: Terminal, rest: readonly string[], line: string): string {
  stdin.pause();
  if (rest.length > 0) stdin.unshift(Buffer.from(rest.join('')));
  return line;
}
