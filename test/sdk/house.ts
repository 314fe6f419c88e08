import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { startGateway } from '../../src/gateway/start.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';
import type { Target } from './target.ts';

/** A gateway with one account per dialect, all at one scripted provider. */
export interface House {
  provider: ScriptedProvider;
  target: Target;
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

/** `config.json` as a user would write it by hand. */
export function configFor(providerUrl: string, settings: Record<string, unknown> = {}): Record<string, unknown> {
  const accounts = Object.values(ACCOUNTS).map(({ provider, prefix, base }, index) => ({
    id: `account-${prefix}`,
    provider,
    name: prefix,
    prefix,
    baseUrl: `${providerUrl}${base}`,
    credential: { env: 'SCRIPTED_PROVIDER_KEY' },
    priority: index + 1,
    enabled: true,
    proxy: null,
  }));
  return { version: 1, accounts, combos: [], keys: [], settings };
}

export interface RunningGateway extends Target {
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
    close: async () => {
      await gateway.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts provider and gateway. */
export async function house(settings?: Record<string, unknown>): Promise<House> {
  const provider = await scriptedProvider();
  const gateway = await gatewayWith(configFor(provider.url, settings));
  return {
    provider,
    target: gateway,
    model: (dialect, vendorModel) => `${ACCOUNTS[dialect].prefix}/${vendorModel ?? 'model'}`,
    close: async () => {
      await gateway.close();
      await provider.close();
    },
  };
}
