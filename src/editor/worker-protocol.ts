/**
 * The one message port between the extension host and the gateway's thread. The gateway asks for secrets by name; they live in
 * VS Code's SecretStorage and cross this port only.
 */
export type ToWorker =
  | { type: 'secret'; id: number; value: string | undefined }
  | { type: 'secret-error'; id: number; message: string }
  | { type: 'stop' };

export type FromWorker =
  | { type: 'listening'; url: string; port: number }
  | { type: 'failed'; message: string; code: string | undefined }
  | { type: 'log'; line: string }
  | { type: 'secret-get'; id: number; name: string }
  | { type: 'secret-set'; id: number; name: string; value: string }
  | { type: 'secret-delete'; id: number; name: string }
  | { type: 'stopped' };

export interface WorkerInput {
  dataDir: string;
  port: number;
}
