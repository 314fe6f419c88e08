import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { CLIENT_IDS, type ClientId } from './client.ts';
import { codeOf } from './files.ts';

const stepSchema = z.union([z.string(), z.number(), z.strictObject({ where: z.string(), is: z.string() })]);
const placeSchema = z.object({
  path: z.array(stepSchema).min(1),
  wrote: z.string().optional(),
  was: z.string().optional(),
  depth: z.number().int().min(0),
});
const undoSchema = z.object({
  format: z.enum(['json', 'json5', 'yaml', 'toml', 'dotenv']),
  /** Nobody but us wrote between the copy and the last write: the copy is what to give back. */
  pristine: z.boolean(),
  /** Folders made for it, outermost first. */
  folders: z.array(z.string()),
  places: z.array(placeSchema),
});
const fileSchema = z.object({
  path: z.string(),
  backup: z.string().optional(),
  beforeHash: z.string().optional(),
  afterHash: z.string(),
  undo: undoSchema,
});
const setupSchema = z.object({
  client: z.enum(CLIENT_IDS),
  at: z.number(),
  origin: z.string(),
  model: z.string(),
  keyId: z.string(),
  models: z.array(z.string()),
  files: z.array(fileSchema),
});
const documentSchema = z.looseObject({ version: z.literal(1), setups: z.array(setupSchema) });

/** `AppliedSetup` as this room keeps it: `undo` with its shape. */
export type KeptSetup = z.infer<typeof setupSchema>;
export type KeptFile = KeptSetup['files'][number];

/** `setups.json` of the data folder: what was written for each tool. A file that cannot be read is set aside and said, never overwritten. */
export class SetupsFile {
  readonly #folder: string;
  readonly #path: string;
  readonly #log: (line: string) => void;

  constructor(folder: string, log: (line: string) => void) {
    this.#folder = folder;
    this.#path = join(folder, 'setups.json');
    this.#log = log;
  }

  async get(client: ClientId): Promise<KeptSetup | undefined> {
    return (await this.#read()).setups.find((setup) => setup.client === client);
  }

  /** As `get`, for those who only look: a file that cannot be read is said, and nothing is known. */
  async look(client: ClientId): Promise<KeptSetup | undefined> {
    return await this.get(client).catch((error: unknown) => {
      this.#log(`${this.#path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
  }

  async all(): Promise<KeptSetup[]> {
    return (await this.#read()).setups;
  }

  /** Puts a setup in the place of the one of its tool, or takes it away. Under `alone`. */
  async put(client: ClientId, setup: KeptSetup | undefined): Promise<void> {
    const document = await this.#read();
    const setups = document.setups.filter((other) => other.client !== client);
    if (setup) setups.push(setup);
    const text = `${JSON.stringify({ ...document, setups }, null, 2)}\n`;
    await writeFileAtomic(this.#path, text, { mode: 0o600, fsync: true });
  }

  /** Runs `work` while no other process does. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const release = await lockfile.lock(this.#path, {
      // By its own path: see src/config/file-lock.ts.
      lockfilePath: join(this.#folder, 'setups.lock'),
      realpath: false,
      stale: 10_000,
      retries: { retries: 40, minTimeout: 25, maxTimeout: 250 },
    });
    try {
      return await work();
    } finally {
      await release();
    }
  }

  async #read(): Promise<z.infer<typeof documentSchema>> {
    const text = await readFile(this.#path, 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return { version: 1, setups: [] };
    const document = parsed(text);
    if (document) return document;
    await this.#setAside();
    return { version: 1, setups: [] };
  }

  async #setAside(): Promise<void> {
    const kept = `${this.#path}.damaged-${Date.now()}`;
    // Another process may have done it just now.
    const isMoved = await rename(this.#path, kept).then(() => true, isAbsence);
    if (!isMoved) return;
    this.#log(
      `${this.#path} is damaged: it was kept as ${kept}. Which tools were set up is forgotten; the copies beside their files are there.`,
    );
  }
}

function isAbsence(error: unknown): false {
  if (codeOf(error) === 'ENOENT') return false;
  throw error;
}

function parsed(text: string): z.infer<typeof documentSchema> | undefined {
  try {
    return documentSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
