import { appendFile, mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FileVault } from '../../src/accounts/file-vault.ts';
import { type AdminReader, collectDiagnostics, type DiagnosticsEntry, writeZip } from '../../src/diagnostics/index.ts';
import { safeConfig } from '../../src/diagnostics/safe-config.ts';
import { logPath } from '../../src/log/log-files.ts';
import { VERSION } from '../../src/version.ts';
import { ENV, fullConfig, fullFolder, SECRETS, secretsIn } from '../backup/folder.ts';

let folder: string;
let vault: FileVault;
beforeEach(async () => {
  ({ folder, vault } = await fullFolder());
});

/** What a user or a provider said: no secret, but nobody else's business. */
const PROSE = 'please summarise my medical record';

/** A gateway whose every text holds secrets and prose. */
const ALL = Object.values(SECRETS).join(' ');
const gateway: AdminReader = {
  get: async (path) => {
    if (path.startsWith('/admin/requests')) return { requests: [failed(1), { ...failed(2), error: undefined, status: 200 }, failed(0)] };
    if (path === '/admin/health') {
      return {
        health: [
          {
            scope: 'account',
            id: 'one',
            failures: 3,
            block: { reason: 'auth', scope: 'account', until: 5, detail: `said: ${PROSE} ${ALL}` },
          },
        ],
        limits: [{ account: 'one', running: 1, waiting: 0, rpm: 60, windows: [], note: PROSE }],
      };
    }
    return {
      budgets: [
        {
          name: 'everything, a day',
          period: 'day',
          mode: 'hard',
          resetsAt: 9,
          amounts: [{ unit: 'usd', limit: 1, used: 2 }],
          state: 'reached',
        },
      ],
    };
  },
};

function failed(at: number): Record<string, unknown> {
  return {
    id: `r${at}`,
    at: at * 1000,
    key: 'ci',
    client: 'Cline',
    dialect: 'openai-chat',
    requested: 'coding',
    target: 'work/big',
    account: 'Work node',
    attempts: [{ target: 'work/big', account: 'Work node', ms: 12, class: 'server', status: 500, message: PROSE }],
    skipped: [{ target: 'groq/x', account: 'groq', reason: 'quota', detail: PROSE }],
    streamed: true,
    firstByteMs: 40,
    totalMs: 100,
    usage: undefined,
    finish: undefined,
    status: 502,
    error: { class: 'server', code: `${PROSE} ${SECRETS.vaultKey}`, message: PROSE },
    cancelled: false,
    prompt: PROSE,
  };
}

const collect = (more: object = {}): Promise<DiagnosticsEntry[]> =>
  collectDiagnostics({ folder, env: ENV, vault, gateway, running: true, ...more });
const textOf = (entries: DiagnosticsEntry[], name: string): string => entries.find((entry) => entry.name === name)?.text ?? '';
const jsonOf = (entries: DiagnosticsEntry[], name: string): unknown => JSON.parse(textOf(entries, name));
const everything = (entries: DiagnosticsEntry[]): string => entries.map(({ name, text }) => `${name}\n${text}`).join('\n');

async function writeLog(lines: string[]): Promise<void> {
  await mkdir(join(folder, 'logs'), { recursive: true });
  await appendFile(logPath(folder), `${lines.join('\n')}\n`);
}

