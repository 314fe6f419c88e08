import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { hashKey } from '../../src/accounts/gateway-keys.ts';
import { ConfigFile } from '../../src/config/file.ts';
import { type Config, configSchema } from '../../src/config/schema.ts';

/** Secrets of each kind, none like any other text. */
export const SECRETS = {
  vaultKey: 'canary-vault-7Qm2xW',
  gatewayKey: 'omr-canary-gateway-4Zt9kL',
  envValue: 'canary-env-8Hr3pD',
  proxyPassword: 'canary-proxy-5Nv6yB',
  headerValue: 'canary-header-2Lc8sJ',
  urlUser: 'canary-urluser-9Xe1gT',
  query: 'canary-query-3Fb7mQ',
  parameter: 'canary-param-6Wd4hR',
} as const;

export const ENV = { CANARY_KEY: SECRETS.envValue };

export async function emptyFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'omniroute-backup-'));
}

/** A data folder with secrets in every place that can hold one. */
export async function fullFolder(): Promise<{ folder: string; vault: FileVault; config: Config }> {
  const folder = await emptyFolder();
  const vault = new FileVault(folder, '');
  const config = fullConfig();
  await new ConfigFile(folder).update((current) => Object.assign(current, config));
  await vault.set('account/one', SECRETS.vaultKey);
  await vault.set('gateway-key/default', SECRETS.gatewayKey);
  await writeFile(join(folder, 'state.json'), `${JSON.stringify({ version: 1, savedAt: 5, parts: { health: { notes: [] } } })}\n`);
  return { folder, vault, config };
}

export function fullConfig(): Config {
  return configSchema.parse({
    version: 1,
    accounts: [
      {
        id: 'one',
        provider: 'openai-compatible',
        name: 'Work node',
        prefix: 'work',
        baseUrl: `https://${SECRETS.urlUser}:x@node.example/v1?api-key=${SECRETS.query}`,
        parameters: { baseUrl: `https://node.example/v1?sig=${SECRETS.parameter}`, region: 'eu-1' },
        credential: { secret: 'account/one' },
        proxy: `http://user:${SECRETS.proxyPassword}@proxy.example:8080`,
        headers: { 'x-tenant': SECRETS.headerValue },
      },
      { id: 'two', provider: 'groq', name: 'groq', credential: { env: 'CANARY_KEY' } },
    ],
    combos: [{ name: 'coding', targets: ['work/big', 'groq/*'] }],
    aliases: { quick: 'coding' },
    routes: [{ match: 'claude-*', to: 'coding' }],
    keys: [
      { id: 'k0', name: 'default', hash: hashKey(SECRETS.gatewayKey), hint: SECRETS.gatewayKey.slice(-4), admin: true },
      { id: 'k1', name: 'ci', hash: hashKey('omr-other'), models: ['coding'] },
    ],
    budgets: [
      { key: 'ci', period: 'day', usd: 2 },
      { account: 'Work node', period: 'month', tokens: 1000 },
    ],
    prices: { 'work/*': { input: 1, output: 2 } },
    settings: { rules: { systemPrompts: [{ text: 'You are the secret project Bluebird.' }] }, stream: { pingMs: 9000 } },
  });
}

/** Every file under a folder with its bytes: what "nothing changed" is measured by. */
export async function everyFile(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) files[name] = (await readFile(path)).toString('base64');
  }
  return files;
}

/** Which secrets stand in some bytes. */
export function secretsIn(bytes: Uint8Array | string): string[] {
  const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1');
  return Object.entries(SECRETS).flatMap(([kind, secret]) => (text.includes(secret) ? [kind] : []));
}
