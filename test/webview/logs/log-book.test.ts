import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../src/log/log-line.ts';
import {
  EMPTY_BOOK,
  type LogBook,
  MOST_LINES,
  paused,
  resumed,
  withNew,
  withOlder,
  withTail,
} from '../../../webview/pages/logs/log-book.ts';

const line = (n: number): LogLine => {
  const time = new Date(Date.UTC(2026, 10, 23) + n).toISOString();
  return { id: `l${n}`, time, level: 'info', message: `line ${n}` };
};
const lines = (from: number, to: number): LogLine[] => Array.from({ length: Math.max(0, to - from) }, (_, at) => line(from + at));
const numbers = ({ lines: all = [] }: LogBook): number[] => all.map(({ id }) => Number(id.slice(1)));
const range = (from: number, to: number): number[] => lines(from, to).map(({ id }) => Number(id.slice(1)));

describe('the lines a page of the log has', () => {
  it('are the end of the log and what follows on it, each once, whichever comes first', () => {
    fc.assert(
      fc.property(fc.nat({ max: 30 }), fc.nat({ max: 30 }), fc.nat({ max: 30 }), fc.nat({ max: 30 }), (a, b, c, d) => {
        const [from, opened, asked, now] = [a, a + b, a + b + c, a + b + c + d] as const;
        // Followed from `opened` on, the answer was made at `asked`.
        let book = withNew(EMPTY_BOOK, lines(opened, now));
        book = withTail(book, { entries: lines(from, asked), more: true });
        expect(numbers(book)).toEqual(range(from, now));
        expect(numbers(withNew(book, lines(opened, now + 1)))).toEqual(range(from, now + 1));
      }),
    );
  });

  it('stay when the log is followed anew and the end joins them', () => {
    let book = withTail(EMPTY_BOOK, { entries: lines(10, 20), more: true });
    book = withOlder(book, { entries: lines(0, 10), more: false });
    book = withTail(book, { entries: lines(15, 30), more: true });
    expect(numbers(book)).toEqual(range(0, 30));
    expect(book.more).toBe(false);
  });

  it('begin anew when lines between are missing: nothing is left out unseen', () => {
    const book = withTail(withTail(EMPTY_BOOK, { entries: lines(0, 10), more: false }), { entries: lines(50, 60), more: true });
    expect(numbers(book)).toEqual(range(50, 60));
    expect(book.more).toBe(true);
  });

  it('wait while it is paused, and come when it goes on', () => {
    let book = paused(withTail(EMPTY_BOOK, { entries: lines(0, 5), more: false }));
    book = withNew(withNew(book, lines(5, 9)), lines(7, 12));
    expect([numbers(book), book.waiting.length]).toEqual([range(0, 5), 7]);
    book = resumed(book);
    expect([numbers(book), book.waiting.length, book.paused]).toEqual([range(0, 12), 0, false]);
  });

  it('are not more than a page can bear; the older ones can be asked for again', () => {
    let book = withTail(EMPTY_BOOK, { entries: [], more: false });
    for (let n = 0; n < MOST_LINES * 3; n += 50) book = withNew(book, lines(n, n + 50));
    expect(numbers(book).length).toBeLessThanOrEqual(MOST_LINES * 1.2);
    expect(numbers(book).at(-1)).toBe(MOST_LINES * 3 - 1);
    expect(book.more).toBe(true);
  });

  it('are the same object when nothing came', () => {
    const book = withTail(EMPTY_BOOK, { entries: lines(0, 3), more: false });
    expect(withNew(book, [])).toBe(book);
  });
});
