import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { lineOf } from '../../../src/ledger/store/journal-line.ts';
import { type LedgerStore, openLedger } from '../../../src/ledger/store/open-ledger.ts';
import { inFolder, recordWith } from './records.ts';

const NOW = Date.parse('2026-11-20T12:30:00Z');
const now = (): number => NOW;

async function idsOf(ledger: Ledger): Promise<string[]> {
  return (await ledger.requests({ limit: 100 })).map(({ id }) => id).sort();
}

async function withLedger<T>(folder: string, work: (ledger: LedgerStore, log: string[]) => Promise<T>): Promise<T> {
  const log: string[] = [];
  const ledger = (await openLedger({ folder, now, log: (line) => log.push(line) })) as LedgerStore;
  try {
    return await work(ledger, log);
  } finally {
    await ledger.close();
  }
}

const withRecords = (folder: string, ...ids: string[]): Promise<void> =>
  withLedger(folder, async (ledger) => {
    for (const id of ids) ledger.add(recordWith(id));
  });

const reopened = (folder: string): Promise<string[]> => withLedger(folder, (ledger) => idsOf(ledger));
const namesIn = async (folder: string): Promise<string[]> => (await readdir(folder)).sort();

describe('the ledger of a folder', () => {
  it('sees what was added before, at once', () =>
    inFolder((folder) =>
      withLedger(folder, async (ledger) => {
        ledger.add(recordWith('a'));
        expect(await idsOf(ledger)).toEqual(['a']);
        expect((await ledger.usage({ by: ['model'] }))[0]).toMatchObject({
          by: ['anthropic/claude-sonnet'],
          requests: 1,
          inputTokens: 1000,
        });
        expect(await ledger.state()).toEqual({ records: 1, bytes: 0, oldest: recordWith('a').at, oldestDay: undefined, notices: [] });
      }),
    ));

  it('has everything again after a close, in one file', () =>
    inFolder(async (folder) => {
      await withRecords(join(folder, 'new', 'folder'), 'a', 'b');
      expect(await reopened(join(folder, 'new', 'folder'))).toEqual(['a', 'b']);
      expect(await namesIn(join(folder, 'new', 'folder'))).toEqual(['ledger.sqlite']);
    }));

  it('ignores what is added after the close, and is closed once', () =>
    inFolder(async (folder) => {
      const ledger = await openLedger({ folder, now });
      ledger.add(recordWith('a'));
      await Promise.all([ledger.close(), ledger.close()]);
      ledger.add(recordWith('b'));
      expect(await reopened(folder)).toEqual(['a']);
    }));

  it('reads what only the journal has', () =>
    inFolder(async (folder) => {
      await withRecords(folder, 'a');
      await writeFile(join(folder, 'ledger.journal.70'), lineOf(recordWith('b')) + lineOf(recordWith('a')));
      await writeFile(join(folder, 'ledger.journal.1'), lineOf(recordWith('in the file already')));
      expect(await reopened(folder)).toEqual(['a', 'b']);
      expect(await reopened(folder)).toEqual(['a', 'b']);
      expect(await namesIn(folder)).toEqual(['ledger.sqlite']);
    }));

  it('drops the journal that a checkpoint has saved, and no more', () =>
    inFolder(async (folder) => {
      await withLedger(folder, async (ledger) => {
        ledger.add(recordWith('a'));
        await ledger.flush();
        expect(await namesIn(folder)).toContain('ledger.journal.1');
        const saving = ledger.checkpoint();
        // Answered after the copy for the file was taken.
        await ledger.state();
        ledger.add(recordWith('b'));
        await saving;
        await ledger.flush();
        const copy = join(folder, 'copy');
        await mkdir(copy);
        for (const file of (await readdir(folder)).filter((name) => name.startsWith('ledger.') && !name.endsWith('.lock'))) {
          await copyFile(join(folder, file), join(copy, file));
        }
        expect((await namesIn(copy)).filter((name) => name.includes('journal'))).toHaveLength(1);
      });
      expect(await reopened(join(folder, 'copy'))).toEqual(['a', 'b']);
    }));
});

