import type { TextEdit } from './edit/edit.ts';

/** Tools that can be set up; the words of `omniroute setup TOOL`. */
export const CLIENT_IDS = [
  'copilot',
  'cline',
  'continue',
  'claude-code',
  'codex',
  'opencode',
  'kilo',
  'roo',
  'zoo',
  'qwen-code',
  'gemini-cli',
  'openclaw',
  'zed',
  'aider',
  'cursor',
] as const;
export type ClientId = (typeof CLIENT_IDS)[number];

/** Where things are on this machine. Tests give folders of their own; nothing in this room asks the system by itself. */
export interface Machine {
  platform: NodeJS.Platform;
  /** The user's home folder. */
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  /** VS Code's own `User` folder of the default profile, where the caller knows it. */
  editorUser?: string;
  /** Installed extensions of the editor that asks, by lower-case id, with their versions; absent outside an editor. */
  extensions?: ReadonlyMap<string, string>;
}

/** A model as tools are told of it. What is not known is absent. */
export interface OfferedModel {
  /** What the tool asks for: `prefix/model`, a combo, `auto`. */
  name: string;
  title: string;
  contextWindow?: number;
  maxOutput?: number;
  tools?: boolean;
  vision?: boolean;
  reasoning?: boolean;
}

/** What a tool is set up with. */
export interface Setup {
  /** `http://127.0.0.1:20128`, no slash at the end. */
  origin: string;
  /** The gateway key that is this tool's own. */
  key: string;
  /** The model it shall use; one of `models`. */
  model: string;
  /** Those it shall offer, the chosen one among them. */
  models: readonly OfferedModel[];
}

/** One file a tool reads, and what we would change in it. */
export interface FilePlan {
  /** Absolute. A symlink is followed and kept. */
  path: string;
  format: 'json' | 'json5' | 'yaml' | 'toml' | 'dotenv';
  /** In order. Paths that end in one of our own keys only. */
  edits: TextEdit[];
  /** Of a file that is made; an existing one keeps its mode. 0o600 where it holds a key. */
  mode?: number;
}

/** What is found of a tool on this machine. */
export interface Found {
  /** It, or its settings, are there. */
  installed: boolean;
  version: string | undefined;
  /** The gateway's address it points at, as its settings say; `undefined`: elsewhere, nowhere. */
  origin: string | undefined;
  /** The key found in its settings at our place. Never shown; compared only. */
  key: string | undefined;
  model: string | undefined;
  /** Its settings as they are cannot be read or used: who is told what to do. */
  problem?: { path: string; message: string; line?: number; column?: number };
}

/** One tool: where its settings are, what we would write, how it is told apart. One file each in tools/. */
export interface Client {
  id: ClientId;
  /** As its makers write it. */
  name: string;
  /** User-Agent names (src/ledger/client-name.ts) under which its requests are recorded. */
  recordedAs: readonly string[];
  /** Why it cannot be set up by us, as a sentence for people; absent: it can. */
  instructionsOnly?: string;
  /** What the user does so that it takes effect; absent: nothing. */
  afterwards?: 'restart-tool' | 'reload-window' | 'new-terminal';
  detect(machine: Machine): Promise<Found>;
  /** What would be written. Reads what it needs to choose (which file, which shape), changes nothing. */
  plan(machine: Machine, setup: Setup): Promise<FilePlan[]>;
  /** For tools whose own program or editor must do it (Copilot's group), or that cannot be set up: text to follow, with the key as `{key}`. */
  instructions?(machine: Machine, setup: Setup): string[];
}
