import { isObject } from '../../conversation/json.ts';
import type { Client, FilePlan, Machine, Setup } from '../client.ts';
import type { TextEdit } from '../edit/edit.ts';
import {
  firstFile,
  foundIn,
  isFolder,
  joined,
  OUR_ID,
  originOf,
  ourModel,
  readSettings,
  type SettingsFile,
  textAt,
  valueAt,
  variable,
  xdgConfig,
} from './look.ts';
import { enablingEdits, lastText, type ProviderShape, providerEdits, SHAPE_1, SHAPE_2 } from './opencode-settings.ts';
import { programOnPath } from './program.ts';

/** All of them are read and merged, and the later wins; made new: `opencode.json`. */
const NAMES = ['config.json', 'opencode.json', 'opencode.jsonc'];

/** opencode. Run with 1.18.33 (test/tools/setup); the shape of 2.x is from its documents alone, as npm has no 2.x yet. */
export const opencode: Client = {
  id: 'opencode',
  name: 'opencode',
  recordedAs: ['opencode', 'AI SDK'],
  afterwards: 'restart-tool',
  async detect(machine) {
    const files = await readAll(machine);
    const program = await programOnPath(machine, 'opencode', 'opencode-ai');
    const { providers, options } = shapeOf(files, program?.version);
    return foundIn(files, {
      installed: program !== undefined || (await isFolder(folderOf(machine))),
      version: program?.version,
      origin: originOf(lastText(files, providers, OUR_ID, options, 'baseURL')),
      key: lastText(files, providers, OUR_ID, options, 'apiKey'),
      model: ourModel(lastText(files, 'model')),
    });
  },
  async plan(machine, setup) {
    const files = await readAll(machine);
    const program = await programOnPath(machine, 'opencode', 'opencode-ai');
    const path = await targetOf(machine);
    const edits = [...providerEdits(shapeOf(files, program?.version), setup), ...listEdits(files, path)];
    const chosen: FilePlan = { path, format: 'json', edits, mode: 0o600 };
    const others = ['model', 'small_model'].flatMap((name) => modelPlan(files, chosen, name, setup));
    return [chosen, ...merged(others)];
  },
  instructions: (machine) =>
    variable(machine, 'OPENCODE_CONFIG_CONTENT') ? ['OPENCODE_CONFIG_CONTENT is set in your environment and wins over the files.'] : [],
};

function folderOf(machine: Machine): string {
  return joined(machine, xdgConfig(machine), 'opencode');
}

/** `OPENCODE_CONFIG` names a file that is read after the user's own. */
function pathsOf(machine: Machine): string[] {
  const named = variable(machine, 'OPENCODE_CONFIG');
  return [...NAMES.map((name) => joined(machine, folderOf(machine), name)), ...(named ? [named] : [])];
}

function readAll(machine: Machine): Promise<SettingsFile[]> {
  return Promise.all(pathsOf(machine).map((path) => readSettings(path, 'json')));
}

/** The one that wins of those that are there. */
async function targetOf(machine: Machine): Promise<string> {
  return (await firstFile(pathsOf(machine).reverse())) ?? joined(machine, folderOf(machine), 'opencode.json');
}

/** By the version where it is known, else by what stands in the files. */
function shapeOf(files: readonly SettingsFile[], version: string | undefined): ProviderShape {
  const major = Number(version?.split('.')[0]);
  if (major >= 1) return major >= 2 ? SHAPE_2 : SHAPE_1;
  const isSecond = files.some((file) => isObject(valueAt(file, 'providers'))) && !files.some((file) => isObject(valueAt(file, 'provider')));
  return isSecond ? SHAPE_2 : SHAPE_1;
}

/** A user's list of the providers that may be used, or may not. */
function listEdits(files: readonly SettingsFile[], path: string): TextEdit[] {
  const file = files.find((candidate) => candidate.path === path);
  const disabled = file && valueAt(file, 'disabled_providers');
  const at = Array.isArray(disabled) ? disabled.indexOf(OUR_ID) : -1;
  return [...enablingEdits(files, path), ...(at >= 0 ? [{ remove: ['disabled_providers', at] } satisfies TextEdit] : [])];
}

/** The model is set where it is said now: a later file would win. The small one (titles) is only touched where the user has one: without, the chosen provider is asked. */
function modelPlan(files: readonly SettingsFile[], chosen: FilePlan, name: string, setup: Setup): FilePlan[] {
  const saying = files.findLast((file) => textAt(file, name) !== undefined)?.path;
  if (name === 'small_model' && saying === undefined) return [];
  const edit: TextEdit = { set: [name], to: `${OUR_ID}/${setup.model}` };
  if (saying !== undefined && saying !== chosen.path) return [{ path: saying, format: 'json', edits: [edit] }];
  chosen.edits.push(edit);
  return [];
}

function merged(plans: readonly FilePlan[]): FilePlan[] {
  const byPath = new Map<string, FilePlan>();
  for (const plan of plans) {
    const known = byPath.get(plan.path);
    byPath.set(plan.path, known ? { ...known, edits: [...known.edits, ...plan.edits] } : plan);
  }
  return [...byPath.values()];
}
