import type { FromEditor, ToEditor } from './bridge/protocol.ts';

/**
 * The one message port between the extension host and the gateway's thread. The gateway asks for secrets by name; they live in
 * VS Code's SecretStorage and cross this port only.
 */
export type ToWorker = SecretAnswer | { type: 'bridge'; message: FromEditor } | { type: 'stop' };

/** What a question for a secret is answered with. */
export type SecretAnswer =
  | { type: 'secret'; id: number; value: string | undefined }
  | { type: 'secret-error'; id: number; message: string };

export type FromWorker =
  | { type: 'listening'; url: string; port: number }
  /** `code` as Node has it (`EADDRINUSE`), or CONFIG_BROKEN. */
  | { type: 'failed'; message: string; code: string | undefined }
  | { type: 'log'; line: string }
  | SecretQuestion
  | { type: 'bridge'; message: ToEditor }
  | { type: 'stopped' };

export type SecretQuestion =
  | { type: 'secret-get'; id: number; name: string }
  | { type: 'secret-set'; id: number; name: string; value: string }
  | { type: 'secret-delete'; id: number; name: string };

/** `code` of a start that failed for what is in config.json; the message says where. */
export const CONFIG_BROKEN = 'OMNIROUTE_CONFIG_BROKEN';

export interface WorkerInput {
  dataDir: string;
  port: number;
  /** Variables for accounts whose key is in the environment, beside the process's own. */
  env?: Record<string, string | undefined>;
}
