import { join } from 'node:path';
import type { Settings } from '../../config/settings.ts';
import type { Capture } from './capture.ts';
import { type CaptureStore, CapturesInMemory, CapturesOnDisk } from './store.ts';

export interface CapturesOptions {
  /** The data folder; files go into `captures/`. */
  folder: string;
  /** Read anew for each request. */
  settings(): Settings['ledger']['capture'];
  redact(text: string): string;
  now(): number;
  log(line: string): void;
}

const HOUR_MS = 3_600_000;
/** How often what is too old is looked for when no request comes. */
const SWEEP_MS = 10 * 60_000;

/** The newest exchanges, whole, for as long as the user has it switched on (`settings.ledger.capture`). Off: nothing is kept. */
export class Captures {
  readonly #options: CapturesOptions;
  readonly #memory = new CapturesInMemory();
  readonly #disk: CapturesOnDisk;
  readonly #timer: NodeJS.Timeout;
  /** One step after the other, so that none removes what another is writing. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: CapturesOptions) {
    this.#options = options;
    this.#disk = new CapturesOnDisk(join(options.folder, 'captures'));
    this.#timer = setInterval(() => void this.#then(() => this.#sweep()), SWEEP_MS);
    this.#timer.unref();
    void this.#then(() => this.#sweep());
  }

  get on(): boolean {
    return this.#options.settings().last > 0;
  }

  /** Takes secrets out of a text. */
  readonly redact = (text: string): string => this.#options.redact(text);

  /** Returns at once, never throws. */
  add(capture: Capture): void {
    void this.#then(async () => {
      await this.#store().add(capture);
      await this.#sweep();
    });
  }

  /** Newest first. */
  async list(): Promise<Capture[]> {
    return (await this.#then(() => this.#afterSweep((store) => store.list()))) ?? [];
  }

  async get(id: string): Promise<Capture | undefined> {
    return await this.#then(() => this.#afterSweep((store) => store.get(id)));
  }

  /** Forgets all of them, in memory and on disk. */
  async clear(): Promise<void> {
    await this.#then(async () => {
      await Promise.all([this.#memory.trim(0, 0), this.#disk.trim(0, 0)]);
    });
  }

  /** What was added is kept. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#last;
  }

  #store(): CaptureStore {
    return this.#options.settings().disk ? this.#disk : this.#memory;
  }

  async #afterSweep<T>(ask: (store: CaptureStore) => Promise<T>): Promise<T> {
    await this.#sweep();
    return await ask(this.#store());
  }

  /** Files that an earlier setting left go when their time is over; what is in memory goes as soon as it is switched off. */
  async #sweep(): Promise<void> {
    const { last, disk, keepHours } = this.#options.settings();
    const since = this.#options.now() - keepHours * HOUR_MS;
    await this.#memory.trim(disk ? 0 : last, since);
    await this.#disk.trim(disk && last > 0 ? last : Number.POSITIVE_INFINITY, since);
  }

  #then<T>(step: () => Promise<T>): Promise<T | undefined> {
    const done = this.#last.then(step).catch((error: unknown) => {
      this.#options.log(`captures: ${String(error)}`);
      return undefined;
    });
    this.#last = done;
    return done;
  }
}
