import type { Client, FilePlan, Machine } from '../client.ts';
import type { TextEdit } from '../edit/edit.ts';
import {
  extensionVersion,
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
  variable,
  xdgConfig,
} from './look.ts';
import { enablingEdits, lastText, providerEdits, SHAPE_1 } from './opencode-settings.ts';

/** Kilo writes to the first that is there; made new: the first (Kilo-Org/kilocode, `globalConfigFile`). */
const NAMES = ['kilo.jsonc', 'kilo.json', 'opencode.jsonc', 'opencode.json', 'config.json'];
/** All of them are read, and the later wins (same repository, `loadGlobal`). */
const READ_ORDER = ['config.json', 'kilo.json', 'kilo.jsonc', 'opencode.json', 'opencode.jsonc'];

const PROVIDER = ['provider', OUR_ID] as const;

/**
 * Kilo Code, extension and command line: both read the same files. Shapes from kilo.ai/docs (Custom Models) and
 * packages/opencode/src/config/provider.ts of Kilo-Org/kilocode.
 */
export const kilo: Client = {
  id: 'kilo',
  name: 'Kilo Code',
  recordedAs: ['Kilo Code'],
  // The settings are read when a session's server starts; the extension keeps one running.
  afterwards: 'restart-tool',
  async detect(machine) {
    const version = await extensionVersion(machine, 'kilocode.kilo-code');
    const files = await readAll(machine);
    const installed = version !== undefined || (await isFolder(folderOf(machine))) || (await isOnPath(machine, 'kilo'));
    return foundIn(files, {
      installed,
      version,
      origin: originOf(lastText(files, ...PROVIDER, 'options', 'baseURL')),
      key: lastText(files, ...PROVIDER, 'options', 'apiKey'),
      model: ourModel(lastText(files, 'model')),
    });
  },
  async plan(machine, setup) {
    const files = await readAll(machine);
    const path = await targetOf(machine);
    const model: TextEdit = { set: ['model'], to: `${OUR_ID}/${setup.model}` };
    const choosing = files.findLast((file) => textAt(file, 'model') !== undefined)?.path ?? path;
    const plans: FilePlan[] = [
      { path, format: 'json', edits: [...providerEdits(SHAPE_1, setup), ...enablingEdits(files, path)], mode: 0o600 },
    ];
    if (choosing === path) plans[0]?.edits.push(model);
    else plans.push({ path: choosing, format: 'json', edits: [model] });
    return plans;
  },
};

function folderOf(machine: Machine): string {
  return joined(machine, xdgConfig(machine), 'kilo');
}

/** `KILO_CONFIG` names a file that is read last of all of the user's own. A relative one means another file in each folder. */
function namedFile(machine: Machine): string | undefined {
  const named = variable(machine, 'KILO_CONFIG');
  return named && isAbsolute(machine, named) ? named : undefined;
}

async function targetOf(machine: Machine): Promise<string> {
  const named = namedFile(machine);
  if (named) return named;
  const paths = NAMES.map((name) => joined(machine, folderOf(machine), name));
  return (await firstFile(paths)) ?? joined(machine, folderOf(machine), 'kilo.jsonc');
}

function readAll(machine: Machine): Promise<SettingsFile[]> {
  const named = namedFile(machine);
  const paths = READ_ORDER.map((name) => joined(machine, folderOf(machine), name));
  return Promise.all([...paths, ...(named ? [named] : [])].map((path) => readSettings(path, 'json')));
}
