import { join } from 'node:path';
import { FileVault } from '../../../src/accounts/file-vault.ts';
import { ToolKeys } from '../../../src/clients/key-keeper.ts';
import { AdminKeys } from '../../../src/clients/key-keepers.ts';
import { CLIENTS } from '../../../src/clients/registry.ts';
import { createSetups } from '../../../src/clients/setups.ts';
import { ToolSetup } from '../../../src/clients/tool-setup.ts';
import type { AdminClient } from '../../../src/editor/admin/client.ts';
import type { Live } from '../../../src/editor/live/snapshot.ts';
import { ToolDesk } from '../../../src/editor/tools/desk.ts';
import { gatewaySide } from '../../../src/editor/tools/gateway-side.ts';
import type { HttpLink } from '../http-link.ts';

interface From {
  /** A folder of the test's own: the home, the vault and the list of setups are in it. */
  base: string;
  admin: AdminClient;
  link: HttpLink;
  live: Live;
  /** Of the editor's extensions, as they are installed: id and version. */
  extensions?: ReadonlyMap<string, string>;
}

/** The tools of a machine whose home is `home` in `base`, with the gateway's real keys. */
export function deskAt({ base, admin, link, live, extensions = new Map() }: From): ToolDesk {
  const machine = { platform: process.platform, home: join(base, 'home'), env: {}, extensions };
  const gateway = gatewaySide({ admin, link, live, port: 20128 });
  const keys = new ToolKeys(new AdminKeys(admin), new FileVault(join(base, 'vault'), ''), Date.now);
  const setups = createSetups({ machine, folder: join(base, 'data'), now: Date.now, gateway: { origin: () => gateway.origin } });
  const setup = new ToolSetup({ setups, keys, gateway });
  return new ToolDesk(async () => ({ clients: CLIENTS, setup, keys, gateway, machine }));
}
