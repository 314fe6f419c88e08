import { type JsonObject, withoutNulls } from '../../conversation/json.ts';
import type { Client, FilePlan, Machine, OfferedModel } from '../client.ts';
import { foundIn, isFolder, isOnPath, joined, originOf, ourModel, readSettings, textAt, variable } from './look.ts';

/** Aider speaks through litellm, which takes the way to the server from this prefix. */
const PREFIX = 'openai/';

/** As Aider's own file calls them. */
const SETTINGS = { address: 'openai-api-base', key: 'openai-api-key', model: 'model' } as const;

/**
 * Variables that win over the file (aider/args.py, `auto_env_var_prefix`). OPENAI_API_BASE and OPENAI_API_KEY do not: what the
 * file says is written over them (aider/main.py).
 */
const VARIABLES = { address: 'AIDER_OPENAI_API_BASE', key: 'AIDER_OPENAI_API_KEY', model: 'AIDER_MODEL' } as const;
type Setting = keyof typeof VARIABLES;

/** Aider. aider/args.py and aider/main.py of Aider-AI/aider: the home folder's file is read first, those of the repository and the folder win. */
export const aider: Client = {
  id: 'aider',
  name: 'Aider',
  recordedAs: ['Aider', 'OpenAI SDK'],
  afterwards: 'restart-tool',
  async detect(machine) {
    const file = await readSettings(settingsPath(machine), 'yaml');
    const effective = (setting: Setting) => variable(machine, VARIABLES[setting]) ?? textAt(file, SETTINGS[setting]);
    const isThere = file.is !== 'absent' || (await isFolder(joined(machine, machine.home, '.aider')));
    return foundIn([file], {
      installed: isThere || (await isOnPath(machine, 'aider')),
      version: undefined,
      origin: originOf(effective('address')),
      key: effective('key'),
      model: ourModel(effective('model'), PREFIX),
    });
  },
  async plan(machine, setup) {
    const settings: FilePlan = {
      path: settingsPath(machine),
      format: 'yaml',
      edits: [
        { set: [SETTINGS.address], to: `${setup.origin}/v1` },
        { set: [SETTINGS.key], to: setup.key },
        { set: [SETTINGS.model], to: PREFIX + setup.model },
      ],
      mode: 0o600,
    };
    const model = setup.models.find((offered) => offered.name === setup.model);
    return model?.contextWindow ? [settings, metadataPlan(machine, model)] : [settings];
  },
  instructions(machine) {
    const set = Object.values(VARIABLES).filter((name) => variable(machine, name));
    if (set.length === 0) return [];
    return [
      `${set.join(' and ')} ${set.length === 1 ? 'is' : 'are'} set in your environment and win over Aider’s file. Remove ${set.length === 1 ? 'it' : 'them'} from the shell that starts Aider.`,
    ];
  },
};

function settingsPath(machine: Machine): string {
  return joined(machine, machine.home, '.aider.conf.yml');
}

/** Sizes of a model that litellm does not know, so that Aider neither warns nor overfills it. No prices: ours are not Aider's. */
function metadataPlan(machine: Machine, model: OfferedModel): FilePlan {
  const entry: JsonObject = withoutNulls({
    max_input_tokens: model.contextWindow,
    max_tokens: model.maxOutput,
    max_output_tokens: model.maxOutput,
    supports_vision: model.vision,
    litellm_provider: 'openai',
    mode: 'chat',
  });
  return {
    path: joined(machine, machine.home, '.aider.model.metadata.json'),
    format: 'json5',
    edits: [{ set: [PREFIX + model.name], to: entry }],
  };
}
