import { asArray, asObject, asString, type JsonObject, withoutNulls } from '../../conversation/json.ts';
import type { Client, Machine, OfferedModel, Setup } from '../client.ts';
import type { TextEdit } from '../edit/edit.ts';
import { foundIn, isAbsolute, isFolder, joined, originOf, readSettings, type SettingsFile, textAt, valueAt, variable } from './look.ts';
import { programOnPath } from './program.ts';

/** Of our own, and of no other tool: a variable of the shell by this name would win over the one in the file. */
const KEY_VARIABLE = 'OMNIROUTE_QWEN_CODE_KEY';
const LIST = ['modelProviders', 'openai'] as const;

/**
 * Qwen Code. Run with 0.24.4 (test/tools/setup): `env` of the settings serves `envKey`, and `security.auth.selectedType` must be `openai`, or it
 * asks how to sign in. At its start it may write `$version` into the file.
 */
export const qwenCode: Client = {
  id: 'qwen-code',
  name: 'Qwen Code',
  recordedAs: ['Qwen Code'],
  afterwards: 'restart-tool',
  async detect(machine) {
    const file = await readSettings(settingsPath(machine), 'json');
    const program = await programOnPath(machine, 'qwen', '@qwen-code/qwen-code');
    const model = textAt(file, 'model', 'name');
    const item = ours(file).find(({ id }) => id === model);
    return foundIn([file], {
      installed: program !== undefined || (await isFolder(folderOf(machine))),
      version: program?.version,
      origin: originOf(asString(item?.baseUrl)),
      key: item && textAt(file, 'env', KEY_VARIABLE),
      model: item && model,
    });
  },
  async plan(machine, setup) {
    const path = settingsPath(machine);
    const file = await readSettings(path, 'json');
    return [{ path, format: 'json', edits: [...listEdits(file, setup), ...choiceEdits(setup)], mode: 0o600 }];
  },
  instructions: () => ['A .qwen/settings.json in a project wins over these settings.'],
};

function folderOf(machine: Machine): string {
  const named = variable(machine, 'QWEN_HOME');
  if (named === undefined) return joined(machine, machine.home, '.qwen');
  if (/^~(?=$|[/\\])/.test(named)) return joined(machine, machine.home, named.slice(1));
  return isAbsolute(machine, named) ? named : joined(machine, machine.home, '.qwen');
}

function settingsPath(machine: Machine): string {
  return joined(machine, folderOf(machine), 'settings.json');
}

/** Items of the list that are ours: they name our variable. */
function ours(file: SettingsFile): JsonObject[] {
  return asArray(valueAt(file, ...LIST))
    .map(asObject)
    .filter((item) => item !== undefined)
    .filter((item) => item.envKey === KEY_VARIABLE);
}

function listEdits(file: SettingsFile, setup: Setup): TextEdit[] {
  const gone = ours(file)
    .map(({ id }) => asString(id))
    .filter((id) => id !== undefined && !setup.models.some(({ name }) => name === id));
  return [
    ...gone.map((id): TextEdit => ({ remove: [...LIST, { where: 'id', is: id ?? '' }] })),
    ...setup.models.map((model): TextEdit => ({ set: [...LIST, { where: 'id', is: model.name }], to: item(model, setup) })),
  ];
}

function item(model: OfferedModel, setup: Setup): JsonObject {
  return {
    id: model.name,
    name: model.title,
    baseUrl: `${setup.origin}/v1`,
    envKey: KEY_VARIABLE,
    ...(model.contextWindow ? { generationConfig: withoutNulls({ contextWindowSize: model.contextWindow }) } : {}),
  };
}

function choiceEdits(setup: Setup): TextEdit[] {
  return [
    { set: ['env', KEY_VARIABLE], to: setup.key },
    { set: ['security', 'auth', 'selectedType'], to: 'openai' },
    { set: ['model', 'name'], to: setup.model },
  ];
}
