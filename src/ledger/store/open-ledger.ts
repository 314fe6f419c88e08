import type { Ledger, LedgerFilter, LedgerState, RequestFilter, UsageQuery, UsageRow } from '../ledger.ts';
import type { RequestRecord } from '../record.ts';
import { Locked, lockFolder } from './folder-lock.ts';
import { Journal } from './journal.ts';
import { lineOf } from './journal-line.ts';
import type { Retention } from './retention.ts';
import { removeSegments } from './segments.ts';
import { LedgerWorker, WorkerGone } from './worker-client.ts';
import type { CallName, Calls, Opened } from './worker-protocol.ts';

export interface LedgerOptions {
  /** The data folder; made if it is not there. */
  folder: string;
  settings?: Partial<LedgerSettings>;
  log?: (line: string) => void;
  now?: () => number;
}

export interface LedgerSettings extends Retention {
  /** Single records and daily sums take at most so much; the oldest records become daily sums. */
  maxBytes: number;
  /** Records of earlier days become daily sums. */
  keepDays: number;
}

export const LEDGER_DEFAULTS: LedgerSettings = { maxBytes: 64 * 1024 * 1024, keepDays: 90 };

/** A file of some 250 bytes a record is written anew after so many, or so long after the first of them. */
const CHECKPOINT_RECORDS = 5000;
const CHECKPOINT_MS = 15 * 60_000;
/** At the end a large file is written only for so many: the journal has them, and the editor gives its windows little time to end. */
const CHECKPOINT_AT_END_RECORDS = 500;
const SMALL_FILE_BYTES = 4 * 1024 * 1024;
/** Until the next try to get a folder that is another process's, or cannot be written. */
const LOCKED_RETRY_MS = 5000;
const UNWRITABLE_RETRY_MS = 30_000;
/** A thread that dies is started again after so long, doubled each time up to a minute. */
const RESTART_MS = 100;
const MOST_RESTART_MS = 60_000;
/** Records kept for a thread that does not run; the journal has more. */
const MOST_UNPOSTED = 20_000;