describe('diagnostics', () => {
  it('hold versions, config, health, limits, budgets, failures, timings, log and sizes', async () => {
    await writeLog(['{"time":"t","level":"warn","message":"cooling"}']);
    const entries = await collect();
    expect(jsonOf(entries, 'versions.json')).toMatchObject({ omniroute: VERSION, node: process.version, gatewayRuns: true });
    expect(jsonOf(entries, 'config.json')).toMatchObject({ accounts: [{ name: 'Work node', prefix: 'work' }, { name: 'groq' }] });
    expect(jsonOf(entries, 'health.json')).toEqual([{ scope: 'account', id: 'one', failures: 3, block: { reason: 'auth', until: 5 } }]);
    expect(jsonOf(entries, 'limits.json')).toEqual([{ account: 'one', running: 1, waiting: 0, rpm: 60, windows: [] }]);
    expect(jsonOf(entries, 'budgets.json')).toMatchObject([{ state: 'reached' }]);
    expect(jsonOf(entries, 'timings.json')).toEqual([
      {
        target: 'work/big',
        requests: 3,
        answered: 1,
        firstByteMs: { p50: 40, p95: 40, p99: 40 },
        totalMs: { p50: 100, p95: 100, p99: 100 },
      },
    ]);
    expect(textOf(entries, 'log.txt')).toContain('cooling');
    expect(jsonOf(entries, 'files.json')).toContainEqual(expect.objectContaining({ file: 'config.json', mode: '600' }));
  });

  it('hold failed requests by classes, codes and times alone, newest last', async () => {
    const requests = jsonOf(await collect(), 'failed-requests.json');
    expect(requests).toMatchObject([
      { id: 'r0', at: '1970-01-01T00:00:00.000Z' },
      {
        id: 'r1',
        error: { class: 'server', code: '(not a code)' },
        attempts: [{ class: 'server', status: 500 }],
        skipped: [{ reason: 'quota' }],
      },
    ]);
  });

  it('hold the newest 50 failures and the newest 200 lines, also of the log before', async () => {
    const many = Array.from({ length: 120 }, (_, index) => failed(index));
    await writeLog(Array.from({ length: 150 }, (_, index) => `new ${index}`));
    await writeFile(logPath(folder).replace('.log', '.1.log'), Array.from({ length: 150 }, (_, index) => `old ${index}\n`).join(''));
    const entries = await collect({ gateway: { get: async () => ({ requests: many }) } });
    const ids = (jsonOf(entries, 'failed-requests.json') as { id: string }[]).map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([50, 'r70', 'r119']);
    const lines = textOf(entries, 'log.txt').trim().split('\n');
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([200, 'old 100', 'new 149']);
  });

  it.each([false, true])('hold no secret of any kind, whatever they came through (anonymous: %s)', async (anonymous) => {
    await writeLog([
      `{"message":"${ALL}"}`,
      `GET https://x/?key=${encodeURIComponent(SECRETS.query)}`,
      Buffer.from(SECRETS.vaultKey).toString('base64'),
    ]);
    const entries = await collect({ anonymous });
    expect(secretsIn(everything(entries))).toEqual([]);
    expect(everything(entries)).not.toContain(Buffer.from(SECRETS.vaultKey).toString('base64'));
    expect(everything(entries)).not.toContain(SECRETS.gatewayKey.slice(-4));
    expect(everything(entries)).not.toMatch(/sha256:/);
    const path = join(await mkdtemp(join(tmpdir(), 'omniroute-zip-')), 'report.zip');
    await writeZip(entries, path);
    const bytes = await readFile(path);
    expect(secretsIn(bytes)).toEqual([]);
    for (const content of Object.values(unzipSync(bytes))) expect(secretsIn(content)).toEqual([]);
  });

  it('would hold none from the config even if nobody looked for them', () => {
    expect(secretsIn(JSON.stringify(safeConfig(fullConfig())))).toEqual([]);
    expect(safeConfig(fullConfig())).toMatchObject({
      accounts: [
        {
          baseUrl: 'https://node.example/v1',
          proxy: 'http://proxy.example:8080',
          headers: { 'x-tenant': '(removed)' },
          parameters: { baseUrl: 'https://node.example/v1', region: 'eu-1' },
          credential: { secret: '(in the vault)' },
        },
        { credential: { env: 'CANARY_KEY' } },
      ],
      settings: { stream: { pingMs: 9000 }, rules: { systemPrompts: [{ text: '(36 characters)' }] } },
    });
  });

  it('stay readable where a variable only looks like a secret', async () => {
    const entries = await collect({ env: { ...ENV, AUTH_MODE: 'enabled' } });
    expect(jsonOf(entries, 'config.json')).toMatchObject({ accounts: [{ enabled: true }, { enabled: true }] });
  });

  it('hold nothing a user or a provider said', async () => {
    const all = everything(await collect());
    expect(all).not.toContain('medical');
    expect(all).not.toContain('Bluebird');
  });

  it('tell variables by name, never by value, and no folder of the user', async () => {
    const entries = await collect({
      env: { ...ENV, HTTPS_PROXY: 'http://me:proxy-pass-word@p', OMNIROUTE_VAULT_KEY: 'phrase-phrase', HOME: homedir() },
    });
    expect(jsonOf(entries, 'versions.json')).toMatchObject({ variablesSet: ['HTTPS_PROXY', 'OMNIROUTE_VAULT_KEY'] });
    const all = everything(entries);
    expect(all).not.toContain('proxy-pass-word');
    expect(all).not.toContain('phrase-phrase');
    await writeLog([`could not open ${folder}/config.json and ${homedir()}/x`]);
    expect(textOf(await collect(), 'log.txt').trim()).toBe('could not open (data folder)/config.json and ~/x');
  });

  it('leave out the names the user gave when they are to be anonymous, and still tell who is who', async () => {
    await writeLog(['account "Work node" at node.example: work/big failed; groq/x answered']);
    const open = everything(await collect());
    const closed = await collect({ anonymous: true });
    for (const name of ['Work node', 'node.example', 'proxy.example', '"work/big"', 'coding']) {
      expect(open).toContain(name);
      expect(everything(closed)).not.toContain(name);
    }
    expect(textOf(closed, 'log.txt').trim()).toBe('account "account-1" at host-1: prefix-1/big failed; groq/x answered');
    expect(jsonOf(closed, 'failed-requests.json')).toMatchObject([{ account: 'account-1' }, { account: 'account-1' }]);
  });

  it('say what could not be read, and hold the rest', async () => {
    await writeFile(
      join(folder, 'config.json'),
      `{"version":1,"accounts":[{"id":"a","provider":"groq","name":"g","kez":"${SECRETS.vaultKey}"}]}`,
    );
    await writeFile(join(folder, 'vault.json'), 'broken');
    const entries = await collect({ gateway: undefined, running: false });
    expect(textOf(entries, 'config.json')).toContain('accounts[0]');
    expect(jsonOf(entries, 'health.json')).toEqual({ notRead: 'no gateway runs' });
    expect(secretsIn(everything(entries))).toEqual([]);
    expect(jsonOf(entries, 'files.json')).not.toEqual([]);
  });

  it('are written so that the user alone can read them, and over nothing', async () => {
    const path = join(folder, 'report.zip');
    await writeZip([{ name: 'a.txt', text: 'ü' }], path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(Buffer.from(unzipSync(await readFile(path))['a.txt'] ?? []).toString()).toBe('ü');
    await expect(writeZip([], path)).rejects.toMatchObject({ code: 'EEXIST' });
  });
});
