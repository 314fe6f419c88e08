import type { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import type { Endpoint, LinkRequest } from './link.ts';
import { LinkError } from './link-error.ts';
import { mayRepeat } from './repeat.ts';
import { send, Unanswered } from './send.ts';
import type { Watch } from './shake.ts';

/** A gateway that has proven itself, while it lives. */
export interface Reached {
  endpoint: Endpoint;
  watch: Watch;
  agent: Agent;
  /** The installation's key as it is now. */
  freshKey(): Promise<string>;
}

/** From the first failure on, until it is given up. */
const GIVE_UP_MS = 10_000;
/** A gateway that ends cuts its connections first, and is gone after that. */
const ENDING_MS = 1500;
/** Between two tries with a gateway that takes no connection and has not ended. */
const CLOSING_MS = 100;

/** Sends a request until a gateway answers it, as often as `mayRepeat` says and for ten seconds at most. */
export async function requestUntilAnswered(
  reach: (signal?: AbortSignal) => Promise<Reached>,
  path: string,
  request: LinkRequest,
): Promise<Response> {
  let deadline: AbortSignal | undefined;
  for (;;) {
    const reached = await reachUntil(reach, deadline, request.signal);
    try {
      return await sendWithGoodKey(reached, path, request);
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      deadline ??= AbortSignal.timeout(GIVE_UP_MS);
      await refuseRepeat(reached, path, request, error);
    }
  }
}

/** Waits for the gateway: as long as it takes when nothing has failed yet. */
async function reachUntil(
  reach: (signal?: AbortSignal) => Promise<Reached>,
  deadline: AbortSignal | undefined,
  signal: AbortSignal | undefined,
): Promise<Reached> {
  if (!deadline) return await reach(signal);
  try {
    return await reach(signal ? AbortSignal.any([signal, deadline]) : deadline);
  } catch (error) {
    if (signal?.aborted || !deadline.aborted) throw error;
    throw new LinkError('timeout', l10n.t('The gateway could not be reached for {0} seconds.', GIVE_UP_MS / 1000));
  }
}

/** A key that another window has changed is read anew, once. */
async function sendWithGoodKey(reached: Reached, path: string, request: LinkRequest): Promise<Response> {
  const { endpoint, agent, freshKey } = reached;
  const { key: refused } = endpoint;
  const response = await send(endpoint, path, request, agent);
  if (response.status !== 401) return response;
  // Requests run side by side, so the endpoint may have another key by now: what counts is which one was refused.
  const key = await freshKey().catch(() => refused);
  // A provider's refusal comes through as 401 too: then our key is as it was.
  if (key === refused) return response;
  await response.body?.cancel();
  endpoint.key = key;
  return await send(endpoint, path, request, agent);
}

/** Returns when the request may be sent again, to whoever is there then; throws when it may not. */
async function refuseRepeat({ watch }: Reached, path: string, { method = 'GET', signal }: LinkRequest, failure: Unanswered): Promise<void> {
  await Promise.race([watch.end, wait(failure.how === 'refused' ? CLOSING_MS : ENDING_MS, watch, signal)]);
  signal?.throwIfAborted();
  if (mayRepeat(method, path, { how: failure.how, ownerGone: watch.ended })) return;
  const text = watch.ended
    ? l10n.t('The gateway ended before it had answered. Whether the change was made is not known.')
    : l10n.t('The gateway closed the connection without an answer.');
  throw new LinkError('lost', text, { cause: failure });
}

/** Leaves no timer when the watch ends first. */
async function wait(ms: number, watch: Watch, signal: AbortSignal | undefined): Promise<void> {
  const over = new AbortController();
  void watch.end.then(() => over.abort());
  await pause(ms, undefined, { signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal }).catch(() => {});
}