describe('damage', () => {
  const damages: [string, (path: string) => Promise<void>][] = [
    ['garbage', (path) => writeFile(path, Buffer.alloc(20_000, 'garbage'))],
    ['cut short', (path) => truncate(path, 9000)],
    ['cut within the header', (path) => truncate(path, 50)],
    ['empty', (path) => truncate(path, 0)],
    [
      'overwritten in the middle',
      async (path) => writeFile(path, Buffer.concat([(await readFile(path)).subarray(0, 4096), Buffer.alloc(40_000, 7)])),
    ],
  ];
  it.each(damages)('sets a file aside that is %s, says so, and starts afresh with the journal', (_, damage) =>
    inFolder(async (folder) => {
      await withRecords(folder, 'a');
      await damage(join(folder, 'ledger.sqlite'));
      const damaged = await readFile(join(folder, 'ledger.sqlite'));
      await writeFile(join(folder, 'ledger.journal.5'), lineOf(recordWith('b')));
      await withLedger(folder, async (ledger, log) => {
        expect(await idsOf(ledger)).toEqual(['b']);
        const { notices } = await ledger.state();
        expect(notices).toEqual([expect.stringContaining(`it was kept as ledger.sqlite.damaged-${NOW}`)]);
        expect(log).toEqual(notices);
        ledger.add(recordWith('c'));
      });
      expect(await reopened(folder)).toEqual(['b', 'c']);
      expect(await readFile(join(folder, `ledger.sqlite.damaged-${NOW}`))).toEqual(damaged);
    }),
  );

  it('leaves out the line that was being written', () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, 'ledger.journal.1'), (lineOf(recordWith('a')) + lineOf(recordWith('b'))).slice(0, -20));
      await withLedger(folder, async (ledger, log) => {
        expect(await idsOf(ledger)).toEqual(['a']);
        expect(log).toEqual([]);
      });
    }));

  it('keeps a damaged line aside, once, and reads the others', () =>
    inFolder(async (folder) => {
      const altered = lineOf(recordWith('b')).replace('"work"', '"home"');
      await writeFile(join(folder, 'ledger.journal.1'), `${lineOf(recordWith('a'))}${altered}\0\0\n${lineOf(recordWith('c'))}`);
      await withLedger(folder, async (ledger, log) => {
        expect(await idsOf(ledger)).toEqual(['a', 'c']);
        expect(log).toEqual([`Damaged lines of the ledger's journal: 2, kept in ledger.journal.damaged-${NOW}.`]);
      });
      expect(await readFile(join(folder, `ledger.journal.damaged-${NOW}`), 'utf8')).toBe(`${altered}\0\0\n`);
      await withLedger(folder, async (ledger, log) => {
        expect(await idsOf(ledger)).toEqual(['a', 'c']);
        expect(log).toEqual([]);
      });
    }));

  it('sets a file of a newer version aside', () =>
    inFolder(async (folder) => {
      await withRecords(folder, 'a');
      const path = join(folder, 'ledger.sqlite');
      const bytes = await readFile(path);
      // user_version: https://sqlite.org/fileformat.html#the_database_header, offset 60.
      bytes.writeUInt32BE(99, 60);
      await writeFile(path, bytes);
      await withLedger(folder, async (ledger, log) => {
        expect(await idsOf(ledger)).toEqual([]);
        expect(log).toEqual([
          expect.stringContaining(`newer version (it has version 99, known are those up to 1): it was kept as ledger.sqlite.newer-${NOW}`),
        ]);
      });
    }));

  it('keeps the journal when the file cannot be saved, says so once, and saves it later', () =>
    inFolder(async (folder) => {
      await withLedger(folder, async (ledger, log) => {
        ledger.add(recordWith('a'));
        await ledger.flush();
        await mkdir(join(folder, `ledger.sqlite.tmp-${process.pid}`));
        await ledger.checkpoint();
        await ledger.checkpoint();
        expect(log).toEqual([expect.stringMatching(/^The ledger could not be saved and will be tried again.*EISDIR/)]);
        expect(await namesIn(folder)).toContain('ledger.journal.1');
        await rm(join(folder, `ledger.sqlite.tmp-${process.pid}`), { recursive: true });
        ledger.add(recordWith('b'));
        await ledger.checkpoint();
        expect((await namesIn(folder)).filter((name) => name.includes('journal'))).toEqual([]);
      });
      expect(await reopened(folder)).toEqual(['a', 'b']);
    }));

  it('works in memory where there can be no folder, and says so once', () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, 'file'), '');
      await withLedger(join(folder, 'file', 'ledger'), async (ledger, log) => {
        ledger.add(recordWith('a'));
        await ledger.flush();
        await ledger.checkpoint();
        expect(await idsOf(ledger)).toEqual(['a']);
        expect(log).toEqual([expect.stringMatching(/^Requests are counted in memory only, for now: .*ENOTDIR/)]);
      });
    }));
});

