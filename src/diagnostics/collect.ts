import { arch, cpus, platform, release, type as systemType, totalmem } from 'node:os';
import type { Vault } from '../accounts/vault.ts';
import { ConfigError, ConfigFile } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { VERSION } from '../version.ts';
import { withoutFolders, withoutNames } from './anonymous.ts';
import { shownBudgets, shownHealth, shownLimits } from './books.ts';
import { failedRequests, readRequests, timings } from './failed-requests.ts';
import { filesOf, lastLogLines } from './folder.ts';
import { redactorOf } from './known-secrets.ts';
import { safeConfig } from './safe-config.ts';

/** One file of a bug report. */
export interface DiagnosticsEntry {
  name: string;
  text: string;
}

/** Answers `GET` of `/admin/health`, `/admin/budgets/state` and `/admin/requests`; throws where it cannot. */
export interface AdminReader {
  get(path: string): Promise<unknown>;
}

export interface DiagnosticsOptions {
  folder: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The running gateway, or what the files of the folder tell without one. */
  gateway?: AdminReader | undefined;
  running?: boolean;
  /** Its secrets are looked for in every text, and never shown. */
  vault?: Vault | undefined;
  /** Also leaves out the names the user gave. */
  anonymous?: boolean;
}

/** Variables that change how the gateway behaves: told by name, never by value. */
const TELLING = /^(?:OMNIROUTE_\w+|(?:https?|all|no)_proxy|NODE_(?:OPTIONS|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED)|SSL_CERT_FILE)$/i;

/**
 * What a bug report needs, without a secret, a prompt or an answer. Each part is first cut down to what is known to be harmless, and then
 * all of it goes through one redactor that knows the secrets of this installation. What cannot be read is said in its place; never throws.
 */
export async function collectDiagnostics(options: DiagnosticsOptions): Promise<DiagnosticsEntry[]> {
  const { folder, env, vault } = options;
  const config = await loaded(folder);
  const good = config instanceof Error ? undefined : config;
  const redactor = await redactorOf(good, env, vault);
  const folders = withoutFolders(folder, env);
  const names = options.anonymous && good ? withoutNames(good) : (text: string) => text;
  const entries = await parts(options, config);
  return entries.map(({ name, text }) => ({ name, text: names(folders(redactor.redact(text))) }));
}

async function parts({ folder, env, gateway, running }: DiagnosticsOptions, config: Config | Error): Promise<DiagnosticsEntry[]> {
  const asked = async (path: string): Promise<unknown> => {
    if (!gateway) throw new Error('no gateway runs');
    return await gateway.get(path);
  };
  const requests = async () => readRequests(await asked('/admin/requests?limit=1000'));
  return [
    await entry('versions.json', async () => versions(env, running === true)),
    await entry('config.json', async () => (config instanceof Error ? problemsOf(config) : safeConfig(config))),
    await entry('health.json', async () => shownHealth(await asked('/admin/health'))),
    await entry('limits.json', async () => shownLimits(await asked('/admin/health'))),
    await entry('budgets.json', async () => shownBudgets(await asked('/admin/budgets/state'))),
    await entry('failed-requests.json', async () => failedRequests(await requests())),
    await entry('timings.json', async () => timings(await requests())),
    await entry('log.txt', async () => await lastLogLines(folder)),
    await entry('files.json', async () => await filesOf(folder)),
  ];
}

async function entry(name: string, content: () => Promise<unknown>): Promise<DiagnosticsEntry> {
  const value = await content().catch((error: unknown) => ({ notRead: reasonOf(error) }));
  return { name, text: typeof value === 'string' ? `${value}\n` : `${JSON.stringify(value, null, 2)}\n` };
}

function versions(env: DiagnosticsOptions['env'], running: boolean): unknown {
  return {
    omniroute: VERSION,
    node: process.version,
    system: `${systemType()} ${release()}`,
    platform: platform(),
    arch: arch(),
    cpus: cpus().length,
    memoryMB: Math.round(totalmem() / 1024 ** 2),
    gatewayRuns: running,
    variablesSet: Object.keys(env)
      .filter((name) => TELLING.test(name) && env[name])
      .sort(),
    at: new Date().toISOString(),
  };
}

async function loaded(folder: string): Promise<Config | Error> {
  return await new ConfigFile(folder).load().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
}

/** Where it is broken; what stands there is not told, as a value in a wrong place may be a secret. */
function problemsOf(error: Error): unknown {
  const problems = error instanceof ConfigError ? error.problems.map((problem) => problem.replace(/"[^"]*"/g, '"…"')) : [reasonOf(error)];
  return { notRead: problems };
}

/** A system's code where there is one: messages hold paths and words of others. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message.slice(0, 200);
}
