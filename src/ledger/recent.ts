import type { RequestRecord } from './record.ts';

/** The newest records, in memory: enough to see what is going on. The lasting ledger is a room of its own. */
export class RecentRecords {
  readonly #records: RequestRecord[] = [];
  readonly #most: number;

  constructor(most = 1000) {
    this.#most = most;
  }

  add(record: RequestRecord): void {
    this.#records.push(record);
    if (this.#records.length > this.#most) this.#records.shift();
  }

  /** Newest last. */
  list(): RequestRecord[] {
    return [...this.#records];
  }
}
