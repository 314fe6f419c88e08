import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../../../src/clients/client.ts';
import { CLIENTS } from '../../../src/clients/registry.ts';
import type { PreviewFile } from '../../../src/clients/setup-contract.ts';
import { AdminClient } from '../../../src/editor/admin/client.ts';
import { createLive } from '../../../src/editor/live/live.ts';
import type { Live } from '../../../src/editor/live/snapshot.ts';
import type { ToolDesk } from '../../../src/editor/tools/desk.ts';
import type { ToolContext } from '../../../src/editor/tools/flows/context.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../../sdk/house.ts';
import { type ScriptedProvider, scriptedProvider } from '../../upstream/scripted-provider.ts';
import type { ScriptedUi } from '../commands/scripted-ui.ts';
import { HttpLink } from '../http-link.ts';
import { deskAt } from './desk.ts';

/** The tools of a machine that has a home of its own, at a real gateway. */
export interface ToolHouse {
  home: string;
  gateway: RunningGateway;
  provider: ScriptedProvider;
  admin: AdminClient;
  link: HttpLink;
  live: Live;
  desk: ToolDesk;
  /** Changes that were on the screen, one list of files each time, and how many of them were closed. */
  shown: (readonly PreviewFile[])[];
  closed(): number;
  opened: { path: string; line?: number; column?: number }[];
  copied: string[];
  texts: string[];
  context(ui: ScriptedUi): ToolContext;
  client(id: string): Client;
  close(): Promise<void>;
}

export async function toolHouse(): Promise<ToolHouse> {
  const base = await mkdtemp(join(tmpdir(), 'omniroute-tools-'));
  const home = join(base, 'home');
  const provider = await scriptedProvider();
  const gateway = await gatewayWith({
    ...configFor([accountFor('openai-chat', provider.url)]),
    combos: [{ name: 'best', targets: ['chat/scripted-model'] }],
  });
  const link = new HttpLink();
  link.to(gateway);
  const admin = new AdminClient(link);
  const live = createLive(link, admin, { log: { debug: () => {}, warn: () => {} } });
  const desk = deskAt({ base, admin, link, live });
  const [shown, opened, copied, texts]: [ToolHouse['shown'], ToolHouse['opened'], string[], string[]] = [[], [], [], []];
  let closed = 0;
  const context = (ui: ScriptedUi): ToolContext => ({
    ui,
    desk,
    live,
    admin,
    showChange: async (_title, files) => {
      shown.push(files);
      return {
        close: async () => {
          closed += 1;
        },
      };
    },
    openFile: async (path, place = {}) => void opened.push({ path, ...place }),
    showText: async (_title, text) => void texts.push(text),
    copy: async (text) => void copied.push(text),
    now: Date.now,
  });
  return {
    ...{ home, gateway, provider, admin, link, live, desk, shown, opened, copied, texts, context },
    closed: () => closed,
    client: (id) => {
      const client = CLIENTS.find((other) => other.id === id);
      if (!client) throw new Error(`no tool "${id}"`);
      return client;
    },
    close: async () => {
      live.dispose();
      await gateway.close();
      await provider.close();
      await rm(base, { recursive: true, force: true });
    },
  };
}
