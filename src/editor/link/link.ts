import type { Event } from '../emitter.ts';

/** The port asked for is in use by a program that is not our gateway. */
export interface TakenPort {
  wanted: number;
  /** The program as people know it, with its process id: `node (4711)`; absent where the system does not tell. */
  by: string | undefined;
}

/** How this window reaches the gateway. */
export type LinkState =
  /** Looking for one, or starting one; also between two owners. */
  | { is: 'connecting' }
  /** Reached. `owner`: it runs in this window's extension host. `instead`: it listens on another port than the user asked for. */
  | { is: 'ready'; owner: boolean; url: string; port: number; pid: number; instead: TakenPort | undefined }
  /** It cannot run, and trying again would not help before the user has acted. */
  | { is: 'failed'; reason: 'config' | 'ports' | 'crashed' | 'other'; message: string }
  /** This window is closing, or the user stopped it here. */
  | { is: 'stopped' };

export interface LinkRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Where the gateway listens, and the key of this installation. The key goes into requests and what the user asks to copy, nowhere else. */
export interface Endpoint {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  key: string;
}

/**
 * One gateway a machine, many windows: the first window to bind the port owns it, the others attach; when the owner goes, one of
 * them takes over within two seconds. Who owns it makes no difference to those who use a link.
 */
export interface Link {
  readonly state: LinkState;
  readonly onDidChange: Event<LinkState>;
  /** Resolves once the gateway is reached; rejects with the reason when it cannot run, or with the signal's. */
  ready(signal?: AbortSignal): Promise<Endpoint>;
  /**
   * A request with the installation's key. Waits for the gateway, and is sent again when the owner changed before anything had
   * been answered (at most 10 s). Resolves with whatever status came; the body may stream.
   */
  request(path: string, request?: LinkRequest): Promise<Response>;
  /** Stops the gateway of this window, if it has one, and finds or starts one again. */
  restart(): Promise<void>;
  /** Leaves: nothing of this window's goes on. */
  stop(): Promise<void>;
}
