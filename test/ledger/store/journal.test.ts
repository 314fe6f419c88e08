import { mkdir, readdir, rm } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { Journal } from '../../../src/ledger/store/journal.ts';
import { lineOf, recordOf } from '../../../src/ledger/store/journal-line.ts';
import { readSegment, segmentPath } from '../../../src/ledger/store/segments.ts';
import { inFolder, recordWith } from './records.ts';

const line = (id: string): string => lineOf(recordWith(id));
const idsIn = async (folder: string, segment: number): Promise<string[]> =>
  (await readSegment(folder, segment)).records.map(({ id }) => id);

describe('the journal', () => {
  it('writes lines in their order, to the segment they belong to', () =>
    inFolder(async (folder) => {
      const journal = new Journal({ failed: vi.fn(), recovered: vi.fn() });
      journal.append(line('before'));
      journal.begin(folder, 4);
      for (const id of ['a', 'b']) journal.append(line(id));
      expect(journal.cut()).toBe(4);
      journal.append(line('c'));
      await journal.flush();
      expect(journal.waiting).toEqual([]);
      expect([await idsIn(folder, 4), await idsIn(folder, 5)]).toEqual([['before', 'a', 'b'], ['c']]);
      await journal.close();
    }));

  it('keeps what the disk refuses, says so once, and writes it to a new segment', () =>
    inFolder(async (folder) => {
      const [failed, recovered] = [vi.fn(), vi.fn()];
      await mkdir(segmentPath(folder, 1));
      const journal = new Journal({ failed, recovered });
      journal.begin(folder, 1);
      journal.append(line('a'));
      await journal.flush();
      journal.append(line('b'));
      await journal.flush();
      expect(failed).toHaveBeenCalledTimes(1);
      expect(journal.waiting).toEqual([line('a'), line('b')]);
      await rm(segmentPath(folder, 1), { recursive: true });
      await journal.close();
      expect(await readdir(folder)).toEqual(['ledger.journal.2']);
      expect(await idsIn(folder, 2)).toEqual(['a', 'b']);
      expect(recovered.mock.calls).toEqual([[0]]);
    }));

  it('keeps the newest lines when it cannot write for long', () => {
    const journal = new Journal({ failed: vi.fn(), recovered: vi.fn() });
    for (let i = 0; i < 20_005; i++) journal.append(`${i}`);
    expect([journal.waiting.length, journal.waiting[0], journal.waiting.at(-1)]).toEqual([20_000, '5', '20004']);
  });

  it('knows a line that is not what was written', () => {
    const whole = line('a');
    expect(recordOf(whole)).toEqual(recordWith('a'));
    for (let end = 0; end < whole.length - 1; end++) expect(recordOf(whole.slice(0, end))).toBeUndefined();
    expect(recordOf(whole.replace('work', 'home'))).toBeUndefined();
  });
});
