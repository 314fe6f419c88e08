import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { healthCalls } from '../../../src/editor/dashboard/contract/calls/health.ts';
import { healthHandlers } from '../../../src/editor/dashboard/session/calls/health.ts';
import { type DashboardHouse, dashboardHouse } from '../house.ts';

describe('health and quotas, as a page asks for them', () => {
  let house: DashboardHouse;
  const never = new AbortController().signal;

  beforeAll(async () => {
    house = await dashboardHouse();
  });
  afterAll(() => house.close());

  it('tells how the gateway fares, and which one it is', async () => {
    const detail = healthCalls.healthDetail.result.parse(await healthHandlers(house.deps).healthDetail({}, never));
    expect(detail).toMatchObject({ pid: process.pid, process: { requestsRunning: 0 } });
    expect(detail.version).toMatch(/^\d+\.\d+/);
    expect(detail.process?.memory.rss).toBeGreaterThan(1_000_000);
    expect(detail.limits.find(({ account }) => account === 'account-work')).toMatchObject({ rpm: 600, running: 0, waiting: 0 });
  });

  it('tells how much the ledger holds', async () => {
    const { records, oldest, notices } = healthCalls.ledger.result.parse(await healthHandlers(house.deps).ledger({}, never));
    expect(records).toBeGreaterThan(20);
    expect(oldest).toBeLessThanOrEqual(Date.now());
    expect(notices).toEqual([]);
  });

  it('forgets what is noted of one account alone, then of everything, and the page is told', async () => {
    const { resetHealth } = healthHandlers(house.deps);
    const noted = (): string[] => house.live.snapshot.health.map(({ id }) => id);
    expect(noted()).toContain('account-old');
    const others = noted().filter((id) => id !== 'account-old');
    expect(await resetHealth({ account: 'account-old' }, never)).toBe(1);
    await house.live.refresh('health');
    expect(noted()).toEqual(others);
    expect(await resetHealth({}, never)).toBe(others.length);
    await house.live.refresh('health');
    expect(noted()).toEqual([]);
  });

  it('reads the quota of an account; one that tells nothing is no failure, one nobody knows is', async () => {
    const { refreshQuota } = healthHandlers(house.deps);
    const read = await refreshQuota({ account: 'account-work' }, never);
    expect(read.map(({ account }) => account)).toEqual(['account-work']);
    expect(await refreshQuota({ account: 'account-spare' }, never)).toEqual([]);
    await expect(refreshQuota({ account: 'nobody' }, never)).rejects.toMatchObject({ status: 404 });
  });

  it('takes no scope that the gateway would not', () => {
    expect(healthCalls.resetHealth.params.safeParse({ tier: 'free' }).success).toBe(false);
    expect(healthCalls.resetHealth.params.safeParse({ provider: 'groq' }).success).toBe(true);
  });
});
