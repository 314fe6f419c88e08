import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Client, FilePlan, Found, Setup } from '../../../src/clients/client.ts';
import { FORMATS } from '../../../src/clients/edit/formats.ts';
import { lookUp } from '../../../src/clients/edit/value.ts';
import type { GatewayFacts, Preview, Setups } from '../../../src/clients/setup-contract.ts';
import { createSetups } from '../../../src/clients/setups.ts';

export const KEY = 'omr-0123456789abcdefabcd';
export const SETUP: Setup = { origin: 'http://127.0.0.1:20128', key: KEY, model: 'auto', models: [{ name: 'auto', title: 'Auto' }] };
export const BEFORE = '{\n  // mine\n  "env": { "OLD": "1", "KEY": "sk-theirs-0123456789" },\n}\n';

/** Made anew before each test. */
export let home: string;
let now: number;
export let logged: string[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'omniroute-setups-'));
  now = Date.UTC(2026, 10, 22, 21, 5, 9);
  logged = [];
});
afterEach(() => rm(home, { recursive: true, force: true }));

export const settings = (): string => join(home, 'tool', 'settings.json');
export const data = (): string => join(home, 'data');

export function setups(gateway: GatewayFacts = {}): Setups {
  const machine = { platform: process.platform, home, env: {} };
  return createSetups({ machine, folder: data(), now: () => (now += 1000), gateway, log: (line) => logged.push(line) });
}

/** A tool with one JSON file: address, key and model are members of `env`. */
export function tool(changes: Partial<Client> = {}, paths: () => string[] = () => [settings()]): Client {
  return {
    id: 'claude-code',
    name: 'Tool',
    recordedAs: [],
    detect: () => found(paths()[0] ?? ''),
    plan: async (_machine, { origin, key, model }) =>
      paths().map((path): FilePlan => {
        const env = { URL: origin, KEY: key, MODEL: model };
        return { path, format: 'json', edits: Object.entries(env).map(([name, to]) => ({ set: ['env', name], to })) };
      }),
    ...changes,
  };
}

export async function found(path: string): Promise<Found> {
  const read = FORMATS.json.read(await readFile(path, 'utf8').catch(() => ''));
  const value = (name: string): string | undefined => {
    const looked = read.ok ? lookUp(read.value, ['env', name]) : undefined;
    return looked?.found && typeof looked.value === 'string' ? looked.value : undefined;
  };
  return { installed: true, version: '1.0', origin: value('URL'), key: value('KEY'), model: value('MODEL') };
}

export async function put(text: string | Buffer, path = settings()): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}

export async function previewed(of: Setups, client = tool(), setup = SETUP): Promise<Extract<Preview, { ok: true }>> {
  const preview = await of.preview(client, setup);
  if (!preview.ok) throw new Error(preview.refusal.message);
  return preview;
}

export async function applied(of: Setups, client = tool(), setup = SETUP): Promise<void> {
  expect(await of.apply(client, setup, await previewed(of, client, setup), 'key-1')).toEqual({ ok: true });
}

export async function refused(client = tool()): Promise<{ is: string; path: string; message: string }> {
  const preview = await setups().preview(client, SETUP);
  if (preview.ok) throw new Error('it was not refused');
  return preview.refusal;
}

export const text = (path = settings()): Promise<string> => readFile(path, 'utf8');
export const inFolder = async (): Promise<string[]> => (await readdir(join(home, 'tool'))).sort();
