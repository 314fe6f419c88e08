import { asArray, asObject, asString, type JsonObject } from '../../conversation/json.ts';
import type { Client, FilePlan, Machine, OfferedModel, Setup } from '../client.ts';
import type { TextEdit } from '../edit/edit.ts';
import {
  extensionVersion,
  foundIn,
  isFolder,
  joined,
  OUR_NAME,
  originOf,
  readSettings,
  type SettingsFile,
  textAt,
  valueAt,
  variable,
} from './look.ts';
import { programOnPath } from './program.ts';

/** Of the models we add; the picker of Continue shows it, and tells them apart by it. */
const nameOf = (model: string): string => `${OUR_NAME} ${model}`;
const isOurs = (name: unknown): name is string => typeof name === 'string' && name.startsWith(`${OUR_NAME} `);

const LOCAL_CHAT = ['selectedModelsByProfileId', 'local', 'chat'] as const;

/**
 * Continue, extension and command line. Run with the command line 1.5.47 (test/tools/setup): it takes the model that was picked last
 * (`cliSelectedModel`; the extension: `selectedModelsByProfileId`, both in index/globalContext.json), else the first of the list.
 */
export const continueDev: Client = {
  id: 'continue',
  name: 'Continue',
  recordedAs: ['Continue', 'OpenAI SDK'],
  // The extension looks at the file every second; the command line reads it when it starts.
  afterwards: 'restart-tool',
  async detect(machine) {
    const file = await readSettings(configPath(machine), 'yaml');
    const picked = await readSettings(contextPath(machine), 'json');
    const program = await programOnPath(machine, 'cn', '@continuedev/cli');
    const version = await extensionVersion(machine, 'continue.continue');
    const item = chosen(modelsIn(file), picked);
    return foundIn([file], {
      installed: version !== undefined || program !== undefined || (await isFolder(folderOf(machine))),
      version: version ?? program?.version,
      origin: originOf(asString(item?.apiBase)),
      key: asString(item?.apiKey),
      model: asString(item?.model),
    });
  },
  async plan(machine, setup) {
    const path = configPath(machine);
    const file = await readSettings(path, 'yaml');
    const plan: FilePlan = { path, format: 'yaml', edits: [...headEdits(file), ...modelEdits(file, setup)], mode: 0o600 };
    return [plan, ...(await pickPlan(machine, file, setup))];
  },
};

function folderOf(machine: Machine): string {
  return variable(machine, 'CONTINUE_GLOBAL_DIR') ?? joined(machine, machine.home, '.continue');
}

function configPath(machine: Machine): string {
  return joined(machine, folderOf(machine), 'config.yaml');
}

function contextPath(machine: Machine): string {
  return joined(machine, folderOf(machine), 'index', 'globalContext.json');
}

function modelsIn(file: SettingsFile): JsonObject[] {
  return asArray(valueAt(file, 'models'))
    .map(asObject)
    .filter((model) => model !== undefined);
}

/** Of ours, the one that was picked, else the first. */
function chosen(models: readonly JsonObject[], picked: SettingsFile): JsonObject | undefined {
  const ours = models.filter(({ name }) => isOurs(name));
  const names = [textAt(picked, 'cliSelectedModel'), textAt(picked, ...LOCAL_CHAT)];
  return ours.find(({ name }) => names.includes(asString(name))) ?? ours[0];
}

/** What its schema asks for of a file. */
function headEdits(file: SettingsFile): TextEdit[] {
  const head = { name: 'Local Config', version: '1.0.0', schema: 'v1' };
  return Object.entries(head)
    .filter(([key]) => valueAt(file, key) === undefined)
    .map(([key, to]) => ({ set: [key], to }));
}

/** The chosen model first: where ours are the only ones, the first is used. */
function modelEdits(file: SettingsFile, setup: Setup): TextEdit[] {
  const wanted = [...setup.models].sort((a, b) => Number(b.name === setup.model) - Number(a.name === setup.model));
  const gone = modelsIn(file)
    .map(({ name }) => name)
    .filter(isOurs)
    .filter((name) => !wanted.some((model) => nameOf(model.name) === name));
  return [
    ...gone.map((name): TextEdit => ({ remove: ['models', { where: 'name', is: name }] })),
    ...wanted.flatMap((model) => itemEdits(model, setup)),
  ];
}

/** Member by member, so that what the user set beside them (a temperature, roles) stays. */
function itemEdits(model: OfferedModel, setup: Setup): TextEdit[] {
  const at = ['models', { where: 'name', is: nameOf(model.name) }] as const;
  const capabilities = [...(model.tools ? ['tool_use'] : []), ...(model.vision ? ['image_input'] : [])];
  return [
    { set: [...at, 'provider'], to: 'openai' },
    { set: [...at, 'model'], to: model.name },
    { set: [...at, 'apiBase'], to: `${setup.origin}/v1` },
    { set: [...at, 'apiKey'], to: setup.key },
    // Else names like OpenAI's own are asked for through Responses, and others not.
    { set: [...at, 'useResponsesApi'], to: false },
    // Its own User-Agent is that of a minified library (`ls/JS 5.23.2`): so requests are recorded by its name.
    { set: [...at, 'requestOptions', 'headers', 'X-Title'], to: 'Continue' },
    // It knows the abilities of well-known names only.
    ...(capabilities.length > 0 ? [{ set: [...at, 'capabilities'], to: capabilities } satisfies TextEdit] : []),
    ...(model.contextWindow
      ? [{ set: [...at, 'defaultCompletionOptions', 'contextLength'], to: model.contextWindow } satisfies TextEdit]
      : []),
  ];
}

/**
 * What was picked before would win, and where nothing was the first of the list: so the pick is ours where either is another. The chosen
 * model is the first of a list that we made, which needs no pick.
 */
async function pickPlan(machine: Machine, file: SettingsFile, setup: Setup): Promise<FilePlan[]> {
  const to = nameOf(setup.model);
  const picked = await readSettings(contextPath(machine), 'json');
  const hasPick = [textAt(picked, 'cliSelectedModel'), textAt(picked, ...LOCAL_CHAT)].some((name) => name !== undefined);
  const models = modelsIn(file);
  const isOther = models.some(({ name }) => !isOurs(name)) || (models[0] !== undefined && models[0].name !== to);
  if (!hasPick && !isOther) return [];
  return [
    {
      path: contextPath(machine),
      format: 'json',
      edits: [
        { set: ['cliSelectedModel'], to },
        { set: LOCAL_CHAT, to },
      ],
    },
  ];
}
