import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Capture } from './capture.ts';

/** Where captures are kept: the newest of them, for a time. */
export interface CaptureStore {
  add(capture: Capture): Promise<void>;
  /** Newest first. */
  list(): Promise<Capture[]>;
  get(id: string): Promise<Capture | undefined>;
  /** Keeps the newest `most` of those taken at `since` or later. */
  trim(most: number, since: number): Promise<void>;
}

export class CapturesInMemory implements CaptureStore {
  #captures: Capture[] = [];

  async add(capture: Capture): Promise<void> {
    this.#captures.unshift(capture);
  }

  async list(): Promise<Capture[]> {
    return this.#captures;
  }

  async get(id: string): Promise<Capture | undefined> {
    return this.#captures.find((capture) => capture.id === id);
  }

  async trim(most: number, since: number): Promise<void> {
    this.#captures = this.#captures.filter(({ at }) => at >= since).slice(0, most);
  }
}

/** `<milliseconds>-<request id>.json`: what is needed to find and to forget one stands in the name. */
const NAME = /^(\d+)-([\w-]+)\.json$/;

/** A file each, for nobody but the user: they hold prompts. Files of other names are left alone. */
export class CapturesOnDisk implements CaptureStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async add(capture: Capture): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(join(this.#folder, `${capture.at}-${capture.id}.json`), JSON.stringify(capture), { mode: 0o600 });
  }

  async list(): Promise<Capture[]> {
    const captures: Capture[] = [];
    for (const { file } of await this.#files()) {
      const capture = await this.#read(file);
      if (capture) captures.push(capture);
    }
    return captures;
  }

  async get(id: string): Promise<Capture | undefined> {
    const found = (await this.#files()).find((file) => file.id === id);
    return found && (await this.#read(found.file));
  }

  async trim(most: number, since: number): Promise<void> {
    const files = await this.#files();
    const gone = files.filter(({ at }, index) => index >= most || at < since);
    await Promise.all(gone.map(({ file }) => rm(join(this.#folder, file), { force: true })));
  }

  /** Newest first. */
  async #files(): Promise<{ file: string; id: string; at: number }[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names
      .flatMap((file) => {
        const [, at, id] = NAME.exec(file) ?? [];
        return at === undefined || id === undefined ? [] : [{ file, id, at: Number(at) }];
      })
      .sort((a, b) => b.at - a.at);
  }

  /** `undefined` for one that was removed meanwhile, or is damaged. */
  async #read(file: string): Promise<Capture | undefined> {
    try {
      return JSON.parse(await readFile(join(this.#folder, file), 'utf8')) as Capture;
    } catch {
      return undefined;
    }
  }
}
