import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { ModelWatch } from '../../../src/editor/bridge/model-watch.ts';
import { PortBridge } from '../../../src/editor/bridge/port-bridge.ts';
import { PortServer } from '../../../src/editor/bridge/port-server.ts';
import { answererOf } from '../../../src/editor/bridge/serve.ts';
import { startGateway } from '../../../src/gateway/start.ts';
import type { RequestRecord } from '../../../src/ledger/record.ts';
import { accountFor, configFor, PROVIDER_KEY } from '../../sdk/house.ts';
import { type ScriptedProvider, scriptedProvider } from '../../upstream/scripted-provider.ts';
import { standIn } from './stand-in.ts';

/** An answer's body, as a test looks into it. */
type Json = Record<string, { id: string; name: string; message: Record<string, unknown> }[]>;

const bridged = (provider: string, prefix: string) => ({
  id: `account-${prefix}`,
  provider,
  name: prefix,
  prefix,
  priority: 1,
  enabled: true,
  proxy: null,
});

export type BridgeHouse = Awaited<ReturnType<typeof bridgeHouse>>;

/** A gateway whose bridge leads over a real message port to the stand-in; and one account at a scripted provider, to fall back to. */
export async function bridgeHouse(options: { bridge: boolean } = { bridge: true }) {
  const editor = standIn();
  editor.add('copilot', 'gpt-test', { capabilities: { supportsToolCalling: true, supportsImageToText: true } });
  editor.add('standin', 'echo');
  editor.add('omniroute', 'auto');
  editor.add('customendpoint', 'ours');
  const state = { enabled: true, wanted: [] as string[] };
  const watch = new ModelWatch(editor);
  const { port1, port2 } = new MessageChannel();
  const bridge = new PortBridge((message) => port1.postMessage(message));
  const server = new PortServer(
    (message) => port2.postMessage(message),
    answererOf({
      ...editor,
      canSend: () => editor.consent,
      enabled: () => state.enabled,
      consentWanted: (model) => state.wanted.push(model.vendor),
      listed: (provider, models) => watch.listed(provider, models),
    }),
  );
  port1.on('message', (message) => bridge.hear(message));
  port2.on('message', (message) => server.hear(message));
  const provider: ScriptedProvider = await scriptedProvider();
  const accounts = [
    bridged('vscode-copilot', 'gh'),
    bridged('vscode-lm', 'lm'),
    { ...accountFor('openai-chat', provider.url), priority: 2 },
  ];
  const combos = [{ name: 'either', targets: ['gh/gpt-test', 'chat/spare'] }];
  const dataDir = await mkdtemp(join(tmpdir(), 'omniroute-bridge-'));
  await writeFile(join(dataDir, 'config.json'), JSON.stringify({ ...configFor(accounts), combos }));
  const gateway = await startGateway({
    dataDir,
    port: 0,
    env: { SCRIPTED_PROVIDER_KEY: PROVIDER_KEY },
    log: () => {},
    ...(options.bridge ? { bridge } : {}),
  });
  const headers = { 'x-api-key': gateway.key, 'content-type': 'application/json' };
  const call = (path: string, body?: unknown, init: RequestInit = {}): Promise<Response> =>
    fetch(`${gateway.url}${path}`, { headers, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }), ...init });
  return {
    editor,
    state,
    watch,
    server,
    provider,
    call,
    json: async (path: string, body?: unknown) => (await (await call(path, body)).json()) as Json,
    lastRecord: (): RequestRecord | undefined => gateway.records().at(-1),
    afresh: async (): Promise<void> => {
      Object.assign(state, { enabled: true, wanted: [] });
      editor.consent = true;
      editor.asked.length = 0;
      await (await call('/admin/health/reset', {})).arrayBuffer();
    },
    close: async (): Promise<void> => {
      await gateway.close();
      await provider.close();
      server.dispose();
      port1.close();
      port2.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