/**
 * Opens the ledger of a data folder: `ledger.sqlite` and its journal. Never rejects, whatever is in the folder: what is damaged is set
 * aside, and without a writable folder of its own the ledger is in memory until it gets one; all that is said in the log and in
 * `state().notices`. Resolves before the file is read: adding need not wait for that, and queries do.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const store = new LedgerStore(options);
  await store.start();
  return store;
}

/** The gateway's side of the ledger: writes the journal and talks to the thread that has the database. */
export class LedgerStore implements Ledger {
  readonly #folder: string;
  readonly #settings: LedgerSettings;
  readonly #log: (line: string) => void;
  readonly #now: () => number;
  readonly #journal: Journal;
  #worker: LedgerWorker;
  /** Resolves when the thread has read what there is. */
  #ready: Promise<void> = Promise.resolve();
  #up = false;
  /** Records the thread was not given yet. */
  #unposted: string[] = [];
  #unlock: (() => Promise<void>) | undefined;
  /** Why there is no lock, as it was said. */
  #refused: string | undefined;
  #notices: string[] = [];
  #bytes = 0;
  /** Records the file does not have. */
  #pending = 0;
  #checkpointing: Promise<void> | undefined;
  #unsaved = false;
  #restartMs = RESTART_MS;
  /** Ends the wait for the thread's next start. */
  #wake: () => void = () => {};
  #retry: NodeJS.Timeout | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  constructor({ folder, settings, log = () => {}, now = Date.now }: LedgerOptions) {
    this.#folder = folder;
    this.#settings = { ...LEDGER_DEFAULTS, ...settings };
    this.#log = log;
    this.#now = now;
    this.#journal = new Journal({
      failed: (error) =>
        this.#say(`The ledger's journal cannot be written: requests are kept in memory and it is tried again. ${reasonOf(error)}`),
      recovered: (lost) => this.#journalRecovered(lost),
    });
    this.#worker = this.#newWorker();
  }

  async start(): Promise<void> {
    await this.#tryLock();
    this.#ready = this.#load();
    this.#timer = setInterval(() => void this.checkpoint(), CHECKPOINT_MS);
    this.#timer.unref();
  }

  add(record: RequestRecord): void {
    if (this.#closing) return;
    let line: string;
    try {
      line = lineOf(record);
    } catch (error) {
      this.#log(`A request could not be put into the ledger: ${reasonOf(error)}`);
      return;
    }
    this.#journal.append(line);
    if (this.#up) this.#worker.add(line);
    else this.#keep(line);
    this.#pending += 1;
    if (this.#pending >= CHECKPOINT_RECORDS && !this.#unsaved) void this.checkpoint();
  }

  requests(filter: RequestFilter): Promise<RequestRecord[]> {
    return this.#ask('requests', filter);
  }

  count(filter: LedgerFilter): Promise<number> {
    return this.#ask('count', filter);
  }

  request(id: string): Promise<RequestRecord | undefined> {
    return this.#ask('request', { id });
  }

  usage(query: UsageQuery): Promise<UsageRow[]> {
    return this.#ask('usage', query);
  }

  async state(): Promise<LedgerState> {
    const state = await this.#ask('state', {});
    return { ...state, bytes: this.#bytes, notices: [...this.#notices] };
  }

  async flush(): Promise<void> {
    await this.#ready;
    await this.#journal.flush();
  }

  /** Saves the file and drops the journal that is in it. Never rejects; one at a time. */
  async checkpoint(): Promise<void> {
    this.#checkpointing ??= this.#save().finally(() => {
      this.#checkpointing = undefined;
    });
    await this.#checkpointing;
  }

  /** Puts everything on disk and ends the thread; later records are ignored. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #keep(line: string): void {
    this.#unposted.push(line);
    if (this.#unposted.length > 2 * MOST_UNPOSTED) this.#unposted.splice(0, MOST_UNPOSTED);
  }

  async #close(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#retry);
    this.#wake();
    await this.#ready;
    await this.#checkpointing;
    await this.#journal.flush();
    const worthwhile = this.#bytes < SMALL_FILE_BYTES ? this.#pending > 0 : this.#pending >= CHECKPOINT_AT_END_RECORDS;
    if (worthwhile) await this.checkpoint();
    await this.#journal.close();
    await this.#worker.stop();
    await this.#unlock?.();
  }

  async #ask<Name extends CallName>(name: Name, ask: Calls[Name]['ask']): Promise<Calls[Name]['answer']> {
    await this.#ready;
    try {
      return await this.#worker.call(name, ask);
    } catch (error) {
      if (!(error instanceof WorkerGone) || this.#closing) throw error;
    }
    // The thread died over it, or before: once more with the next.
    await this.#ready;
    return this.#worker.call(name, ask);
  }

  /** Lets the thread read file and journal, and gives it what is in neither. Never rejects. */
  async #load(): Promise<void> {
    this.#up = false;
    await this.#journal.flush();
    try {
      const opened = await this.#worker.call('open', {
        folder: this.#folder,
        writable: this.#unlock !== undefined,
        retention: this.#settings,
        now: this.#now(),
      });
      this.#loaded(opened);
    } catch (error) {
      // A thread that died is started again, which loads.
      if (!(error instanceof WorkerGone)) this.#say(`The ledger could not be read: ${reasonOf(error)}`);
    }
  }

  #loaded({ segment, replayed, notices, bytes }: Opened): void {
    for (const notice of notices) this.#say(notice);
    this.#bytes = bytes;
    this.#restartMs = RESTART_MS;
    // A record given twice is known by its id.
    const lines = new Set([...this.#journal.waiting, ...this.#unposted]);
    for (const line of lines) this.#worker.add(line);
    this.#unposted = [];
    this.#up = true;
    this.#pending = replayed + lines.size;
    if (this.#unlock && !this.#journal.begun) this.#journal.begin(this.#folder, segment + 1);
    // What was damaged is not found again.
    if (notices.length > 0) void this.checkpoint();
  }

  async #save(): Promise<void> {
    await this.#ready;
    if (!this.#unlock || !this.#up) return;
    const segment = this.#journal.cut();
    const pending = this.#pending;
    try {
      const { bytes } = await this.#worker.call('checkpoint', { folder: this.#folder, segment, now: this.#now() });
      this.#bytes = bytes;
      this.#pending -= pending;
      // Lines of these segments that still wait are in the file already; they would only come back as known ids.
      await this.#journal.flush();
      await removeSegments(this.#folder, segment);
      this.#unsaved = false;
    } catch (error) {
      if (!this.#unsaved)
        this.#say(`The ledger could not be saved and will be tried again; its journal has what is new. ${reasonOf(error)}`);
      this.#unsaved = true;
    }
  }

  async #tryLock(): Promise<void> {
    try {
      this.#unlock = await lockFolder(this.#folder, () => void this.#lockLost());
      if (this.#refused !== undefined) this.#say('The ledger is on disk again.');
      this.#refused = undefined;
    } catch (error) {
      const locked = error instanceof Locked;
      const why = locked ? 'another process writes the ledger of this folder' : reasonOf(error);
      if (this.#refused !== why) this.#say(`Requests are counted in memory only, for now: ${why}.`);
      this.#refused = why;
      this.#retryLock(locked ? LOCKED_RETRY_MS : UNWRITABLE_RETRY_MS);
    }
  }

  #retryLock(ms: number): void {
    if (this.#closing) return;
    this.#retry = setTimeout(() => void this.#attach(), ms);
    this.#retry.unref();
  }

  async #attach(): Promise<void> {
    await this.#ready;
    await this.#tryLock();
    if (!this.#unlock) return;
    this.#ready = this.#load();
    await this.#ready;
  }

  async #lockLost(): Promise<void> {
    this.#unlock = undefined;
    if (this.#closing) return;
    await this.#journal.suspend();
    this.#retryLock(LOCKED_RETRY_MS);
  }

  #newWorker(): LedgerWorker {
    return new LedgerWorker({ log: this.#log, died: (reason) => this.#workerDied(reason) });
  }

  #workerDied(reason: string): void {
    this.#up = false;
    if (this.#closing) return;
    this.#log(`The ledger's thread ended (${reason}) and is started again.`);
    const wait = this.#restartMs;
    this.#restartMs = Math.min(wait * 2, MOST_RESTART_MS);
    this.#ready = new Promise((resolve) => {
      this.#wake = () => resolve(this.#restart());
      setTimeout(this.#wake, wait).unref();
    });
  }

  async #restart(): Promise<void> {
    this.#wake = () => {};
    if (this.#closing) return;
    this.#worker = this.#newWorker();
    await this.#load();
  }

  #journalRecovered(lost: number): void {
    this.#say("The ledger's journal is written again.");
    // What was given up is in memory still.
    if (lost > 0) void this.checkpoint();
  }

  #say(notice: string): void {
    this.#notices = [...this.#notices.slice(-19), notice];
    this.#log(notice);
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
