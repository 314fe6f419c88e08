import type { Client, Machine } from '../client.ts';
import { foundIn, joined, OUR_NAME, originOf, readSettings, type SettingsFile, textAt, valueAt } from './look.ts';

/** The extension's id, in small letters. */
export const COPILOT_CHAT = 'github.copilot-chat';
/** The provider of Copilot Chat that takes endpoints of the user's own. */
export const ENDPOINT_VENDOR = 'customendpoint';
export const GROUPS_FILE = 'chatLanguageModels.json';

const WHY = 'VS Code itself creates the group, because it keeps the key as a secret: run “OmniRoute: Set Up a Tool…” in VS Code.';

/**
 * Copilot Chat's own list of endpoints. A key written into its file is not used (VS Code takes it for the name of a secret), so that only
 * the editor can set it up. The models are in its picker without that, through our extension.
 */
export const copilot: Client = {
  id: 'copilot',
  name: 'Copilot Chat',
  recordedAs: ['GitHub Copilot Chat'],
  instructionsOnly: WHY,
  async detect(machine) {
    const file = await groupsFile(machine);
    const version = machine.extensions?.get(COPILOT_CHAT);
    const url = ourUrl(file);
    return foundIn([file], {
      installed: version !== undefined || file.is !== 'absent',
      version,
      origin: originOf(url),
      key: undefined,
      model: undefined,
    });
  },
  plan: async () => [],
  instructions: () => [
    'Install the OmniRoute extension: its models are in Copilot Chat’s model picker at once, without a key or a file.',
    'For other profiles, or features that take custom endpoints alone: run “OmniRoute: Set Up a Tool…” in VS Code and choose Copilot Chat.',
  ],
};

async function groupsFile(machine: Machine): Promise<SettingsFile> {
  if (machine.editorUser === undefined) return { is: 'absent', path: GROUPS_FILE };
  return await readSettings(joined(machine, machine.editorUser, GROUPS_FILE), 'json');
}

function ourUrl(file: SettingsFile): string | undefined {
  const groups = valueAt(file);
  const count = Array.isArray(groups) ? groups.length : 0;
  const at = Array.from({ length: count }, (_, index) => index).find(
    (index) => textAt(file, index, 'name') === OUR_NAME && textAt(file, index, 'vendor') === ENDPOINT_VENDOR,
  );
  return at === undefined ? undefined : textAt(file, at, 'models', 0, 'url');
}
