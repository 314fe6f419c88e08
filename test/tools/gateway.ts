import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { asArray, asObject, type JsonObject, parseJson } from '../../src/conversation/json.ts';

const ROOT = resolve(import.meta.dirname, '../..');
export const PROVIDER_KEY = 'sk-provider-0123456789';

/** The custom provider for each dialect, and the path its base URL ends in (design.md, Contract). */
const CUSTOM: Record<ClientDialectId, { provider: string; path: string }> = {
  'openai-chat': { provider: 'openai-compatible', path: '/v1' },
  'openai-responses': { provider: 'openai-responses-compatible', path: '/v1' },
  'anthropic-messages': { provider: 'anthropic-compatible', path: '/v1' },
  gemini: { provider: 'gemini-compatible', path: '/v1beta' },
};

export interface RunningGateway {
  origin: string;
  key: string;
  /** Its data folder. */
  data: string;
  /** What it keeps of each request. */
  records(): Promise<JsonObject[]>;
  log(): string;
  stop(): Promise<void>;
}

/** The built command line; built anew when a source is younger. `OMNIROUTE_CLI` names another one. */
export function builtCli(): string {
  const named = process.env.OMNIROUTE_CLI;
  if (named) return resolve(named);
  const file = join(ROOT, 'dist/cli.js');
  if (existsSync(file) && statSync(file).mtimeMs > youngest(join(ROOT, 'src'))) return file;
  const build = spawnSync(process.execPath, ['esbuild.mjs', '--quiet'], { cwd: ROOT, encoding: 'utf8' });
  if (build.status !== 0) throw new Error(`the build failed: ${build.stderr}`);
  return file;
}

function youngest(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(...entries.filter((entry) => entry.isFile()).map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

/** A gateway with one account, prefix `mock`, whose provider speaks `dialect` at `origin`. */
export async function startGateway(cli: string, dialect: ClientDialectId, origin: string): Promise<RunningGateway> {
  const data = mkdtempSync(join(tmpdir(), 'omniroute-gateway-'));
  const { provider, path } = CUSTOM[dialect];
  const account = { id: 'a1', provider, name: 'Mock', prefix: 'mock', baseUrl: origin + path, credential: { env: 'MOCK_KEY' } };
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'config.json'), JSON.stringify({ version: 1, accounts: [account], combos: [], keys: [], settings: {} }));
  const env = { PATH: process.env.PATH ?? '', HOME: data, MOCK_KEY: PROVIDER_KEY };
  const made = spawnSync(process.execPath, [cli, 'key', 'new', 'tools', '--data', data], { env, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`omniroute key new failed: ${made.stderr}`);
  const key = made.stdout.trim();
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--data', data], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const address = await listening(child, () => log);
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(data, { recursive: true, force: true });
  };
  return { origin: address, key, data, records: () => recordsOf(address, key), log: () => log, stop };
}

/** The address in the line that says the gateway is ready. Rejects when it ends first. */
function listening(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('the gateway has no output'));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, address] = /^listening on (http:\/\/\S+)$/.exec(line) ?? [];
      if (address) resolve(address);
    });
    child.once('close', (code) => reject(new Error(`the gateway ended with ${code} before it was ready: ${log()}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('close', () => resolve());
    child.kill('SIGTERM');
  });
}

async function recordsOf(origin: string, key: string): Promise<JsonObject[]> {
  const answer = await fetch(`${origin}/admin/requests?limit=1000`, { headers: { authorization: `Bearer ${key}` } });
  const requests = asArray(asObject(parseJson(await answer.text()))?.requests);
  return requests.map(asObject).filter((record) => record !== undefined);
}
