import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TopicItem } from '../../../src/editor/dashboard/contract/topics.ts';
import { handlersOf, topicsOf } from '../../../src/editor/dashboard/session/handlers.ts';
import { type DashboardHouse, dashboardHouse } from '../house.ts';

const FOREVER = new AbortController().signal;
type Item = TopicItem<'logs'>;

describe('the logs, as the page asks for them', () => {
  let house: DashboardHouse;
  beforeEach(async () => {
    house = await dashboardHouse();
  });
  afterEach(() => house.close());

  it('come a page at a time, by kind, level and text', async () => {
    const { logs } = handlersOf(house.deps);
    const { entries, more } = await logs({ kind: 'proxy', limit: 5 }, FOREVER);
    expect(more).toBe(true);
    expect(entries.length).toBeGreaterThanOrEqual(5);
    expect(entries.every(({ attempt }) => attempt !== undefined)).toBe(true);
    const refused = (await logs({ kind: 'proxy', level: 'warn', search: 'AUTH 401' }, FOREVER)).entries;
    expect(refused.map(({ attempt }) => attempt?.failure)).toContainEqual({ class: 'auth', status: 401 });
    const older = await logs({ kind: 'proxy', limit: 5, before: entries[0]?.id ?? '' }, FOREVER);
    expect(older.entries.some(({ id }) => entries.some((line) => line.id === id))).toBe(false);
  });

  it('are told as they are written, until nobody listens', async () => {
    const told: Item[] = [];
    const stop = new AbortController();
    const over = topicsOf(house.deps).logs({ kind: 'request' }, (item) => told.push(item), stop.signal);
    await expect.poll(() => told).toEqual([{ is: 'open' }]);
    await house.ask('work/scripted-model');
    await expect.poll(() => told.length).toBe(2);
    expect(told[1]).toMatchObject({ is: 'line', line: { message: expect.stringContaining('work/scripted-model') } });
    const { entries } = await handlersOf(house.deps).logs({ kind: 'request', limit: 1 }, FOREVER);
    expect(told[1]).toEqual({ is: 'line', line: entries[0] });
    stop.abort();
    await over;
  });
});
