import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdminClient } from '../../src/editor/admin/client.ts';
import type { Command } from '../../src/editor/contributions.ts';
import type { DashboardDeps } from '../../src/editor/dashboard/session/deps.ts';
import { createLive } from '../../src/editor/live/live.ts';
import type { Live } from '../../src/editor/live/snapshot.ts';
import type { ToolDesk } from '../../src/editor/tools/desk.ts';
import type { ItemRef } from '../../src/editor/views/item.ts';
import { type RunningGateway, startGateway } from '../../src/gateway/start.ts';
import type { RequestRecord } from '../../src/ledger/record.ts';
import { openLedger } from '../../src/ledger/store/open-ledger.ts';
import { HttpLink } from '../editor/http-link.ts';
import { deskAt } from '../editor/tools/desk.ts';
import { PROVIDER_KEY } from '../sdk/house.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';
import { lifeConfig, live as used } from './life.ts';
import { EXTENSIONS, toolsLife } from './tools-life.ts';

/** A gateway that was really used, and what the dashboard asks. The editor around it is played: what was run, copied and saved is noted. */
export interface DashboardHouse {
  deps: DashboardDeps;
  gateway: RunningGateway;
  live: Live;
  admin: AdminClient;
  dataDir: string;
  desk: ToolDesk;
  providers: { good: ScriptedProvider; bad: ScriptedProvider };
  ran: { command: Command; ref: ItemRef | undefined }[];
  copied: string[];
  files: { name: string; text: string }[];
  warnings: string[];
  /** One more request, answered to its end. */
  ask(model: string, more?: Record<string, unknown>): Promise<number>;
  close(): Promise<void>;
}

export interface HouseOptions {
  /** Copies of the real records in the ledger, over the last `days` days. */
  records?: number;
  days?: number;
  settings?: Record<string, unknown>;
  /** Nothing set up, nothing asked: what a new user sees. */
  fresh?: boolean;
  /** Tools in the home folder, some of them set up. */
  tools?: boolean;
}

export async function dashboardHouse({
  records = 0,
  days = 30,
  settings = {},
  fresh = false,
  tools = false,
}: HouseOptions = {}): Promise<DashboardHouse> {
  const dataDir = await mkdtemp(join(tmpdir(), 'omniroute-dashboard-'));
  const good = await scriptedProvider();
  const bad = await scriptedProvider();
  const config = lifeConfig(good.url, bad.url, records > 0 ? { ledger: ROOMY, ...settings } : settings);
  if (!fresh) await writeFile(join(dataDir, 'config.json'), JSON.stringify(config));
  let gateway = await start(dataDir);
  if (!fresh) await used(gateway, good, bad);
  if (records > 0) {
    gateway = await withPast(gateway, dataDir, records, days);
    // What is remembered of quotas began anew with it.
    await used(gateway, good, bad);
  }
  const link = new HttpLink();
  const warnings: string[] = [];
  const admin = new AdminClient(link);
  const log = { debug: () => {}, warn: (text: string) => void warnings.push(text) };
  const live = createLive(link, admin, { log });
  const desk = deskAt({ base: join(dataDir, 'tools'), admin, link, live, extensions: EXTENSIONS });
  link.to(gateway);
  await live.refresh();
  if (tools) await toolsLife(desk, join(dataDir, 'tools', 'home'));
  const played: Pick<DashboardHouse, 'ran' | 'copied' | 'files'> = { ran: [], copied: [], files: [] };
  return {
    ...played,
    gateway,
    live,
    admin,
    dataDir,
    desk,
    warnings,
    providers: { good, bad },
    deps: {
      admin,
      live,
      log,
      dataDir,
      tools: desk,
      surroundings: {
        run: async (command, ref) => void played.ran.push({ command, ref }),
        copy: async (text) => void played.copied.push(text),
        saveFile: async (name, text) => played.files.push({ name, text }) > 0,
      },
    },
    ask: async (model, more = {}) => (await post(gateway, model, more)).status,
    close: async () => {
      desk.dispose();
      live.dispose();
      await gateway.close();
      for (const provider of [good, bad]) await provider.close().catch(() => {});
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Where a hundred thousand records stay single. */
const ROOMY = { capture: { last: 20 }, maxBytes: 1024 ** 3 };

function start(dataDir: string): Promise<RunningGateway> {
  return startGateway({ dataDir, port: 0, log: () => {}, env: { SCRIPTED_PROVIDER_KEY: PROVIDER_KEY } });
}

async function post(gateway: RunningGateway, model: string, more: Record<string, unknown>): Promise<Response> {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }], stream: true, ...more });
  const headers = { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' };
  const response = await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', headers, body });
  await response.arrayBuffer();
  return response;
}

/** What was really recorded, over and over, in the days before: more than can be asked in a test. */
async function withPast(gateway: RunningGateway, dataDir: string, count: number, days: number): Promise<RunningGateway> {
  const real = gateway.records();
  await gateway.close();
  const ledger = await openLedger({ folder: dataDir, settings: { keepDays: 90, maxBytes: ROOMY.maxBytes } });
  const span = (days * 86_400_000) / count;
  const now = Date.now();
  for (let at = count; at >= 1; at -= 1) {
    const record = real[at % real.length];
    if (record) ledger.add(moved(record, now - at * span, at));
    // More than it holds for its thread at once.
    if (at % 5000 === 0) await ledger.flush();
  }
  await ledger.flush();
  await ledger.close();
  return await start(dataDir);
}

function moved(record: RequestRecord, at: number, number: number): RequestRecord {
  return { ...record, id: `req_past${String(number).padStart(8, '0')}`, at: Math.round(at) };
}
