import type { ServerResponse } from 'node:http';
import { frame } from '../../dialects/shared/sse-frame.ts';
import type { Mailbox } from '../../ledger/mailbox.ts';

/** A sign of life, so that proxies and clients see that the line stands. */
const PING_MS = 15_000;

export interface Telling<T> {
  requestId: string;
  mailbox: Mailbox<T>;
  /** What `event:` is. */
  typeOf(item: T): string;
  /** Puts into the mailbox until the signal aborts. When what it gives settles, the telling is over. */
  listen(left: AbortSignal): Promise<void> | undefined;
}

/** Tells what comes into a mailbox as server-sent events, until the listener leaves. A slow one holds up nobody. */
export async function tellAsEvents<T>(outgoing: ServerResponse, { requestId, mailbox, typeOf, listen }: Telling<T>): Promise<void> {
  const left = new AbortController();
  outgoing.once('close', () => left.abort());
  const over = listen(left.signal);
  outgoing.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': requestId,
  });
  outgoing.write(': listening\n\n');
  const ping = setInterval(() => void (outgoing.writableNeedDrain || outgoing.write(': ping\n\n')), PING_MS);
  const done = over?.finally(() => left.abort()).catch(() => {});
  try {
    while (!left.signal.aborted) {
      const batch = await mailbox.take(left.signal);
      const text = batch.map((item) => frame(JSON.stringify(item), typeOf(item))).join('');
      if (text !== '' && !outgoing.write(text)) await drained(outgoing, left.signal);
    }
  } finally {
    clearInterval(ping);
    left.abort();
    outgoing.end();
    await done;
  }
}

function drained(outgoing: ServerResponse, left: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done);
      left.removeEventListener('abort', done);
      resolve();
    };
    outgoing.once('drain', done);
    left.addEventListener('abort', done, { once: true });
  });
}
