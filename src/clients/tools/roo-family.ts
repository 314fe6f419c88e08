import { type JsonObject, withoutNulls } from '../../conversation/json.ts';
import type { Client, FilePlan, Machine, OfferedModel, Setup } from '../client.ts';
import type { TextEdit } from '../edit/edit.ts';
import {
  extensionVersion,
  foundIn,
  isAbsolute,
  isFolder,
  joined,
  OUR_NAME,
  originOf,
  readSettings,
  roaming,
  textAt,
  xdgConfig,
} from './look.ts';

/** One of the two extensions that share this way: Roo Code, and Zoo Code, which continues it. */
interface Family {
  id: 'roo' | 'zoo';
  name: string;
  /** In small letters. */
  extension: string;
  /** User setting that names the file to import. */
  setting: string;
  recordedAs: readonly string[];
  /** Of the file that is made, below `~/.omniroute`. */
  file: string;
}

const PROFILES = ['providerProfiles'] as const;
const PROFILE = [...PROFILES, 'apiConfigs', OUR_NAME] as const;

/**
 * Their own settings lie in VS Code's storage, out of reach. What is open to others is a user setting that names a file of profiles, imported
 * at each start: profiles are merged by name, and the one named as current becomes the active one (`importSettingsFromPath` in
 * src/core/config/importExport.ts, `autoImportSettings` in src/utils/, RooCodeInc/Roo-Code and Zoo-Code-Org/Zoo-Code). A file that the user
 * has them import already is kept, and our profile is added to it.
 */
export function rooFamily(family: Family): Client {
  return {
    id: family.id,
    name: family.name,
    recordedAs: family.recordedAs,
    afterwards: 'reload-window',
    async detect(machine) {
      const version = await extensionVersion(machine, family.extension);
      const settings = await readSettings(settingsFile(machine), 'json');
      const named = textAt(settings, family.setting)?.trim();
      const imported = await readSettings(named ? resolved(machine, named) : ownFile(machine, family), 'json');
      const isUsed = Boolean(named) && textAt(imported, ...PROFILES, 'currentApiConfigName') === OUR_NAME;
      const installed = version !== undefined || (await isFolder(storageOf(machine, family)));
      return foundIn([settings, imported], {
        installed,
        version,
        origin: isUsed ? originOf(textAt(imported, ...PROFILE, 'openAiBaseUrl')) : undefined,
        key: isUsed ? textAt(imported, ...PROFILE, 'openAiApiKey') : undefined,
        model: isUsed ? textAt(imported, ...PROFILE, 'openAiModelId') : undefined,
      });
    },
    async plan(machine, setup) {
      const settings = await readSettings(settingsFile(machine), 'json');
      const named = textAt(settings, family.setting)?.trim();
      const imported = {
        path: named ? resolved(machine, named) : ownFile(machine, family),
        format: 'json',
        edits: profileEdits(setup),
        mode: 0o600,
      };
      const plans: FilePlan[] = [{ ...imported, format: 'json' }];
      // With `~/`, so that Settings Sync carries nothing to another machine that would lead astray there: no such file, nothing imported.
      if (!named)
        plans.push({ path: settingsFile(machine), format: 'json', edits: [{ set: [family.setting], to: `~/.omniroute/${family.file}` }] });
      return plans;
    },
    instructions: (_machine, setup) => [
      `After the window is reloaded, ${family.name} imports the profile “${OUR_NAME}” (model ${setup.model}) and switches to it.`,
      `It does so at every start, as long as the setting ${family.setting} names the file. To choose another profile for good, clear that setting; the profile stays.`,
      `Taking the set-up back stops the import. The profile that was imported stays in ${family.name} until you delete it in its settings.`,
    ],
  };
}

/** Member by member, so that what the user set beside them (a temperature, headers) stays. */
function profileEdits(setup: Setup): TextEdit[] {
  const model = setup.models.find((offered) => offered.name === setup.model);
  const info = model && modelInfo(model);
  return [
    { set: [...PROFILE, 'apiProvider'], to: 'openai' },
    { set: [...PROFILE, 'openAiBaseUrl'], to: `${setup.origin}/v1` },
    { set: [...PROFILE, 'openAiApiKey'], to: setup.key },
    { set: [...PROFILE, 'openAiModelId'], to: setup.model },
    info ? { set: [...PROFILE, 'openAiCustomModelInfo'], to: info } : { remove: [...PROFILE, 'openAiCustomModelInfo'] },
    { set: [...PROFILES, 'currentApiConfigName'], to: OUR_NAME },
  ];
}

/** `contextWindow` and `supportsPromptCache` are required there (packages/types/src/model.ts); without them the whole profile is skipped. */
function modelInfo(model: OfferedModel): JsonObject | undefined {
  if (!model.contextWindow) return undefined;
  return withoutNulls({
    contextWindow: model.contextWindow,
    maxTokens: model.maxOutput,
    supportsImages: model.vision,
    supportsPromptCache: false,
  });
}

function settingsFile(machine: Machine): string {
  return joined(machine, editorUser(machine), 'settings.json');
}

function storageOf(machine: Machine, family: Family): string {
  return joined(machine, editorUser(machine), 'globalStorage', family.extension);
}

/** The folder that is known, else that of VS Code's stable build. */
function editorUser(machine: Machine): string {
  if (machine.editorUser) return machine.editorUser;
  return joined(machine, programData(machine), 'Code', 'User');
}

function programData(machine: Machine): string {
  if (machine.platform === 'win32') return roaming(machine);
  if (machine.platform === 'darwin') return joined(machine, machine.home, 'Library', 'Application Support');
  return xdgConfig(machine);
}

function ownFile(machine: Machine, family: Family): string {
  return joined(machine, machine.home, '.omniroute', family.file);
}

/** As the extension does it: `~/` and relative paths are taken from the home folder. */
function resolved(machine: Machine, path: string): string {
  if (path.startsWith('~/')) return joined(machine, machine.home, path.slice(2));
  return isAbsolute(machine, path) ? path : joined(machine, machine.home, path);
}
