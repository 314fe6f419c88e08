import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import { addKey, rotateKey } from '../../src/accounts/gateway-keys.ts';
import { type Config, emptyConfig } from '../../src/config/schema.ts';
import type { Env } from '../../src/gateway/context.ts';
import { guard } from '../../src/gateway/guard.ts';
import { configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const MINUTE = 60_000;

/** The guard on a clock of the test's, in front of a route that answers anything. */
function guarded(config: Config) {
  const world = { now: NOW.getTime() };
  const app = new Hono<Env>();
  app.use(guard({ config: () => config, now: () => world.now, newId: () => 'id' }));
  app.all('*', (c) => c.json({ key: c.get('key').name }));
  const ask = async (key: string, path = '/v1/chat/completions', method = 'POST'): Promise<Response> =>
    await app.request(path, { method, headers: { 'x-api-key': key, host: 'localhost' } });
  return { world, ask };
}

async function errorOf(answer: Response): Promise<unknown> {
  const { error } = (await answer.json()) as { error: unknown };
  return error;
}

describe('a key that expires', () => {
  it('stops working at its time while the gateway runs, everywhere', async () => {
    const config = emptyConfig();
    const { key } = addKey(config, 'short', { expiresAt: '2026-11-22T12:01:00Z', admin: true }, NOW);
    const { world, ask } = guarded(config);
    world.now += MINUTE - 1;
    expect((await ask(key)).status).toBe(200);
    world.now += 1;
    for (const [path, method] of [
      ['/v1/chat/completions', 'POST'],
      ['/v1/models', 'GET'],
      ['/admin/keys', 'POST'],
    ]) {
      const answer = await ask(key, path, method);
      expect(answer.status).toBe(401);
      expect(await errorOf(answer)).toMatchObject({
        code: 'key_expired',
        message: expect.stringContaining('"short", expired at 2026-11-22T12:01:00Z'),
      });
    }
  });

  it('is not the same as one that was replaced, or one nobody knows', async () => {
    const config = emptyConfig();
    const { key } = addKey(config, 'tool', undefined, NOW);
    const next = rotateKey(config, 'tool', MINUTE, NOW).key;
    const { world, ask } = guarded(config);
    expect([(await ask(key)).status, (await ask(next)).status]).toEqual([200, 200]);
    world.now += MINUTE;
    const replaced = await ask(key);
    expect([replaced.status, (await ask(next)).status]).toEqual([401, 200]);
    expect(await errorOf(replaced)).toMatchObject({ code: 'key_expired', message: expect.stringContaining('replaced by a new one') });
    expect(await errorOf(await ask('omr-no'))).toHaveProperty('code', 'invalid_api_key');
  });
});

describe('a key with a limit a minute', () => {
  function limited(rpm: number) {
    const config = emptyConfig();
    const { key } = addKey(config, 'busy', { rpm }, NOW);
    return { config, key, ...guarded(config) };
  }

  it('is told to wait, for as long as it takes', async () => {
    const { world, ask, key } = limited(2);
    expect((await ask(key)).status).toBe(200);
    world.now += 15_500;
    expect((await ask(key)).status).toBe(200);
    const refused = await ask(key);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('45');
    expect(await errorOf(refused)).toMatchObject({
      code: 'key_rate_limited',
      message: expect.stringContaining('2 requests a minute'),
    });
    world.now += 44_499;
    expect((await ask(key)).status).toBe(429);
    world.now += 1;
    expect((await ask(key)).status).toBe(200);
  });

  it.each([
    '/v1/chat/completions',
    '/v1/responses',
    '/v1/messages',
    '/v1beta/models/a/b:streamGenerateContent',
    '/v1/embeddings',
    '/v2/rerank',
  ])('has POST %s counted', async (path) => {
    const { ask, key } = limited(1);
    expect([(await ask(key, path)).status, (await ask(key, path)).status]).toEqual([200, 429]);
  });

  it.each([
    ['GET', '/v1/models'],
    ['GET', '/v1/responses/resp_1'],
    ['DELETE', '/v1/responses/resp_1'],
    ['POST', '/v1/responses/resp_1/cancel'],
    ['POST', '/v1/responses/input_tokens'],
    ['POST', '/v1/messages/count_tokens'],
    ['POST', '/v1beta/models/m:countTokens'],
    ['POST', '/admin/accounts'],
  ])('does not have %s %s counted', async (method, path) => {
    const { ask, key } = limited(1);
    for (let i = 0; i < 3; i += 1) expect((await ask(key, path, method)).status).toBe(200);
    expect((await ask(key)).status).toBe(200);
    expect((await ask(key)).status).toBe(429);
    expect((await ask(key, path, method)).status).toBe(200);
  });

  it('shares the limit with the key it replaced', async () => {
    const { config, ask, key } = limited(1);
    const next = rotateKey(config, 'busy', MINUTE, NOW).key;
    expect([(await ask(key)).status, (await ask(next)).status]).toEqual([200, 429]);
  });
});

describe('over HTTP', () => {
  let gateway: RunningGateway | undefined;
  afterEach(() => gateway?.close());

  it.each([
    ['/v1/chat/completions', 'error.code', 'key_expired', 'key_rate_limited'],
    ['/v1/responses', 'error.code', 'key_expired', 'key_rate_limited'],
    ['/v1/messages', 'error.type', 'authentication_error', 'rate_limit_error'],
    ['/v1beta/models/demo/echo:generateContent', 'error.status', 'UNAUTHENTICATED', 'RESOURCE_EXHAUSTED'],
  ])('%s refuses in its own dialect', async (path, field, expired, busy) => {
    const config = emptyConfig();
    const old = addKey(config, 'old', { expiresAt: '2020-01-01T00:00:00Z' }, NOW).key;
    const slow = addKey(config, 'slow', { rpm: 1 }, NOW).key;
    gateway = await gatewayWith({ ...configFor([]), keys: config.keys });
    const ask = (key: string): Promise<Response> =>
      fetch(`${gateway?.url}${path}`, { method: 'POST', headers: { 'x-api-key': key, 'content-type': 'application/json' }, body: '{}' });
    const late = await ask(old);
    expect(late.status).toBe(401);
    expect(await late.json()).toHaveProperty(field, expired);
    expect((await ask(slow)).status).not.toBe(429);
    const refused = await ask(slow);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(await refused.json()).toHaveProperty(field, busy);
  });
});
