import { randomUUID } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import { chmod, copyFile, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getNodeValue, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import writeFileAtomic from 'write-file-atomic';
import { locked } from './file-lock.ts';
import { type Config, configSchema, describeIssues, emptyConfig } from './schema.ts';

/** A config file that cannot be used: says where it is broken. The file itself is never touched. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: string[];

  constructor(file: string, problems: string[], lastGood: string | undefined) {
    const advice = lastGood ? `\nThe last good copy is ${lastGood}.` : '';
    super(`${file} cannot be used and was left as it is:\n${problems.map((problem) => `  ${problem}`).join('\n')}${advice}`);
    this.problems = problems;
  }
}

const COPIES = 3;

/**
 * `config.json` of a data folder: checked on load, saved by temp file, fsync and rename under a lock shared by every process,
 * the last good copies kept beside it (`config.json.1` is the newest), edits from outside noticed.
 */
export class ConfigFile {
  readonly path: string;
  /** The data folder. */
  readonly folder: string;
  #current: Config = emptyConfig();
  #text: string | undefined;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #changed: ((config: Config, before: Config) => void) | undefined;
  /** What reads or writes right now, and what waits for it. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.folder = folder;
    this.path = join(folder, 'config.json');
  }

  /** The last config that was good. */
  get current(): Config {
    return this.#current;
  }

  /** Reads the file; an absent one is an empty config. Throws ConfigError when it is broken. */
  async load(): Promise<Config> {
    return await this.#alone(() => this.#load());
  }

  /** Reads, changes and saves under the lock. `change` gets a copy it may alter. Gives what `change` gives. */
  async update<T>(change: (config: Config) => T): Promise<T> {
    return await this.#locked(async () => {
      const next = structuredClone(await this.#reload());
      const result = change(next);
      await this.#save(this.#checked(next));
      return result;
    });
  }

  /**
   * Puts another config in the place of the file, also when the file is broken, under the lock. `keep` is called before, with the text
   * that is there: what it does not keep is gone, as a broken file is not put among the last good copies.
   */
  async replace(config: Config, keep: (text: string | undefined) => Promise<void>): Promise<void> {
    const checked = this.#checked(config);
    await this.#locked(async () => {
      const isBroken = await this.#reload().then(
        () => false,
        (error: unknown) => {
          if (error instanceof ConfigError) return true;
          throw error;
        },
      );
      await keep(await this.#read());
      if (isBroken) this.#text = undefined;
      await this.#save(checked);
    });
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    return await locked(this.folder, 'config', () => this.#alone(work));
  }

  /** One after the other: a slow read must not bring back, in memory, what was replaced meanwhile. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => {});
    return await mine;
  }

  async #load(): Promise<Config> {
    const text = await this.#read();
    this.#current = text === undefined ? emptyConfig() : configFromText(text, this.path, await this.#lastGood());
    this.#text = text;
    return this.#current;
  }

  /** Reads the file and tells who watches when somebody else had changed it; also before a change of our own, which would hide that. */
  async #reload(): Promise<Config> {
    const [text, before] = [this.#text, this.#current];
    const config = await this.#load();
    if (this.#text !== text) this.#changed?.(config, before);
    return config;
  }

  #checked(config: Config): Config {
    const checked = configSchema.safeParse(config);
    if (!checked.success) throw new ConfigError(this.path, describeIssues(checked.error), undefined);
    return checked.data;
  }

  /** Calls back when the file was changed from outside: with the new config and the one before, or with what is wrong (the last good one stays in use). */
  watch(changed: (config: Config, before: Config) => void, broken: (error: Error) => void): void {
    this.#changed = changed;
    const reload = async (): Promise<void> => {
      try {
        await this.#alone(() => this.#reload());
      } catch (error) {
        broken(error instanceof Error ? error : new Error(String(error)));
      }
    };
    this.#watcher = watch(this.folder, (_event, file) => {
      if (file !== null && file !== 'config.json') return;
      clearTimeout(this.#timer);
      // Editors write in several steps; a moment's wait reads the file once and whole.
      this.#timer = setTimeout(() => void reload(), 50);
      this.#timer.unref();
    });
    this.#watcher.unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
    this.#changed = undefined;
  }

  async #read(): Promise<string | undefined> {
    return await readFile(this.path, 'utf8').catch(ignoreMissing);
  }

  async #save(config: Config): Promise<void> {
    const text = `${JSON.stringify(config, null, 2)}\n`;
    if (text === this.#text) return;
    if (this.#text !== undefined) await this.#keepCopy();
    await writeFileAtomic(this.path, text, { mode: 0o600, fsync: true });
    this.#current = config;
    this.#text = text;
  }

  async #keepCopy(): Promise<void> {
    for (let n = COPIES - 1; n >= 1; n -= 1) {
      await rename(`${this.path}.${n}`, `${this.path}.${n + 1}`).catch(ignoreMissing);
    }
    await copyFile(this.path, `${this.path}.1`);
    await chmod(`${this.path}.1`, 0o600);
  }

  async #lastGood(): Promise<string | undefined> {
    const copy = `${this.path}.1`;
    return (await stat(copy).catch(ignoreMissing)) ? copy : undefined;
  }
}

/**
 * The config a text holds: JSON, with comments and trailing commas allowed. Throws ConfigError, which calls the text `file` and says
 * where it is broken.
 */
export function configFromText(text: string, file: string, lastGood?: string): Config {
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first || !tree) {
    const lines = text.slice(0, first?.offset ?? 0).split('\n');
    const what = first ? printParseErrorCode(first.error) : 'the file is empty';
    throw new ConfigError(file, [`line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}: ${what}`], lastGood);
  }
  const checked = configSchema.safeParse(getNodeValue(tree));
  if (!checked.success) throw new ConfigError(file, describeIssues(checked.error), lastGood);
  return checked.data;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}

/** A short id for accounts and keys: unique, and not a secret. */
export function newShortId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 10);
}
