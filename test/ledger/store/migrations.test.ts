import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Book } from '../../../src/ledger/store/book.ts';
import { MIGRATIONS } from '../../../src/ledger/store/migrations/migrations.ts';
import { SqlDatabase } from '../../../src/ledger/store/sql-database.ts';
import { FIXTURE_RECORDS, fixturePath } from './fixture-records.ts';
import { loadSql } from './records.ts';

const versions = MIGRATIONS.map((_, i) => i + 1);

describe('a file of an earlier version', () => {
  it.each(versions)('is read as it was: version %i', async (version) => {
    const sql = await loadSql();
    const book = new Book(sql, await readFile(fixturePath(version)));
    expect(book.requests({ limit: 9 })).toEqual(FIXTURE_RECORDS.slice(2).reverse());
    expect(book.appliedSegment).toBe(12);
    expect(book.usage({ by: ['day'] })).toMatchObject([
      { by: ['2026-11-17'], requests: 2, inputTokens: 2000, cost: 0.01, saved: 0.5, cacheHitShare: 0.6, tokensPerSecond: 100 },
      { by: ['2026-11-20'], requests: 3, failed: 1, inputTokens: 1000, cost: 0.01, saved: null, fallbacks: 1 },
    ]);
    const now = new SqlDatabase(sql, book.export(13));
    expect(now.value('PRAGMA user_version')).toBe(MIGRATIONS.length);
  });

  it('is of the very version it stands for', async () => {
    const sql = await loadSql();
    for (const version of versions) {
      expect(new SqlDatabase(sql, await readFile(fixturePath(version))).value('PRAGMA user_version')).toBe(version);
    }
  });
});
