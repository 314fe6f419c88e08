import type { Client, Machine } from '../client.ts';
import { isFolder, isOnPath, joined, roaming, xdgConfig } from './look.ts';

const WHY =
  'Cursor sends requests from its own servers, not from this machine, and refuses addresses of private networks. It can reach the gateway only through a public HTTPS address.';

/**
 * Cursor: nothing to write. Its override of the base URL belongs to the account, and its servers make the call: “Access to private networks
 * is forbidden” (askalf/dario#190), `ssrf_blocked` (automazeio/vibeproxy#168), cursor.com/help (API keys).
 */
export const cursor: Client = {
  id: 'cursor',
  name: 'Cursor',
  recordedAs: [],
  instructionsOnly: WHY,
  async detect(machine) {
    const installed = (await isFolder(folderOf(machine))) || (await isOnPath(machine, 'cursor'));
    return { installed, version: undefined, origin: undefined, key: undefined, model: undefined };
  },
  plan: async () => [],
  instructions: (_machine, setup) => [
    WHY,
    'The risk: a tunnel opens the gateway to the whole internet. Whoever gets the key uses your accounts, and everything Cursor sends passes its servers and the tunnel. Use a key of its own with a budget, and close the tunnel when you do not need it.',
    'If you still want it: start an HTTPS tunnel to the gateway, and add its host name to settings.security.hosts of the gateway.',
    'In Cursor: Settings → Models → API Keys. Switch on “Override OpenAI Base URL”, enter the tunnel’s address with /v1 at the end, and as the OpenAI API key: {key}',
    `Add a model by the name ${setup.model}. A name that Cursor has itself is not sent to the override, so choose a combo or an alias with a name of its own.`,
    'Tab completion and some of Cursor’s own models never use the override. Easier: use an extension such as Cline, Kilo Code or Continue inside Cursor; those ask from this machine.',
  ],
};

function folderOf(machine: Machine): string {
  if (machine.platform === 'win32') return joined(machine, roaming(machine), 'Cursor');
  if (machine.platform === 'darwin') return joined(machine, machine.home, 'Library', 'Application Support', 'Cursor');
  return joined(machine, xdgConfig(machine), 'Cursor');
}
