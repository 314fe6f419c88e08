import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { todayAt } from '../../../src/routing/budgets/calendar.ts';
import { bench, budget, target } from './support.ts';

const HOUR = 3_600_000;
const zone = process.env.TZ;

function live(name: string, januaryOffset: number): void {
  process.env.TZ = name;
  expect(new Date(2026, 0, 15).getTimezoneOffset()).toBe(januaryOffset);
}

afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe('a day', () => {
  it.each([
    ['of 23 hours when clocks go forward', 'Europe/Berlin', -60, '2026-03-29T12:00:00+02:00', '2026-03-29', 23],
    ['of 25 hours when they go back', 'Europe/Berlin', -60, '2026-10-25T12:00:00+01:00', '2026-10-25', 25],
    ['that has no midnight begins at one', 'America/Santiago', 180, '2026-09-06T12:00:00-03:00', '2026-09-06', 23],
    ['that is common', 'Asia/Kolkata', -330, '2026-11-22T23:59:59+05:30', '2026-11-22', 24],
  ])('%s', (_what, name, offset, at, day, hours) => {
    live(name, offset);
    const today = todayAt(Date.parse(at));
    expect(today.day).toBe(day);
    expect((today.dayEndsAt - today.startsAt) / HOUR).toBe(hours);
    expect(todayAt(today.startsAt).day).toBe(day);
    expect(todayAt(today.startsAt - 1).day < day).toBe(true);
    expect(todayAt(today.dayEndsAt - 1).day).toBe(day);
    expect(todayAt(today.dayEndsAt).day > day).toBe(true);
  });

  it('holds its moment, and the next begins where it ends, in any zone', () => {
    for (const name of ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/Sao_Paulo']) {
      process.env.TZ = name;
      fc.assert(
        fc.property(fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) }), (now) => {
          const today = todayAt(now);
          expect(today.startsAt <= now && now < today.dayEndsAt && today.dayEndsAt <= today.monthEndsAt).toBe(true);
          expect(todayAt(today.dayEndsAt).startsAt).toBe(today.dayEndsAt);
          expect(todayAt(today.monthEndsAt).lastMonth).toBe(today.month);
          expect(today.day.startsWith(today.month)).toBe(true);
        }),
        { numRuns: 200 },
      );
    }
  });

  it('of a budget ends at local midnight, also on the day clocks change', () => {
    live('Europe/Berlin', -60);
    const { book, world } = bench([budget({ requests: 1 })], [], Date.parse('2026-03-29T00:30:00+01:00'));
    book.spend(target('a'), { key: 'k' }, undefined);
    const until = book.blocked(target('a'), { key: 'k' }, undefined)?.until;
    expect(until).toBe(Date.parse('2026-03-30T00:00:00+02:00'));
    world.now = Date.parse('2026-03-29T23:59:59+02:00');
    expect(book.blocked(target('a'), { key: 'k' }, undefined)).toBeDefined();
    world.now += 1000;
    expect(book.blocked(target('a'), { key: 'k' }, undefined)).toBeUndefined();
  });

  it('of a month ends with the year', () => {
    live('America/New_York', 300);
    const today = todayAt(Date.parse('2026-12-31T23:59:59-05:00'));
    expect(today).toMatchObject({ day: '2026-12-31', month: '2026-12', lastMonth: '2026-11' });
    expect(today.monthEndsAt).toBe(Date.parse('2027-01-01T00:00:00-05:00'));
    expect(todayAt(today.monthEndsAt)).toMatchObject({ month: '2027-01', lastMonth: '2026-12' });
  });
});
