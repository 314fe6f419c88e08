import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';

/** Something worth keeping over a restart. `toJSON` gives plain JSON without a credential; `restore` takes it back, leniently. */
export interface StatePart {
  toJSON(): unknown;
  restore(saved: unknown): void;
}

const NAME = 'state.json';
const DAMAGED = `${NAME}.damaged-`;
/** Time to gather changes before a save. */
const SAVE_MS = 500;
/** Until the next try after a save that failed: a full disk does not empty in half a second. */
const RETRY_MS = 30_000;

/** Loose: what a newer version adds beside the parts is kept on save. */
const stateSchema = z.looseObject({ version: z.literal(1), parts: z.record(z.string(), z.unknown()) });
type State = z.infer<typeof stateSchema>;

const EMPTY: State = { version: 1, parts: {} };

/**
 * `state.json` of a data folder: what the gateway has learned and would like to know after a restart, `{version: 1, savedAt, parts}`.
 * Nothing in it is needed to run, so nothing that happens to it stops the gateway: what cannot be read is set aside, what cannot be
 * written is tried again later, and both are said once in the log.
 */
export class StateFile {
  readonly path: string;
  readonly #folder: string;
  readonly #log: (line: string) => void;
  readonly #parts = new Map<string, StatePart>();
  /** As last read or written, with parts nobody here knows. */
  #state: State = EMPTY;
  /** The parts as they are in the file. */
  #written = JSON.stringify(EMPTY.parts);
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> | undefined;
  #failing = false;
  /** Parts whose failure to tell was said. */
  readonly #mute = new Set<string>();
  #closed = false;

  constructor(folder: string, log: (line: string) => void = () => {}) {
    this.#folder = folder;
    this.path = join(folder, NAME);
    this.#log = log;
  }

  /** Names a part; before `load`. */
  register(name: string, part: StatePart): void {
    this.#parts.set(name, part);
  }

  /** Gives each part what was saved of it. Never rejects. */
  async load(): Promise<void> {
    const state = await this.#read();
    if (!state) return;
    this.#state = state;
    this.#written = JSON.stringify(state.parts);
    for (const [name, part] of this.#parts) {
      if (!Object.hasOwn(state.parts, name)) continue;
      try {
        part.restore(state.parts[name]);
      } catch (error) {
        this.#log(`${this.path}: its part "${name}" could not be taken back and starts afresh: ${reasonOf(error)}`);
      }
    }
  }

  /** Something changed: it is saved within half a second. */
  touch(): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => void this.flush(), this.#failing ? RETRY_MS : SAVE_MS);
    this.#timer.unref();
  }

  /** Saves now what has changed, after a save that is under way. Never rejects: a failure is logged and tried again later. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const before = this.#saving;
    const saving = (async () => {
      await before;
      await this.#save();
    })();
    this.#saving = saving;
    await saving;
    if (this.#saving === saving) this.#saving = undefined;
  }

  /** Saves for the last time; later touches are ignored. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
  }

  async #read(): Promise<State | undefined> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') this.#log(`${this.path} cannot be read, so what was learned is forgotten: ${reasonOf(error)}`);
      return undefined;
    }
    const state = parsed(text);
    if (!state) await this.#setAside();
    return state;
  }

  /** Keeps the damaged file, and of several the newest. */
  async #setAside(): Promise<void> {
    const kept = `${DAMAGED}${Date.now()}`;
    try {
      await rename(this.path, join(this.#folder, kept));
      this.#log(`${this.path} is damaged: it was kept as ${kept}, and what was learned is forgotten. Accounts and settings are not in it.`);
      for (const file of await readdir(this.#folder)) {
        if (file.startsWith(DAMAGED) && file !== kept) await rm(join(this.#folder, file), { force: true });
      }
    } catch (error) {
      this.#log(`${this.path} is damaged and could not be set aside: ${reasonOf(error)}`);
    }
  }

  async #save(): Promise<void> {
    try {
      const parts = this.#current();
      const text = JSON.stringify(parts);
      if (text === this.#written) return;
      const state: State = { ...this.#state, savedAt: Date.now(), parts };
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFileAtomic(this.path, `${JSON.stringify(state)}\n`, { mode: 0o600, fsync: true });
      this.#state = state;
      this.#written = text;
      if (this.#failing) this.#log(`${this.path} is saved again.`);
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#log(`${this.path} could not be saved and will be tried again: ${reasonOf(error)}`);
      this.#failing = true;
      this.touch();
    }
  }

  /** All parts as they are now; a part that cannot tell keeps what it told last. */
  #current(): Record<string, unknown> {
    const parts = { ...this.#state.parts };
    for (const [name, part] of this.#parts) {
      try {
        parts[name] = part.toJSON();
      } catch (error) {
        if (this.#mute.has(name)) continue;
        this.#mute.add(name);
        this.#log(`${this.path}: its part "${name}" could not be saved: ${reasonOf(error)}`);
      }
    }
    return parts;
  }
}

function parsed(text: string): State | undefined {
  try {
    return stateSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
