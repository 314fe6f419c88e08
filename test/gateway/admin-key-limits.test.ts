import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AdminHouse, adminHouse } from './admin-house.ts';

let house: AdminHouse;
beforeEach(async () => {
  house = await adminHouse();
});
afterEach(() => house.close());

const made = async (fields: Record<string, unknown>) =>
  (await house.ask('POST', '/keys', fields)).body as { key: string; entry: { id: string } };

it('PATCH /admin/keys/{id} sets limits of a key, keeps what is absent, and takes away what is null', async () => {
  const { entry } = await made({ name: 'tool', models: ['a/*'], rpm: 5 });
  const set = await house.ask('PATCH', `/keys/${entry.id}`, { rpm: 9 });
  expect(set.body).toMatchObject({ entry: { id: entry.id, name: 'tool', models: ['a/*'], rpm: 9 } });
  const freed = await house.ask('PATCH', '/keys/tool', { models: null, rpm: null });
  expect(freed.body.entry).not.toHaveProperty('models');
  expect(freed.body.entry).not.toHaveProperty('rpm');
});

it('refuses other fields, wrong values, unknown keys, and keys that are no admin’s', async () => {
  const { entry, key } = await made({ name: 'tool' });
  for (const body of [{ admin: true }, { name: 'x' }, { rpm: 0 }, { models: [] }]) {
    expect((await house.ask('PATCH', `/keys/${entry.id}`, body)).status).toBe(400);
  }
  expect((await house.ask('PATCH', '/keys/nosuch', { rpm: 1 })).status).toBe(404);
  const url = `${house.url}/admin/keys/${entry.id}`;
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  expect((await fetch(url, { method: 'PATCH', headers, body: '{"rpm":null}' })).status).toBe(403);
});
