import type { SqlJs } from 'sql.js';
import type { LedgerFilter, RequestFilter, UsageQuery, UsageRow } from '../ledger.ts';
import type { RequestRecord } from '../record.ts';
import { Columns } from './columns.ts';
import { Days } from './days.ts';
import { countRequests, listRequests, requestById } from './list-requests.ts';
import { MEASURED, MEASURED_SQL, type MeasuredRow, measuresOf } from './measured.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import { Names } from './names.ts';
import { COLUMNS, rowOf } from './record-row.ts';
import { type Retention, retain } from './retention.ts';
import { Search } from './search.ts';
import { SqlDatabase } from './sql-database.ts';
import { type Kept, usageOf } from './usage.ts';

const INSERT = `INSERT OR IGNORE INTO requests (seq, ${COLUMNS.join(', ')}) VALUES (?, ${COLUMNS.map(() => '?').join(', ')})`;

/** A file of a later version of the program. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
}

/** The ledger in memory: the database and what is counted from it. Works in the ledger's thread; knows no files. */
export class Book {
  readonly #db: SqlDatabase;
  readonly #names: Names;
  readonly #columns = new Columns();
  readonly #days: Days;
  readonly #search: Search;
  #nextSeq = 1;

  /** Throws what sql.js throws when `bytes` are not a whole database, and NewerSchema. */
  constructor(sql: SqlJs, bytes?: Uint8Array) {
    this.#db = new SqlDatabase(sql, bytes);
    try {
      migrate(this.#db);
      this.#names = new Names(this.#db);
      this.#days = new Days(this.#db);
      this.#search = new Search(this.#db, this.#names);
      this.#measureAll();
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** The last segment of the journal whose records are all in here. */
  get appliedSegment(): number {
    return Number(this.#db.value("SELECT value FROM meta WHERE key = 'appliedSegment'") ?? 0);
  }

  get records(): number {
    return this.#columns.length;
  }

  /** Time of the oldest single record. */
  get oldest(): number | undefined {
    const at = this.#db.value('SELECT min(at) FROM requests');
    return at === null ? undefined : Number(at);
  }

  get oldestDay(): string | undefined {
    return this.#days.oldest;
  }

  /** Adds a record; one whose id is known is left out. */
  add(record: RequestRecord): void {
    const row = rowOf(record, this.#names);
    this.#db.run(INSERT, [this.#nextSeq, ...COLUMNS.map((column) => row[column])]);
    if (this.#db.changed === 0) return;
    this.#columns.append(measuresOf({ ...row, seq: this.#nextSeq }, this.#names));
    this.#nextSeq += 1;
  }

  usage(query: UsageQuery): UsageRow[] {
    return usageOf(this.#kept, query);
  }

  requests(filter: RequestFilter): RequestRecord[] {
    return listRequests(this.#db, this.#kept, filter);
  }

  count(filter: LedgerFilter): number {
    return countRequests(this.#kept, filter);
  }

  request(id: string): RequestRecord | undefined {
    return requestById(this.#db, this.#names, id);
  }

  /** Gives how many records were rolled up. */
  retain(retention: Retention, now: number): number {
    return retain(this.#db, this.#columns, this.#days, retention, now);
  }

  /** The file: everything up to and with this segment of the journal. */
  export(appliedSegment: number): Uint8Array {
    this.#db.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('appliedSegment', ?)", [appliedSegment]);
    return this.#db.export();
  }

  close(): void {
    this.#db.close();
  }

  get #kept(): Kept {
    return { columns: this.#columns, days: this.#days, names: this.#names, search: this.#search };
  }

  #measureAll(): void {
    for (const values of this.#db.rows(`SELECT ${MEASURED_SQL} FROM requests ORDER BY at`)) {
      const row = Object.fromEntries(MEASURED.map((column, i) => [column, values[i] ?? null])) as MeasuredRow;
      this.#columns.append(measuresOf(row, this.#names));
      this.#nextSeq = Math.max(this.#nextSeq, Number(row.seq) + 1);
    }
  }
}

/** Brings a database to the newest schema. Throws for one that is damaged, or newer. */
function migrate(db: SqlDatabase): void {
  const found = db.value('PRAGMA quick_check(1)');
  if (found !== 'ok') throw new Error(String(found));
  const version = Number(db.value('PRAGMA user_version'));
  if (version > MIGRATIONS.length) throw new NewerSchema(`it has version ${version}, known are those up to ${MIGRATIONS.length}`);
  for (const [i, migration] of MIGRATIONS.entries()) {
    if (i < version) continue;
    db.transaction(() => db.script(`${migration}; PRAGMA user_version = ${i + 1}`));
  }
}
