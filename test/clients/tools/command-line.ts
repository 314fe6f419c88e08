import { existsSync, readFileSync } from 'node:fs';
import type { Client, Found, Machine, Setup } from '../../../src/clients/client.ts';
import { applied, SETUP, type TestMachine } from './machines.ts';

export const there = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/** Sets a tool up on a test's machine: every text by its path below the home folder. */
export async function setUp(client: Client, on: TestMachine, setup: Setup = SETUP): Promise<Record<string, string>> {
  const texts = applied(await client.plan(on, setup), there);
  for (const [path, text] of Object.entries(texts)) on.put(path.slice(on.home.length + 1), text);
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [path.slice(on.home.length + 1), text]));
}

/** What is found of a tool that stands as `SETUP` says. */
export const found = (more: Partial<Found> = {}): Found => ({
  installed: true,
  version: undefined,
  origin: SETUP.origin,
  key: SETUP.key,
  model: SETUP.model,
  ...more,
});

export const nothing = { installed: false, version: undefined, origin: undefined, key: undefined, model: undefined };

export async function paths(client: Client, on: Machine): Promise<string[]> {
  return (await client.plan(on, SETUP)).map(({ path }) => path);
}
