import type { Client, ClientId, FilePlan, Found, Machine, Setup } from './client.ts';
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
  /** What was planned for it. */
  plan: FilePlan;
}

/** Why nothing is written; each with a sentence for people, naming the file. */
export type Refusal =
  | { is: 'broken'; path: string; message: string; problem: EditProblem }
  | {
      is: 'read-only' | 'locked' | 'not-a-file' | 'too-large' | 'no-folder' | 'changed' | 'not-utf8' | 'instructions-only' | 'failed';
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

/** What only the gateway's side knows, to see whether a tool is still as it was set up. What is not given is not compared. */
export interface GatewayFacts {
  /** Where the gateway listens now; `undefined`: nowhere, nothing is said of the address. */
  origin?(): string | undefined;
  /** The names of all models that are offered now. */
  models?(): readonly string[] | undefined;
  /** Whether this key, found in a tool's settings, is the one with this id; `gone`: there is no such id any more. */
  compareKey?(keyId: string, found: string | undefined): Promise<'same' | 'other' | 'gone'>;
  /** When the tool's last request came, in milliseconds since the epoch. */
  lastSeen?(client: Client, keyId: string | undefined): Promise<number | undefined>;
}

export interface SetupsOptions {
  machine: Machine;
  /** The data folder, for `setups.json`. */
  folder: string;
  now(): number;
  gateway?: GatewayFacts;
  /** One line for the log: a `setups.json` that had to be set aside, a copy that could not be tidied away. Never a key. */
  log?(line: string): void;
}
