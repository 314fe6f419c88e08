import type { Client, Machine, Setup } from '../client.ts';
import type { TextEdit } from '../edit/edit.ts';
import { foundIn, isFolder, joined, OUR_ID, OUR_NAME, originOf, readSettings, type SettingsFile, textAt, variable } from './look.ts';
import { programOnPath } from './program.ts';

const PROVIDER = ['model_providers', OUR_ID] as const;

/**
 * Codex, command line and editor extension: both read the same file. Run with 0.169.0 (test/tools/setup); names of settings from
 * codex-rs/model-provider-info/src/lib.rs of openai/codex.
 */
export const codex: Client = {
  id: 'codex',
  name: 'Codex',
  recordedAs: ['Codex'],
  afterwards: 'restart-tool',
  async detect(machine) {
    const file = await readSettings(settingsPath(machine), 'toml');
    const program = await programOnPath(machine, 'codex', '@openai/codex');
    const isUsed = effective(file, 'model_provider') === OUR_ID;
    return foundIn([file], {
      installed: program !== undefined || (await isFolder(folderOf(machine))),
      version: program?.version,
      origin: isUsed ? originOf(textAt(file, ...PROVIDER, 'base_url')) : undefined,
      key: isUsed ? textAt(file, ...PROVIDER, 'experimental_bearer_token') : undefined,
      model: isUsed ? effective(file, 'model') : undefined,
    });
  },
  async plan(machine, setup) {
    const path = settingsPath(machine);
    const file = await readSettings(path, 'toml');
    return [{ path, format: 'toml', edits: [...topEdits(setup), ...profileEdits(file, setup), ...providerEdits(setup)], mode: 0o600 }];
  },
  instructions: () => [
    'Threads belong to a provider in Codex: those you began with another one are listed again when the set-up is taken back.',
    'A profile chosen with --profile that names a provider of its own wins over this.',
  ],
};

function folderOf(machine: Machine): string {
  return variable(machine, 'CODEX_HOME') ?? joined(machine, machine.home, '.codex');
}

function settingsPath(machine: Machine): string {
  return joined(machine, folderOf(machine), 'config.toml');
}

/** The table of the profile that `profile` chooses. Older releases have it win; 0.169.0 refuses such a file altogether and says how to change it. */
function profilePath(file: SettingsFile): string[] | undefined {
  const profile = textAt(file, 'profile');
  return profile === undefined ? undefined : ['profiles', profile];
}

function effective(file: SettingsFile, name: string): string | undefined {
  const profile = profilePath(file);
  return (profile && textAt(file, ...profile, name)) ?? textAt(file, name);
}

/** Where the chosen profile says something else, it says ours. */
function profileEdits(file: SettingsFile, { model }: Setup): TextEdit[] {
  const profile = profilePath(file);
  if (!profile) return [];
  const ours = { model, model_provider: OUR_ID };
  return Object.entries(ours).flatMap(([name, to]): TextEdit[] =>
    textAt(file, ...profile, name) === undefined ? [] : [{ set: [...profile, name], to }],
  );
}

/** Codex knows the window of its makers' models only ("Model metadata … not found. Defaulting to fallback metadata", 0.169.0). */
function topEdits({ model, models }: Setup): TextEdit[] {
  const window = models.find(({ name }) => name === model)?.contextWindow;
  const path = ['model_context_window'];
  return [
    { set: ['model'], to: model },
    { set: ['model_provider'], to: OUR_ID },
    window === undefined ? { remove: path } : { set: path, to: window },
  ];
}

/**
 * The key stands in the file, as `env_key` needs a variable in whatever starts Codex, and an editor started from a dock has none. It is a
 * setting for programs, as its makers say by the name; the file is for its owner alone. Responses is the one dialect Codex speaks; ours
 * has no WebSocket.
 */
function providerEdits(setup: Setup): TextEdit[] {
  return [
    { set: [...PROVIDER, 'name'], to: OUR_NAME },
    { set: [...PROVIDER, 'base_url'], to: `${setup.origin}/v1` },
    { set: [...PROVIDER, 'wire_api'], to: 'responses' },
    { set: [...PROVIDER, 'experimental_bearer_token'], to: setup.key },
    { set: [...PROVIDER, 'supports_websockets'], to: false },
    // One that was there before with a variable would ask for it.
    { remove: [...PROVIDER, 'env_key'] },
  ];
}
