import type { Columns } from './columns.ts';
import { NAME_DIMENSIONS, type NameDimension } from './measured.ts';
import type { Names } from './names.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Names a text is looked for in, beside the one asked for. */
const SEARCHED: ReadonlySet<NameDimension> = new Set(['model', 'account', 'key', 'client', 'combo']);
/** What ids are made of: a text with anything else in it is part of none. */
const PART_OF_ID = /^[\w.:-]+$/;

const FIND = "SELECT seq FROM requests WHERE seq > ? AND id LIKE ? ESCAPE '\\'";
const LAST = 'SELECT max(seq) FROM requests';

/** Finds records by part of a name or of their id. A few names stand for all records, so that 100,000 of them are not read for each letter. */
export class Search {
  readonly #db: SqlDatabase;
  readonly #names: Names;
  /** What was last looked for among the ids; those up to `upTo` are known. */
  #ids = { text: '', upTo: 0, found: new Set<number>() };

  constructor(db: SqlDatabase, names: Names) {
    this.#db = db;
    this.#names = names;
  }

  /** A test for records by their index; good until the columns change. */
  records(text: string, columns: Columns): (i: number) => boolean {
    const wanted = text.toLowerCase();
    const hits = this.#names.codesWith(wanted);
    const searched = NAME_DIMENSIONS.flatMap((name, d) => (SEARCHED.has(name) ? [columns.codes[d] ?? new Int32Array()] : []));
    const codes = [columns.requested, ...searched];
    const ids = PART_OF_ID.test(wanted) ? this.#idsWith(wanted) : new Set<number>();
    const { seq } = columns.numbers;
    return (i) => codes.some((column) => hits.has(column[i] ?? 0)) || ids.has(seq[i] ?? 0);
  }

  /** Numbers of the records whose id holds the text: those that came since the last question are asked for alone. */
  #idsWith(text: string): ReadonlySet<number> {
    const known = this.#ids.text === text ? this.#ids : { text, upTo: 0, found: new Set<number>() };
    const upTo = Number(this.#db.value(LAST) ?? 0);
    // Records that are no longer there may stay in the set: nobody has their number again.
    for (const [seq] of this.#db.rows(FIND, [known.upTo, `%${text.replace(/[_%\\]/g, '\\$&')}%`])) known.found.add(Number(seq));
    this.#ids = { ...known, upTo };
    return known.found;
  }
}