describe('two processes', () => {
  it('leaves the file to the first; the second counts in memory, and saves when the first has ended', () =>
    inFolder(async (folder) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
      try {
        const first = await openLedger({ folder, now });
        first.add(recordWith('a'));
        await first.flush();
        await withLedger(folder, async (second, log) => {
          expect(log).toEqual([expect.stringContaining('another process writes the ledger')]);
          expect(await idsOf(second)).toEqual(['a']);
          second.add(recordWith('b'));
          await second.flush();
          await second.checkpoint();
          expect(await idsOf(first)).toEqual(['a']);
          first.add(recordWith('c'));
          await first.close();
          expect(await namesIn(folder)).toEqual(['ledger.sqlite']);
          await vi.advanceTimersByTimeAsync(5000);
          await vi.waitFor(async () => expect(await idsOf(second)).toEqual(['a', 'b', 'c']));
          expect(log.slice(1)).toEqual(['The ledger is on disk again.']);
        });
        expect(await reopened(folder)).toEqual(['a', 'b', 'c']);
      } finally {
        vi.useRealTimers();
      }
    }));

  it('loses nothing when the lock is taken away and comes back', () =>
    inFolder(async (folder) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
      try {
        await withLedger(folder, async (ledger) => {
          ledger.add(recordWith('a'));
          await ledger.flush();
          await rm(join(folder, 'ledger.lock'), { recursive: true });
          // The lock is renewed every five seconds, and is missed then.
          await vi.waitFor(async () => {
            await vi.advanceTimersByTimeAsync(5000);
            expect(await namesIn(folder)).toContain('ledger.lock');
          });
          ledger.add(recordWith('b'));
          expect(await idsOf(ledger)).toEqual(['a', 'b']);
        });
        expect(await reopened(folder)).toEqual(['a', 'b']);
      } finally {
        vi.useRealTimers();
      }
    }));

  it('takes over at once from a process of this machine that is gone', () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, 'ledger.lock'));
      const { hostname } = await import('node:os');
      // Beyond what Linux, macOS and Windows give out.
      await writeFile(join(folder, 'ledger.owner'), JSON.stringify({ pid: 2 ** 30, host: hostname() }));
      await withLedger(folder, async (_, log) => expect(log).toEqual([]));
      await mkdir(join(folder, 'ledger.lock'));
      await writeFile(join(folder, 'ledger.owner'), JSON.stringify({ pid: 2 ** 30, host: 'elsewhere' }));
      await withLedger(folder, async (_, log) => expect(log).toHaveLength(1));
      await rm(join(folder, 'ledger.lock'), { recursive: true });
    }));
});

describe("the ledger's thread", () => {
  it('is started again when it dies, and nothing is missing', () =>
    inFolder(async (folder) => {
      const threads: Worker[] = [];
      const heard = (worker: Worker): number => threads.push(worker);
      process.on('worker', heard);
      try {
        await withLedger(folder, async (ledger, log) => {
          ledger.add(recordWith('a'));
          expect(await idsOf(ledger)).toEqual(['a']);
          await ledger.checkpoint();
          ledger.add(recordWith('b'));
          const asked = idsOf(ledger);
          const ended = threads[0]?.terminate();
          ledger.add(recordWith('c'));
          await ended;
          ledger.add(recordWith('d'));
          expect(await asked).toEqual(expect.arrayContaining(['a', 'b']));
          expect(await idsOf(ledger)).toEqual(['a', 'b', 'c', 'd']);
          expect(threads).toHaveLength(2);
          expect(log).toEqual(["The ledger's thread ended (it ended) and is started again."]);
        });
        expect(await reopened(folder)).toEqual(['a', 'b', 'c', 'd']);
      } finally {
        process.off('worker', heard);
      }
    }));
});
