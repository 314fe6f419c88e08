import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AdminClient } from '../../../src/editor/admin/client.ts';
import type { TopicItem } from '../../../src/editor/dashboard/contract/topics.ts';
import { handlersOf, topicsOf } from '../../../src/editor/dashboard/session/handlers.ts';
import { createLive } from '../../../src/editor/live/live.ts';
import { HttpLink } from '../../editor/http-link.ts';
import { configFor, gatewayWith } from '../../sdk/house.ts';
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

describe('the logs, when the gateway goes and another comes', () => {
  it('are those of the other, and both are told', async () => {
    const house = await dashboardHouse({ fresh: true });
    const first = await gatewayWith(configFor([]));
    const second = await gatewayWith(configFor([]));
    const link = new HttpLink();
    const admin = new AdminClient(link);
    const live = createLive(link, admin, { log: house.deps.log });
    link.to(first);
    const told: Item[] = [];
    const stop = new AbortController();
    const over = topicsOf({ ...house.deps, admin, live }).logs({ kind: 'audit' }, (item) => told.push(item), stop.signal);
    await expect.poll(() => told.map(({ is }) => is)).toEqual(['open']);
    link.is({ is: 'connecting' });
    await first.close();
    await expect.poll(() => told.map(({ is }) => is)).toEqual(['open', 'gone']);
    link.to(second);
    await expect.poll(() => told.map(({ is }) => is)).toEqual(['open', 'gone', 'open']);
    await admin.saveCombo('of-the-second', { targets: ['demo/echo'] });
    await expect.poll(() => told.at(-1)).toMatchObject({ is: 'line', line: { audit: { subject: 'of-the-second' } } });
    stop.abort();
    await over;
    live.dispose();
    await second.close();
    await house.close();
  });
});
