import type { ServerResponse } from 'node:http';
import { GatewayError } from '../conversation/error.ts';

/** Ends the work for a request when its client closes the connection before the answer is out; `unwanted` may say that others still want it. */
export function abortWhenGone(outgoing: ServerResponse, abort: AbortController, unwanted: () => boolean = () => true): void {
  outgoing.once('close', () => {
    if (!outgoing.writableFinished && unwanted()) abort.abort(clientClosed());
  });
}

/** Why the work for a request ends when nobody is there to read its answer. */
export function clientClosed(): GatewayError {
  return new GatewayError({ class: 'cancelled', code: 'client_closed', message: 'The client closed the connection.' });
}
