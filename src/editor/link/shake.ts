import { randomBytes } from 'node:crypto';
import { ClientRequest, type IncomingMessage } from 'node:http';
import { isProven, NONCE_HEADER, WATCH_HEADER } from '../../gateway/proof.ts';

/** Who is on a port. */
export type Met =
  | { is: 'ours'; pid: number; version: string; watch: Watch }
  /** Nobody. */
  | { is: 'absent' }
  /** Somebody took the connection, and did not answer in time. */
  | { is: 'silent' }
  /** A program that is not our gateway; `omniroute`: it says it is one, of another installation then. */
  | { is: 'stranger'; omniroute: boolean };

/** The connection on which a gateway has proven itself. It ends when that gateway does, and not before. */
export interface Watch {
  readonly ended: boolean;
  /** Resolves, never rejects, when it has ended. */
  readonly end: Promise<void>;
  close(): void;
}

/** The answer of a handshake fits in one packet; a stranger may send anything. */
const MOST_BYTES = 4096;

interface Answer {
  name: string;
  version: string;
  pid: number;
  proof: string;
}

/**
 * Asks whoever is on a loopback port to prove that it is the gateway whose installation has one of these key hashes
 * (`sha256:<hex>`). No key is sent. `hashes` is asked after the answer came: at a first start the gateway makes its key before it answers. Rejects with the signal's
 * reason alone.
 */
export async function shake(port: number, hashes: () => Promise<readonly string[]>, waitMs: number, signal: AbortSignal): Promise<Met> {
  signal.throwIfAborted();
  const nonce = randomBytes(24).toString('base64url');
  // The constructor itself: the editor replaces `http.request` by one that knows of proxies.
  const call = new ClientRequest({
    host: '127.0.0.1',
    port,
    path: '/health',
    agent: false,
    headers: { [NONCE_HEADER]: nonce, [WATCH_HEADER]: '1' },
  });
  return await new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason);
      settle({ is: 'silent' });
    };
    const settle = (met: Met): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      if (met.is !== 'ours') call.destroy();
      resolve(met);
    };
    const timer = setTimeout(() => settle({ is: 'silent' }), waitMs);
    signal.addEventListener('abort', abort, { once: true });
    call.on('error', (error: NodeJS.ErrnoException) =>
      settle(error.code === 'ECONNREFUSED' ? { is: 'absent' } : { is: 'stranger', omniroute: false }),
    );
    call.once('response', (response) => {
      const watch = watchOf(call, response);
      void judge(response, { nonce, port, hashes }).then((met) => settle(met.is === 'ours' ? { ...met, watch } : met));
    });
    call.end();
  });
}

type Judged = { is: 'ours'; pid: number; version: string } | { is: 'stranger'; omniroute: boolean };

async function judge(
  response: IncomingMessage,
  { nonce, port, hashes }: { nonce: string; port: number; hashes: () => Promise<readonly string[]> },
): Promise<Judged> {
  const answer = answerIn(await firstLine(response));
  if (answer?.name !== 'omniroute') return { is: 'stranger', omniroute: false };
  const { pid, version, proof } = answer;
  const proven = isProven(await hashes().catch(() => []), { nonce, port, pid, version }, proof);
  return proven ? { is: 'ours', pid, version } : { is: 'stranger', omniroute: true };
}

/** What comes before the first line feed, or until it ends. */
function firstLine(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const done = (): void => resolve(text.split('\n', 1)[0] ?? '');
    response.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length < MOST_BYTES) text += chunk;
      if (text.includes('\n') || text.length >= MOST_BYTES) done();
    });
    response.once('close', done);
    response.on('error', done);
  });
}

function answerIn(line: string): Answer | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { name, version, pid, proof } = parsed as Partial<Record<keyof Answer, unknown>>;
  if (typeof name !== 'string') return undefined;
  return { name, version: typeof version === 'string' ? version : '', pid: Number(pid), proof: typeof proof === 'string' ? proof : '' };
}

function watchOf(call: ClientRequest, response: IncomingMessage): Watch {
  let ended = false;
  const end = new Promise<void>((resolve) => {
    response.once('close', () => {
      ended = true;
      resolve();
    });
  });
  return {
    end,
    get ended() {
      return ended;
    },
    close: () => void call.destroy(),
  };
}
