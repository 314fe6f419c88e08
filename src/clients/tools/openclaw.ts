import { isObject, type JsonObject, withoutNulls } from '../../conversation/json.ts';
import type { Client, Machine, OfferedModel, Setup } from '../client.ts';
import type { TextEdit } from '../edit/edit.ts';
import {
  firstFile,
  foundIn,
  isAbsolute,
  isFolder,
  isOnPath,
  joined,
  OUR_ID,
  originOf,
  ourModel,
  readSettings,
  type SettingsFile,
  textAt,
  valueAt,
  variable,
} from './look.ts';

/** It had other names, and reads the files of them still (openclaw/openclaw, src/config/paths.ts). */
const FOLDERS = ['.openclaw', '.clawdbot', '.moldbot', '.moltbot'];
const FILES = ['openclaw.json', 'clawdbot.json', 'moldbot.json', 'moltbot.json'];

const PROVIDER = ['models', 'providers', OUR_ID] as const;
const DEFAULTS = ['agents', 'defaults'] as const;

/** OpenClaw. Shapes from docs.openclaw.ai (Model providers) and src/config/zod-schema.core.ts, which refuses members it does not know. */
export const openclaw: Client = {
  id: 'openclaw',
  name: 'OpenClaw',
  recordedAs: ['OpenClaw', 'OpenAI SDK'],
  // Its gateway watches the file; a restart makes it sure.
  afterwards: 'restart-tool',
  async detect(machine) {
    const path = await settingsPath(machine);
    const file = await readSettings(path, 'json5');
    const isThere = file.is !== 'absent' || (await isFolder(joined(machine, homeOf(machine), '.openclaw')));
    return foundIn([file], {
      installed: isThere || (await isOnPath(machine, 'openclaw')),
      version: textAt(file, 'meta', 'lastTouchedVersion'),
      origin: originOf(textAt(file, ...PROVIDER, 'baseUrl')),
      key: textAt(file, ...PROVIDER, 'apiKey'),
      model: ourModel(textAt(file, ...DEFAULTS, 'model') ?? textAt(file, ...DEFAULTS, 'model', 'primary')),
    });
  },
  async plan(machine, setup) {
    const path = await settingsPath(machine);
    const file = await readSettings(path, 'json5');
    return [
      { path, format: 'json5', edits: [...providerEdits(file, setup), ...allowEdits(file, setup), primaryEdit(file, setup)], mode: 0o600 },
    ];
  },
};

function homeOf(machine: Machine): string {
  return variable(machine, 'OPENCLAW_HOME') ?? machine.home;
}

async function settingsPath(machine: Machine): Promise<string> {
  const file = named(machine, 'OPENCLAW_CONFIG_PATH', 'CLAWDBOT_CONFIG_PATH');
  if (file) return file;
  const state = named(machine, 'OPENCLAW_STATE_DIR', 'CLAWDBOT_STATE_DIR');
  const folders = state ? [state] : FOLDERS.map((name) => joined(machine, homeOf(machine), name));
  const candidates = folders.flatMap((folder) => FILES.map((name) => joined(machine, folder, name)));
  return (await firstFile(candidates)) ?? joined(machine, folders[0] ?? homeOf(machine), 'openclaw.json');
}

/** A path that a variable names; a relative one means another place in each folder, and is passed over. */
function named(machine: Machine, ...names: string[]): string | undefined {
  const path = names.map((name) => variable(machine, name)).find((value) => value !== undefined);
  if (path === undefined) return undefined;
  if (path === '~' || /^~[/\\]/.test(path)) return joined(machine, homeOf(machine), path.slice(1));
  return isAbsolute(machine, path) ? path : undefined;
}

/** Member by member, so that what the user set beside them (headers, a timeout) stays. */
function providerEdits(file: SettingsFile, setup: Setup): TextEdit[] {
  // Said where it is not said: `replace`, where the user chose it, is his word.
  const mode: TextEdit[] = valueAt(file, 'models', 'mode') === undefined ? [{ set: ['models', 'mode'], to: 'merge' }] : [];
  return [
    ...mode,
    { set: [...PROVIDER, 'baseUrl'], to: `${setup.origin}/v1` },
    { set: [...PROVIDER, 'apiKey'], to: setup.key },
    { set: [...PROVIDER, 'api'], to: 'openai-completions' },
    { set: [...PROVIDER, 'models'], to: setup.models.map(modelEntry) },
  ];
}

/** What is not known is left to its own defaults. Prices too: a 0 written by us would read as “free”. */
function modelEntry(model: OfferedModel): JsonObject {
  return withoutNulls({
    id: model.name,
    name: model.title,
    reasoning: model.reasoning,
    input: model.vision === undefined ? undefined : model.vision ? ['text', 'image'] : ['text'],
    contextWindow: model.contextWindow,
    maxTokens: model.maxOutput,
  });
}

/** Two lists let nothing else in, where the user has them: `models` up to early 2026, `modelPolicy.allow` since. */
function allowEdits(file: SettingsFile, setup: Setup): TextEdit[] {
  const known = valueAt(file, ...DEFAULTS, 'models');
  const named: TextEdit[] = isObject(known)
    ? setup.models
        .map((model) => `${OUR_ID}/${model.name}`)
        .filter((name) => !Object.hasOwn(known, name))
        .map((name) => ({ set: [...DEFAULTS, 'models', name], to: {} }))
    : [];
  const allowed = valueAt(file, ...DEFAULTS, 'modelPolicy', 'allow');
  const all = `${OUR_ID}/*`;
  if (!Array.isArray(allowed) || allowed.includes(all)) return named;
  return [...named, { set: [...DEFAULTS, 'modelPolicy', 'allow', allowed.length], to: all }];
}

/** `model` is a name, or an object with fallbacks, which stay. */
function primaryEdit(file: SettingsFile, setup: Setup): TextEdit {
  const to = `${OUR_ID}/${setup.model}`;
  return typeof valueAt(file, ...DEFAULTS, 'model') === 'string'
    ? { set: [...DEFAULTS, 'model'], to }
    : { set: [...DEFAULTS, 'model', 'primary'], to };
}
