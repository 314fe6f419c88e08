import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AdminHouse, adminHouse } from './admin-house.ts';

let house: AdminHouse;
beforeEach(async () => {
  house = await adminHouse();
});
afterEach(() => house.close());

const order = (value: unknown): string[] => Object.keys(Object(value));

it('prices are saved whole, in their order, and the audit log tells what was changed', async () => {
  expect((await house.ask('GET', '/prices')).body).toEqual({ prices: {} });
  const prices = { 'z/*': { input: 1, output: 2, cacheRead: 0.1 }, '*': { input: 3, output: 4 } };
  expect((await house.ask('PUT', '/prices', { prices })).body).toEqual({ prices });
  const turned = { '*': prices['*'], 'z/*': prices['z/*'] };
  await house.ask('PUT', '/prices', { prices: turned });
  expect(order((await house.ask('GET', '/prices')).body.prices)).toEqual(['*', 'z/*']);
  expect(order((await house.config()).prices)).toEqual(['*', 'z/*']);
  await house.ask('PUT', '/prices', { prices: { '*': { input: 3, output: 5 } } });
  const audit = async (): Promise<string> => await readFile(join(house.folder, 'logs', 'audit.log'), 'utf8').catch(() => '');
  await expect.poll(audit).toContain('price.removed');
  const told = (await audit())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { what: string; subject: string });
  expect(told.map(({ what, subject }) => `${what} ${subject}`)).toEqual([
    'price.saved z/*',
    'price.saved *',
    'price.reordered prices',
    'price.saved *',
    'price.removed z/*',
  ]);
});

it('a wrong price changes nothing, and its place is named', async () => {
  await house.ask('PUT', '/prices', { prices: { 'a/*': { input: 1, output: 2 } } });
  const refused = await house.ask('PUT', '/prices', { prices: { 'a/*': { input: -1, output: 2 } } });
  expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid', param: expect.stringContaining('input') } } });
  expect((await house.ask('GET', '/prices')).body).toEqual({ prices: { 'a/*': { input: 1, output: 2 } } });
});
