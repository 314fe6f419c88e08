import type { Database, SqlJs, SqlValue, Statement } from 'sql.js';

/** In memory there is nothing to sync, and a rollback journal is needed for transactions alone. */
const PRAGMAS = 'PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;';

/** A database in memory: prepared statements are kept, and made anew where sql.js frees them. */
export class SqlDatabase {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(sql: SqlJs, bytes?: Uint8Array) {
    this.#db = new sql.Database(bytes);
    try {
      this.#db.run(PRAGMAS);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Several statements, not prepared. */
  script(sql: string): void {
    this.#db.run(sql);
  }

  run(sql: string, values: readonly SqlValue[] = []): void {
    this.#statement(sql).run(values);
  }

  /** Rows the last `run` changed. */
  get changed(): number {
    return this.#db.getRowsModified();
  }

  *rows(sql: string, values: readonly SqlValue[] = []): Generator<SqlValue[]> {
    const statement = this.#statement(sql);
    statement.bind(values);
    try {
      while (statement.step()) yield statement.get();
    } finally {
      statement.reset();
    }
  }

  /** The first column of the first row; `null` where there is none. */
  value(sql: string, values: readonly SqlValue[] = []): SqlValue {
    for (const [value] of this.rows(sql, values)) return value ?? null;
    return null;
  }

  /** All or nothing. */
  transaction(work: () => void): void {
    this.script('BEGIN');
    try {
      work();
    } catch (error) {
      this.script('ROLLBACK');
      throw error;
    }
    this.script('COMMIT');
  }

  /** Bytes of the rows; the file may be larger until it is compacted. */
  get liveBytes(): number {
    return (this.#number('page_count') - this.#number('freelist_count')) * this.#number('page_size');
  }

  /** Gives free pages back when they are more than an eighth. */
  compact(): void {
    if (this.#number('freelist_count') * 8 > this.#number('page_count')) this.script('VACUUM');
  }

  /** A copy of the file. */
  export(): Uint8Array {
    // sql.js frees them itself, as it closes and reopens the database.
    this.#statements.clear();
    const bytes = this.#db.export();
    this.#db.run(PRAGMAS);
    return bytes;
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #number(pragma: string): number {
    return Number(this.#db.exec(`PRAGMA ${pragma}`)[0]?.values[0]?.[0] ?? 0);
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
