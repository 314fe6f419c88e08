import type { ServerResponse } from 'node:http';
import { GatewayError } from '../conversation/error.ts';

/** Ends the work for a request when its client closes the connection before the answer is out. */
export function abortWhenGone(outgoing: ServerResponse, abort: AbortController): void {
  outgoing.once('close', () => {
    if (outgoing.writableFinished) return;
    abort.abort(new GatewayError({ class: 'cancelled', code: 'client_closed', message: 'The client closed the connection.' }));
  });
}
