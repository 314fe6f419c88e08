import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationTarget, commands, type ExtensionContext, extensions, lm, workspace } from 'vscode';
import { COPILOT_CHAT, GROUPS_FILE } from '../../../clients/tools/copilot.ts';
import type { JsonObject } from '../../../conversation/json.ts';
import { readSetting, writeSetting } from '../../settings.ts';
import { type CopilotHost, MADE, type MadeGroup, type UtilityModels } from './host.ts';

const ADD = 'lm.addLanguageModelsProviderGroup';
const BEFORE = 'omniroute.utilityModelsBefore';
/** Copilot Chat registers its vendors some time after it was activated. */
const TRIES = 30;
const PAUSE_MS = 500;

/** Copilot Chat and VS Code themselves. */
export function vscodeHost({ globalState }: ExtensionContext, user: string): CopilotHost {
  return {
    version: () => extension()?.version,
    canCreate: async () => (await commands.getCommands(true)).includes(ADD),
    create,
    files: async () => [join(user, GROUPS_FILE), ...(await profiles(user)).map((profile) => join(user, 'profiles', profile, GROUPS_FILE))],
    made: () => globalState.get<MadeGroup>(MADE),
    setMade: async (made) => await globalState.update(MADE, made),
    utility,
    hidden: () => readSetting('models.hidden'),
    setUtility: async ({ utilityModel, utilitySmallModel }) => {
      await set('utilityModel', utilityModel);
      await set('utilitySmallModel', utilitySmallModel);
    },
    utilityBefore: () => globalState.get<UtilityModels>(BEFORE),
    setUtilityBefore: async (models) => await globalState.update(BEFORE, models),
    keepInStep: async (on) => {
      const others = readSetting('autoSetup').filter((id) => id !== 'copilot');
      if (on || others.length !== readSetting('autoSetup').length) await writeSetting('autoSetup', on ? [...others, 'copilot'] : others);
    },
    isKeptInStep: () => readSetting('autoSetup').includes('copilot'),
  };
}

function extension(): { version: string; activate(): Thenable<unknown> } | undefined {
  const found = extensions.all.find(({ id }) => id.toLowerCase() === COPILOT_CHAT);
  if (!found) return undefined;
  const { packageJSON } = found;
  const manifest: unknown = packageJSON;
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
  return { version, activate: () => found.activate() };
}

/** Its vendor is known once it runs; asking for models wakes what sleeps. */
async function create(group: JsonObject): Promise<void> {
  await extension()?.activate();
  for (let left = TRIES; ; left -= 1) {
    try {
      await commands.executeCommand(ADD, group);
      return;
    } catch (error) {
      if (left === 0 || !/not found|already exists/i.test(String(error))) throw error;
      await lm.selectChatModels({}).then(undefined, () => undefined);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

async function profiles(user: string): Promise<string[]> {
  return await readdir(join(user, 'profiles')).catch(() => []);
}

function utility(): UtilityModels | undefined {
  const chat = workspace.getConfiguration('chat');
  if (chat.inspect('utilityModel')?.defaultValue === undefined) return undefined;
  return { utilityModel: chat.get('utilityModel', ''), utilitySmallModel: chat.get('utilitySmallModel', '') };
}

async function set(name: string, value: string): Promise<void> {
  await workspace.getConfiguration('chat').update(name, value === '' ? undefined : value, ConfigurationTarget.Global);
}
