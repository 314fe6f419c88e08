import { beforeEach, describe, expect, it } from 'vitest';
import { Affinity } from '../../src/routing/affinity.ts';
import { targetFor } from './targets.ts';

const MINUTE = 60_000;

describe('the homes of conversations', () => {
  let now = 0;
  let ttlMs = 10 * MINUTE;
  let book: Affinity;
  beforeEach(() => {
    now = 1_000_000;
    ttlMs = 10 * MINUTE;
    book = new Affinity({ now: () => now, ttlMs: () => ttlMs });
  });
  const a = targetFor({ account: 'a', model: 'm1' });
  const b = targetFor({ account: 'b', model: 'm2' });

  it('are kept by name and session', () => {
    book.bind('work', 's1', a);
    book.bind('auto', 's1', b);
    expect(book.home('work', 's1')).toEqual({ account: 'a', model: 'm1' });
    expect(book.home('auto', 's1')).toEqual({ account: 'b', model: 'm2' });
    expect(book.home('work', 's2')).toBeUndefined();
  });

  it('move when another target answers', () => {
    book.bind('work', 's1', a);
    book.bind('work', 's1', b);
    expect(book.home('work', 's1')).toEqual({ account: 'b', model: 'm2' });
  });

  it('are forgotten some time after their last use, be it a read or a bind', () => {
    book.bind('work', 's1', a);
    now += 9 * MINUTE;
    expect(book.home('work', 's1')).toBeDefined();
    now += 9 * MINUTE;
    expect(book.home('work', 's1')).toBeDefined();
    book.bind('work', 's1', a);
    now += 10 * MINUTE;
    expect(book.home('work', 's1')).toBeDefined();
    now += 10 * MINUTE + 1;
    expect(book.home('work', 's1')).toBeUndefined();
  });

  it('follow a changed setting at once', () => {
    book.bind('work', 's1', a);
    now += 2 * MINUTE;
    ttlMs = MINUTE;
    expect(book.home('work', 's1')).toBeUndefined();
  });

  it('are at most 5,000, the least used forgotten first', () => {
    book.bind('work', 'kept', a);
    for (let session = 0; session < 5_000; session += 1) {
      book.bind('work', `s${session}`, b);
      if (session === 2_500) book.home('work', 'kept');
    }
    expect(book.home('work', 's0')).toBeUndefined();
    expect(book.home('work', 'kept')).toBeDefined();
    expect(book.home('work', 's4999')).toBeDefined();
  });
});
