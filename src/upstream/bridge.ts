import { GatewayError } from '../conversation/error.ts';
import type { UpstreamRequest, UpstreamResponse } from './http.ts';

/** A call to a provider that is no host on the network. */
export interface BridgeCall {
  method: 'GET' | 'POST';
  /** `/copilot/chat/completions` */
  path: string;
  body?: string;
  signal: AbortSignal;
}

/**
 * The way to models that whoever runs the gateway has, and HTTP does not reach: those VS Code offers to extensions. Its answers look
 * like any provider's, so that timers, aborts, fallbacks and the counting of tokens work as for all others.
 */
export interface Bridge {
  /** As `Upstream.send`. The call ends when its signal aborts, also after the head. */
  send(call: BridgeCall): Promise<UpstreamResponse>;
  /** Calls the listener whenever the models are others than those told last. */
  onModelsChanged?(listener: () => void): void;
}

/** The scheme of base URLs behind a bridge. The catalogue alone may use it: what users give must be http(s). */
const SCHEME = 'bridge://';

export const isBridged = (url: string): boolean => url.startsWith(SCHEME);

/** Class `capability` without a bridge: nobody is to blame, nothing is cooled, the next target is asked at once. */
export async function sendOverBridge(
  bridge: Bridge | undefined,
  { method, url, body, signal }: UpstreamRequest,
): Promise<UpstreamResponse> {
  if (!bridge) {
    throw new GatewayError({
      class: 'capability',
      status: 503,
      code: 'editor_not_running',
      message: 'These models are only there while VS Code runs the gateway.',
    });
  }
  return await bridge.send({ method, path: new URL(url).pathname, signal, ...(body === undefined ? {} : { body }) });
}
