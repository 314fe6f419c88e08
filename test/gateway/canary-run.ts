import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { writeRuntimeFile } from '../../src/config/runtime-file.ts';
import { startGateway } from '../../src/gateway/start.ts';
import { type CommandLine, commandLine } from '../cli/omniroute.ts';
import { configFor } from '../sdk/house.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';
import { type Canaries, Finds, newCanaries } from './canary-secrets.ts';

export interface CanaryRun {
  secrets: Canaries;
  finds: Finds;
  provider: ScriptedProvider;
  url: string;
  key: string;
  cli: CommandLine;
  /** Asks the gateway; what comes back is searched for everything that is not the client's own. Gives the text of the answer. */
  ask(path: string, options?: { method?: string; headers?: Record<string, string>; body?: unknown; bare?: boolean }): Promise<string>;
  /** Forgets that accounts failed, so that the next request goes out. */
  ready(): Promise<void>;
  /** Runs a command; its output is searched. */
  command(args: string[], given?: { stdin?: string; env?: Record<string, string> }): Promise<void>;
  /** Searches a zip, unpacked. */
  zip(path: string): Promise<void>;
  /** Closes the gateway and searches all it left. */
  close(): Promise<void>;
  /** Searches the files of the data folder. */
  files(): Promise<void>;
}

/** A gateway whose accounts, each in another way, hold marked secrets. */
export async function canaryRun(): Promise<CanaryRun> {
  const secrets = newCanaries();
  const finds = new Finds(secrets.all);
  const provider = await scriptedProvider();
  const proxy = await refusingProxy();
  const cli = await commandLine();
  const { folder } = cli;
  await writeFile(join(folder, 'config.json'), JSON.stringify(configFor(accountsOf(secrets, provider.url, proxy.url), SETTINGS)));
  const vault = new FileVault(folder);
  await vault.set('account/vault', secrets.vaultKey);
  await vault.set('account/sk', secrets.skKey);
  const env = { ENV_KEY: secrets.envKey, HEADER_KEY: secrets.headerKey, ANTHROPIC_KEY: secrets.anthropicKey, JWT_KEY: secrets.jwt };
  const lines: string[] = [];
  const onWarning = (warning: Error): void => void lines.push(`process warning ${warning.stack}`);
  process.on('warning', onWarning);
  const gateway = await startGateway({ dataDir: folder, port: 0, vault, log: (line) => lines.push(line), env });
  secrets.all.push({ label: 'first gateway key', of: 'account', text: gateway.key });
  const forget = await writeRuntimeFile(folder, { url: gateway.url, pid: process.pid });
  const events = await listen(gateway.url, gateway.key);

  const ask: CanaryRun['ask'] = async (path, { method = 'POST', headers = {}, body, bare = false } = {}) => {
    const response = await fetch(gateway.url + path, {
      method,
      headers: { ...(bare ? {} : { 'x-api-key': gateway.key }), 'content-type': 'application/json', ...headers },
      redirect: 'manual',
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    });
    const text = await response.text();
    const head = JSON.stringify([...response.headers]);
    // What is the client's own may come back to it.
    finds.look(`an answer to ${method} ${path.split('?')[0]} ${response.status}`, head + text, ({ of }) => of === 'client');
    return text;
  };
  const files = async (): Promise<void> => {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const byHand = /^config\.json(?:\.\d+)?$/.test(entry.name) || /[\\/]backups$/.test(entry.parentPath);
      finds.look(`the file ${path.slice(folder.length + 1)}`, await readFile(path), ({ of }) => byHand && of === 'config');
    }
  };
  return {
    secrets,
    finds,
    provider,
    url: gateway.url,
    key: gateway.key,
    cli,
    ask,
    ready: async () => {
      await ask('/admin/health/reset');
    },
    command: async (args, given) => {
      const { code, out, err } = await cli.run(args, given);
      if (code !== 0 && args[0] !== 'account') throw new Error(`${args.join(' ')}: ${err}`);
      finds.look(`the output of "${args.slice(0, 2).join(' ')}"`, out + err);
    },
    zip: async (path) => {
      const bytes = await readFile(path);
      finds.look('a zip', bytes);
      for (const [name, content] of Object.entries(unzipSync(bytes))) finds.look(`${name} of a zip`, Buffer.from(content));
    },
    files,
    close: async () => {
      await files();
      await gateway.close();
      await forget();
      await files();
      const told = await events.all();
      if (!told.includes('request-finished')) throw new Error('no event was told');
      finds.look('the events', told);
      for (const line of lines) finds.look('the log callback', line);
      for (const record of gateway.records()) finds.look('a record in memory', JSON.stringify(record));
      process.off('warning', onWarning);
      await provider.close();
      proxy.server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const SETTINGS = { routing: { retries: 0 }, logs: { level: 'debug' } };

function accountsOf(secrets: Canaries, url: string, proxyUrl: string): Record<string, unknown>[] {
  const account = (name: string, fields: Record<string, unknown>) => ({
    id: `id-${name}`,
    provider: 'openai-compatible',
    name,
    prefix: name,
    baseUrl: `${url}/v1`,
    priority: 1,
    enabled: true,
    proxy: null,
    ...fields,
  });
  const bare = new URL(url);
  return [
    account('vault', { credential: { secret: 'account/vault' } }),
    account('sk', { credential: { secret: 'account/sk' } }),
    account('env', { credential: { env: 'ENV_KEY' } }),
    account('jwt', { credential: { env: 'JWT_KEY' } }),
    account('header', { provider: 'gemini-compatible', baseUrl: `${url}/v1beta`, credential: { env: 'HEADER_KEY' } }),
    account('anth', { provider: 'anthropic-compatible', credential: { env: 'ANTHROPIC_KEY' } }),
    account('resp', { provider: 'openai-responses-compatible', credential: { secret: 'account/vault' } }),
    account('own', { credential: { env: 'ENV_KEY' }, headers: { 'x-custom-auth': secrets.ownHeader } }),
    account('url', {
      baseUrl: `http://me:${secrets.urlPassword}@${bare.host}/v1?tenant=${secrets.urlQuery}`,
      credential: { env: 'ENV_KEY' },
    }),
    account('proxied', { proxy: `http://me:${secrets.proxyPassword}@127.0.0.1:4` }),
    account('proxied2', { proxy: proxyUrl.replace('//', `//me:${secrets.proxyPassword2}@`), credential: { env: 'ENV_KEY' } }),
  ];
}

/** Refuses, and repeats how it was asked. */
async function refusingProxy(): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => response.writeHead(407).end(JSON.stringify(request.headers)));
  server.on('connect', (request, socket) => {
    const said = String(request.headers['proxy-authorization']);
    socket.end(`HTTP/1.1 407 Refused ${said}\r\nx-said: ${said}\r\ncontent-length: 0\r\n\r\n`);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** All that is told to somebody who watches. */
async function listen(url: string, key: string): Promise<{ all(): Promise<string> }> {
  const response = await fetch(`${url}/admin/events`, { headers: { 'x-api-key': key } });
  let text = '';
  const read = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => {});
  return {
    all: async () => {
      await read;
      return text;
    },
  };
}
