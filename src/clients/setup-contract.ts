import type { Client, ClientId, Found, Machine, Setup } from './client.ts';
import type { EditProblem } from './edit/edit.ts';

/** One file of a preview. `shown` is what people see: as `after`, with the key masked. */
export interface PreviewFile {
  path: string;
  /** Where a symlink leads; the file that is written. */
  realPath: string;
  exists: boolean;
  before: string;
  after: string;
  shown: string;
  /** What `before` was read from, to see that nobody wrote since. */
  readAt: { size: number; mtimeMs: number; hash: string };
}

/** Why nothing is written; each with a sentence for people, naming the file. */
export type Refusal =
  | { is: 'broken'; path: string; message: string; problem: EditProblem }
  | {
      is: 'read-only' | 'locked' | 'not-a-file' | 'too-large' | 'no-folder' | 'changed' | 'not-utf8' | 'instructions-only';
      path: string;
      message: string;
    };

export type Preview = { ok: true; client: ClientId; files: PreviewFile[]; unchanged: boolean } | { ok: false; refusal: Refusal };

/** What was written for a tool, kept in `setups.json` of the data folder; no key in it. */
export interface AppliedSetup {
  client: ClientId;
  /** Milliseconds since the epoch. */
  at: number;
  origin: string;
  model: string;
  /** Id of the tool's own gateway key. */
  keyId: string;
  /** The models it was told of. */
  models: string[];
  files: {
    path: string;
    /** The copy beside the file; absent where there was no file. */
    backup: string | undefined;
    /** Of what was there, and of what was written. */
    beforeHash: string | undefined;
    afterHash: string;
    /** Our edits, and what stood at each place: to take them back from a file that was changed since. Without the key. */
    undo: unknown;
  }[];
}

/** How a tool stands, for the view and the command line. */
export type ToolState =
  | { is: 'absent' }
  /** Cannot be set up by us. */
  | { is: 'instructions' }
  /** There, and not pointing at this gateway. */
  | { is: 'not-set-up'; elsewhere: string | undefined }
  | { is: 'set-up'; model: string | undefined; lastSeen: number | undefined }
  /** Set up by us once, and not as it was: what differs, as sentences. `mend` writes it again. */
  | { is: 'drifted'; differences: string[] }
  | { is: 'broken'; path: string; message: string; line?: number; column?: number };

/** Setting tools up and taking it back; the same for the command line and the editor. */
export interface Setups {
  state(client: Client): Promise<{ found: Found; state: ToolState; applied: AppliedSetup | undefined }>;
  preview(client: Client, setup: Setup): Promise<Preview>;
  /** Writes what was previewed: backup beside each file, then atomically. Nothing of it when one file changed since, or fails (what was written is put back). */
  apply(
    client: Client,
    setup: Setup,
    preview: Extract<Preview, { ok: true }>,
    keyId: string,
  ): Promise<{ ok: true } | { ok: false; refusal: Refusal }>;
  /** The very bytes of before where nobody wrote since; else our own edits are taken back and the rest stays. */
  undo(client: Client): Promise<{ ok: true; files: string[]; kept: string[] } | { ok: false; refusal: Refusal }>;
}

export interface SetupsOptions {
  machine: Machine;
  /** The data folder, for `setups.json`. */
  folder: string;
  now(): number;
}
