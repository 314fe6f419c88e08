import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROVIDER_KEY } from '../sdk/house.ts';
import { jsonReply } from '../upstream/reply.ts';
import { type AdminHouse, adminHouse } from './admin-house.ts';

let house: AdminHouse;
beforeEach(async () => {
  const env = { SCRIPTED_PROVIDER_KEY: PROVIDER_KEY };
  house = await adminHouse({ version: 1, settings: { routing: { retries: 0 } } }, env);
});
afterEach(() => house.close());

interface Facts {
  startedAt: number;
  uptimeMs: number;
  memory: Record<string, number>;
  eventLoopDelayMs: { p50: number; p99: number; max: number } | null;
  requestsRunning: number;
}
const facts = async (): Promise<Facts> => (await house.ask('GET', '/health')).body.process as Facts;

it('tells how the gateway fares, and of its event loop from the second look on', async () => {
  const first = await facts();
  expect(Math.abs(Date.now() - first.startedAt - first.uptimeMs)).toBeLessThan(5000);
  expect(first.eventLoopDelayMs).toBeNull();
  expect(first.requestsRunning).toBe(0);
  for (const bytes of Object.values(first.memory)) expect(bytes).toBeGreaterThan(0);
  expect(Object.keys(first.memory).sort()).toEqual(['external', 'heapTotal', 'heapUsed', 'rss']);
  await expect.poll(async () => (await facts()).eventLoopDelayMs).not.toBeNull();
  const { eventLoopDelayMs: delay, uptimeMs } = await facts();
  expect(delay?.p50).toBeGreaterThanOrEqual(0);
  expect(delay?.max).toBeGreaterThanOrEqual(delay?.p99 ?? Number.NaN);
  expect(uptimeMs).toBeGreaterThanOrEqual(first.uptimeMs);
});

it('counts the requests under way, until their client is gone', async () => {
  await house.ask('POST', '/accounts', house.account({ env: 'SCRIPTED_PROVIDER_KEY', test: false }));
  house.provider.script({ ...jsonReply({}), steps: [{ do: 'hang' }] });
  const leave = new AbortController();
  const body = JSON.stringify({ model: 'mine/m', messages: [{ role: 'user', content: 'hello' }] });
  const headers = { authorization: `Bearer ${house.key}`, 'content-type': 'application/json' };
  const asked = fetch(`${house.url}/v1/chat/completions`, { method: 'POST', headers, body, signal: leave.signal }).catch(() => undefined);
  await expect.poll(async () => (await facts()).requestsRunning).toBe(1);
  leave.abort();
  await asked;
  await expect.poll(async () => (await facts()).requestsRunning).toBe(0);
});
