import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FIRST_KEY_SECRET } from '../../src/gateway/start.ts';
import { type AdminHouse, adminHouse } from './admin-house.ts';

let house: AdminHouse;
beforeEach(async () => {
  house = await adminHouse();
});
afterEach(() => house.close());

async function newKey(fields: Record<string, unknown>): Promise<{ key: string; id: string }> {
  const { status, body } = await house.ask('POST', '/keys', fields);
  expect(status, JSON.stringify(body)).toBe(201);
  return { key: body.key as string, id: (body.entry as { id: string }).id };
}

const status = async (key: string): Promise<number> => (await fetch(`${house.url}/health`, { headers: { 'x-api-key': key } })).status;

/** Every route that changes something, or costs. */
const CHANGES: [string, string, unknown?][] = [
  ['POST', '/accounts', { provider: 'groq', key: 'x', test: false }],
  ['PATCH', '/accounts/a', {}],
  ['DELETE', '/accounts/a'],
  ['POST', '/accounts/a/test'],
  ['POST', '/accounts/a/key', { key: 'x' }],
  ['PUT', '/combos/c', { targets: ['demo/echo'] }],
  ['POST', '/combos/c/rename', { to: 'd' }],
  ['DELETE', '/combos/c'],
  ['PUT', '/aliases/a', { to: 'demo/echo' }],
  ['DELETE', '/aliases/a'],
  ['PUT', '/routes', { routes: [] }],
  ['PUT', '/budgets', { budgets: [] }],
  ['POST', '/keys', { name: 'x', admin: true }],
  ['POST', '/keys/default/rotate'],
  ['DELETE', '/keys/default'],
  ['PATCH', '/settings', {}],
  ['POST', '/health/reset'],
];
const LOOKS = [
  '/status',
  '/requests',
  '/accounts',
  '/combos',
  '/aliases',
  '/routes',
  '/budgets',
  '/budgets/state',
  '/keys',
  '/settings',
  '/health',
];

describe('who may', () => {
  it("a tool's key looks, and changes nothing", async () => {
    const { key } = await newKey({ name: 'tool' });
    const before = await house.configText();
    for (const [method, path, body] of CHANGES) {
      const answer = await house.ask(method, path, body, key);
      expect(answer, `${method} ${path}`).toMatchObject({ status: 403, body: { error: { code: 'admin_key_required' } } });
      expect(answer.body.error?.message).toContain('omniroute key new NAME --admin');
    }
    for (const path of LOOKS) expect((await house.ask('GET', path, undefined, key)).status, path).toBe(200);
    expect(await house.configText()).toBe(before);
  });

  it('a key limited to some models does not even look', async () => {
    const { key } = await newKey({ name: 'limited', models: ['demo/*'] });
    for (const path of [...LOOKS, '/explain?model=demo/echo']) {
      expect(await house.ask('GET', path, undefined, key), path).toMatchObject({
        status: 403,
        body: { error: { code: 'admin_key_required' } },
      });
    }
  });

  it('another admin key may', async () => {
    const { key } = await newKey({ name: 'boss', admin: true });
    expect((await house.ask('PUT', '/combos/c', { targets: ['demo/echo'] }, key)).status).toBe(200);
  });

  it('nobody without a key, and no route where there is none', async () => {
    expect((await fetch(`${house.url}/admin/status`)).status).toBe(401);
    expect((await house.ask('GET', '/nowhere')).status).toBe(404);
  });
});

describe('/admin/keys', () => {
  it('shows a key once, and never a hash', async () => {
    const { key } = await newKey({ name: 'tool', models: ['demo/*'], rpm: 5, expiresAt: '2999-01-01T00:00:00Z' });
    expect(await status(key)).toBe(200);
    house.secrets.push(key, house.key, 'sha256:');
    const { body } = await house.ask('GET', '/keys');
    expect(body.keys).toMatchObject([
      { name: 'default', admin: true },
      { name: 'tool', models: ['demo/*'], rpm: 5, expiresAt: '2999-01-01T00:00:00Z', hint: key.slice(-4), admin: false },
    ]);
  });

  it.each([
    [{}, 'name'],
    [{ name: ' ' }, 'name'],
    [{ name: 'x', rpm: 0 }, 'rpm'],
    [{ name: 'x', expiresAt: 'tomorrow' }, 'expiresAt'],
    [{ name: 'x', models: [] }, 'models'],
    [{ name: 'x', hash: 'sha256:0' }, 'hash'],
  ])('refuses %j', async (body, param) => {
    expect(await house.ask('POST', '/keys', body)).toMatchObject({ status: 400, body: { error: { code: 'invalid', param } } });
  });

  it('refuses a name that is taken', async () => {
    await newKey({ name: 'tool' });
    expect(await house.ask('POST', '/keys', { name: 'tool' })).toMatchObject({ status: 409, body: { error: { code: 'duplicate' } } });
  });

  it('rotates with a grace for the old key', async () => {
    const { key, id } = await newKey({ name: 'tool' });
    const { body } = await house.ask('POST', `/keys/${id}/rotate`, { graceSeconds: 60 });
    expect(body.entry).toMatchObject({ id, name: 'tool', previousUntil: expect.any(String) });
    expect(await status(body.key as string)).toBe(200);
    expect(await status(key)).toBe(200);
    const again = await house.ask('POST', `/keys/${id}/rotate`, { graceSeconds: 0 });
    expect(await status(body.key as string)).toBe(401);
    expect(await status(again.body.key as string)).toBe(200);
    expect((await house.ask('POST', '/keys/nobody/rotate')).status).toBe(404);
    expect((await house.ask('POST', `/keys/${id}/rotate`, { graceSeconds: -1 })).body.error).toMatchObject({ param: 'graceSeconds' });
  });

  it('keeps the first key in the vault when it is rotated', async () => {
    const { body } = await house.ask('POST', '/keys/default/rotate');
    expect(await house.vault.get(FIRST_KEY_SECRET)).toBe(body.key);
  });

  it('removes a key, but not the last that may change anything', async () => {
    const { key, id } = await newKey({ name: 'tool' });
    expect((await house.ask('DELETE', `/keys/${id}`)).body).toEqual({ removed: id });
    expect(await status(key)).toBe(401);
    expect(await house.ask('DELETE', '/keys/default')).toMatchObject({ status: 409, body: { error: { code: 'in_use' } } });
    const boss = await newKey({ name: 'boss', admin: true });
    expect((await house.ask('DELETE', '/keys/default', undefined, boss.key)).status).toBe(200);
    expect(await house.vault.get(FIRST_KEY_SECRET)).toBeUndefined();
  });
});

describe('a config file that is broken', () => {
  it('is not written over', async () => {
    await writeFile(join(house.folder, 'config.json'), '{ "version": 1, "accounts": [');
    const { status, body } = await house.ask('PUT', '/combos/c', { targets: ['demo/echo'] });
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: 'config_broken' });
    expect(await house.configText()).toBe('{ "version": 1, "accounts": [');
  });
});
