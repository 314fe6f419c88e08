import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { startGateway } from '../../src/gateway/start.ts';
import type { RequestRecord } from '../../src/ledger/record.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';
import { DIALECTS, type Target } from './target.ts';

/** A gateway with one account per dialect, all at one scripted provider. */
export interface House {
  provider: ScriptedProvider;
  target: RunningGateway;
  /** Before each ask, where one account answers many cases: what failed before must not keep it from being asked. */
  ready(): Promise<void>;
  /** Names a vendor's model through the account that speaks `dialect`. */
  model(dialect: ClientDialectId, vendorModel: string | null): string;
  close(): Promise<void>;
}

const ACCOUNTS: Record<ClientDialectId, { provider: string; prefix: string; base: string }> = {
  'openai-chat': { provider: 'openai-compatible', prefix: 'chat', base: '/v1' },
  'openai-responses': { provider: 'openai-responses-compatible', prefix: 'resp', base: '/v1' },
  'anthropic-messages': { provider: 'anthropic-compatible', prefix: 'anth', base: '/v1' },
  gemini: { provider: 'gemini-compatible', prefix: 'gem', base: '/v1beta' },
};

/** The key the scripted provider's accounts use; it must never be seen by a client. */
export const PROVIDER_KEY = 'provider-key-for-tests';

/** One account; `at` tells apart several of the same dialect. */
export function accountFor(dialect: ClientDialectId, providerUrl: string, at = 0): Record<string, unknown> {
  const { provider, base } = ACCOUNTS[dialect];
  const prefix = prefixOf(dialect, at);
  return {
    id: `account-${prefix}`,
    provider,
    name: prefix,
    prefix,
    baseUrl: `${providerUrl}${base}`,
    credential: { env: 'SCRIPTED_PROVIDER_KEY' },
    priority: at + 1,
    enabled: true,
    proxy: null,
  };
}

export function prefixOf(dialect: ClientDialectId, at = 0): string {
  return at === 0 ? ACCOUNTS[dialect].prefix : `${ACCOUNTS[dialect].prefix}-${at}`;
}

/**
 * Accounts that fail are cooled, which is right and in the way of the next case: so each ask of a failing provider goes to an
 * account of its own.
 */
export function manyAccounts(dialect: ClientDialectId, providerUrl: string, count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, at) => accountFor(dialect, providerUrl, at));
}

/** `config.json` as a user would write it by hand; without retries, so that what a provider is asked is what a test scripted. */
export function configFor(accounts: Record<string, unknown>[], settings: Record<string, unknown> = {}): Record<string, unknown> {
  return { version: 1, accounts, combos: [], keys: [], settings: { routing: { retries: 0 }, ...settings } };
}

export interface RunningGateway extends Target {
  /** The newest record of the gateway's own book. */
  lastRecord(): RequestRecord | undefined;
  /** Forgets that accounts failed, as a user does by hand: for files whose cases share accounts. */
  resetHealth(): Promise<void>;
  close(): Promise<void>;
}

/** A gateway of its own with this configuration, in a folder that `close` removes. */
export async function gatewayWith(config: Record<string, unknown>): Promise<RunningGateway> {
  const dataDir = await mkdtemp(join(tmpdir(), 'omniroute-test-'));
  await writeFile(join(dataDir, 'config.json'), JSON.stringify(config));
  const gateway = await startGateway({ dataDir, port: 0, log: () => {}, env: { SCRIPTED_PROVIDER_KEY: PROVIDER_KEY } });
  return {
    url: gateway.url,
    key: gateway.key,
    lastRecord: () => gateway.records().at(-1),
    resetHealth: async () => {
      const headers = { 'x-api-key': gateway.key, 'content-type': 'application/json' };
      const response = await fetch(`${gateway.url}/admin/health/reset`, { method: 'POST', headers, body: '{}' });
      if (!response.ok) throw new Error(`health was not reset: ${response.status}`);
      await response.arrayBuffer();
    },
    close: async () => {
      await gateway.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts provider and gateway. */
export async function house(settings?: Record<string, unknown>): Promise<House> {
  const provider = await scriptedProvider();
  const accounts = DIALECTS.map((dialect) => accountFor(dialect, provider.url));
  const gateway = await gatewayWith(configFor(accounts, settings));
  return {
    provider,
    target: gateway,
    ready: async () => {
      if (gateway.lastRecord()?.error) await gateway.resetHealth();
    },
    model: (dialect, vendorModel) => `${prefixOf(dialect)}/${vendorModel ?? 'model'}`,
    close: async () => {
      await gateway.close();
      await provider.close();
    },
  };
}
