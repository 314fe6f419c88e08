import { writeFile } from 'node:fs/promises';
import { Book } from '../../../src/ledger/store/book.ts';
import { MIGRATIONS } from '../../../src/ledger/store/migrations/migrations.ts';
import { FIXTURE_RECORDS, fixturePath } from './fixture-records.ts';
import { loadSql } from './records.ts';

/** Writes the fixture of the newest schema: run once when it is released, `node test/ledger/store/make-fixture.ts`. */
const book = new Book(await loadSql());
for (const record of FIXTURE_RECORDS) book.add(record);
book.retain({ maxBytes: Number.POSITIVE_INFINITY, keepDays: 1 }, Date.parse('2026-11-20T12:00:00Z'));
await writeFile(fixturePath(MIGRATIONS.length), book.export(12));
