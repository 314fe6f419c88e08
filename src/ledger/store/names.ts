import type { SqlDatabase } from './sql-database.ts';

/** Stands for "none": no name has it. */
export const NO_NAME = 0;

/** Names as small numbers: the same few stand in every row. */
export class Names {
  readonly #db: SqlDatabase;
  readonly #ids = new Map<string, number>([['', NO_NAME]]);
  readonly #names: string[] = [''];

  constructor(db: SqlDatabase) {
    this.#db = db;
    for (const [id, name] of db.rows('SELECT id, name FROM names')) this.#keep(Number(id), String(name));
  }

  /** The number of a name, which is kept if it is new; that of '' is `NO_NAME`. */
  idOf(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#names.length;
    this.#db.run('INSERT INTO names (id, name) VALUES (?, ?)', [id, name]);
    this.#keep(id, name);
    return id;
  }

  /** The number of a name if there is one. */
  find(name: string): number | undefined {
    return this.#ids.get(name);
  }

  /** The numbers of the names that hold a text, which is in small letters. */
  codesWith(text: string): Set<number> {
    const codes = new Set<number>();
    for (const [id, name] of this.#names.entries()) if (name?.toLowerCase().includes(text)) codes.add(id);
    return codes;
  }

  nameOf(id: number): string {
    return this.#names[id] ?? '';
  }

  #keep(id: number, name: string): void {
    this.#ids.set(name, id);
    this.#names[id] = name;
  }
}
