import { type JsonObject, withoutNulls } from '../../conversation/json.ts';
import type { Client, Machine, OfferedModel } from '../client.ts';
import { foundIn, isFolder, isOnPath, joined, OUR_ID, originOf, readSettings, roaming, textAt, variable, xdgConfig } from './look.ts';

/**
 * Zed makes the variable from the provider's id in upper snake case (`open_ai_compatible.rs`). With “OmniRoute” as the id it would be
 * OMNI_ROUTE_API_KEY, so the id is in small letters.
 */
const KEY_VARIABLE = 'OMNIROUTE_API_KEY';

const PROVIDER = ['language_models', 'openai_compatible', OUR_ID] as const;
const DEFAULT_MODEL = ['agent', 'default_model'] as const;

/** Zed requires a context size. Where none is known, one that most models of today have. */
const ASSUMED_CONTEXT = 128_000;

/** Zed. Shapes from zed.dev/docs (Use API Access) and crates/settings_content/src/language_model.rs of zed-industries/zed. */
export const zed: Client = {
  id: 'zed',
  name: 'Zed',
  recordedAs: ['Zed'],
  // The file is read again at once; a variable is not.
  afterwards: 'restart-tool',
  async detect(machine) {
    const folder = folderOf(machine);
    const file = await readSettings(joined(machine, folder, 'settings.json'), 'json');
    const isOurs = textAt(file, ...DEFAULT_MODEL, 'provider') === OUR_ID;
    return foundIn([file], {
      installed: (await isFolder(folder)) || (await isOnPath(machine, 'zed')) || (await isOnPath(machine, 'zeditor')),
      version: undefined,
      origin: originOf(textAt(file, ...PROVIDER, 'api_url')),
      // Never in the file: a variable, or the system's keychain, which is not ours to read.
      key: variable(machine, KEY_VARIABLE),
      model: isOurs ? textAt(file, ...DEFAULT_MODEL, 'model') : undefined,
    });
  },
  async plan(machine, setup) {
    const edits = [
      { set: [...PROVIDER, 'api_url'], to: `${setup.origin}/v1` },
      { set: [...PROVIDER, 'available_models'], to: setup.models.map(modelEntry) },
      { set: [...DEFAULT_MODEL, 'provider'], to: OUR_ID },
      { set: [...DEFAULT_MODEL, 'model'], to: setup.model },
    ];
    return [{ path: joined(machine, folderOf(machine), 'settings.json'), format: 'json', edits }];
  },
  instructions: (machine) => [
    'Zed keeps keys in the system’s keychain and takes none from its settings file, so this last step is yours.',
    `In Zed, open Agent settings (command “agent: open settings”), go to LLM Providers, open “${OUR_ID}” and paste this key: {key}`,
    `Or set the variable ${KEY_VARIABLE} to that key where Zed is started from, and start it again${startHint(machine)}.`,
  ],
};

function startHint(machine: Machine): string {
  return machine.platform === 'darwin' ? '; a Zed started from the Dock does not see variables of your shell' : '';
}

/** crates/paths/src/paths.rs, `config_dir`. macOS uses `~/.config` too, whatever XDG says. */
function folderOf(machine: Machine): string {
  if (machine.platform === 'win32') return joined(machine, roaming(machine), 'Zed');
  if (machine.platform === 'darwin') return joined(machine, machine.home, '.config', 'zed');
  return joined(machine, variable(machine, 'FLATPAK_XDG_CONFIG_HOME') ?? xdgConfig(machine), 'zed');
}

/** The four capabilities are all or none in older versions; a model whose abilities are not known is offered tools, as Zed itself assumes. */
function modelEntry(model: OfferedModel): JsonObject {
  return withoutNulls({
    name: model.name,
    display_name: model.title,
    max_tokens: model.contextWindow ?? ASSUMED_CONTEXT,
    max_output_tokens: model.maxOutput,
    capabilities: {
      tools: model.tools ?? true,
      images: model.vision ?? false,
      parallel_tool_calls: model.tools ?? true,
      prompt_cache_key: false,
      chat_completions: true,
    },
  });
}
