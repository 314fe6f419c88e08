import { isObject } from '../../conversation/json.ts';
import type { Client, Machine, Setup } from '../client.ts';
import type { TextEdit } from '../edit/edit.ts';
import { foundIn, isFolder, joined, originOf, readSettings, type SettingsFile, textAt, valueAt, variable } from './look.ts';
import { programOnPath } from './program.ts';

/** The models Claude Code asks for by family: sub-agents, titles and other small work (the haiku one), `/model opus`. */
const FAMILIES = ['OPUS', 'SONNET', 'HAIKU', 'FABLE'] as const;

/**
 * Claude Code. What is written was run with 2.1.330 (test/tools/setup): the `env` of the user's settings beats the shell that starts it, so
 * neither a variable nor another terminal is needed. `~/.claude.json` beside the folder is its own store and stays untouched.
 */
export const claudeCode: Client = {
  id: 'claude-code',
  name: 'Claude Code',
  recordedAs: ['Claude Code'],
  afterwards: 'restart-tool',
  async detect(machine) {
    const file = await readSettings(settingsPath(machine), 'json');
    const program = await programOnPath(machine, 'claude', '@anthropic-ai/claude-code');
    return foundIn([file], {
      installed: program !== undefined || (await isFolder(folderOf(machine))),
      version: program?.version,
      origin: originOf(textAt(file, 'env', 'ANTHROPIC_BASE_URL')),
      key: textAt(file, 'env', 'ANTHROPIC_AUTH_TOKEN'),
      model: textAt(file, 'env', 'ANTHROPIC_MODEL') ?? textAt(file, 'model'),
    });
  },
  async plan(machine, setup) {
    const path = settingsPath(machine);
    const file = await readSettings(path, 'json');
    return [{ path, format: 'json', edits: [...environment(setup), ...modelEdits(machine, file, setup)], mode: 0o600 }];
  },
  instructions,
};

function folderOf(machine: Machine): string {
  return variable(machine, 'CLAUDE_CONFIG_DIR') ?? joined(machine, machine.home, '.claude');
}

function settingsPath(machine: Machine): string {
  return joined(machine, folderOf(machine), 'settings.json');
}

/** The origin without `/v1`, which the tool appends itself; the key as a bearer token: that one asks nothing of the user at the first start, as `ANTHROPIC_API_KEY` does. */
function environment(setup: Setup): TextEdit[] {
  return [
    { set: ['env', 'ANTHROPIC_BASE_URL'], to: setup.origin },
    { set: ['env', 'ANTHROPIC_AUTH_TOKEN'], to: setup.key },
    ...FAMILIES.map((family): TextEdit => ({ set: ['env', `ANTHROPIC_DEFAULT_${family}_MODEL`], to: ofFamily(setup, family) })),
    contextEdit(setup),
  ];
}

/** A model of that family from the account of the chosen one; else the chosen one, which is sure to be there. */
function ofFamily({ model, models }: Setup, family: string): string {
  const word = family.toLowerCase();
  if (model.toLowerCase().includes(word) || !model.includes('/')) return model;
  const account = model.slice(0, model.indexOf('/') + 1);
  return models.find(({ name }) => name.startsWith(account) && name.toLowerCase().includes(word))?.name ?? model;
}

/** Names it does not know count as a window of a million tokens in 2.1.330 (200,000 in older ones), unless this tells: for such names only. */
function contextEdit({ model, models }: Setup): TextEdit {
  const path = ['env', 'CLAUDE_CODE_MAX_CONTEXT_TOKENS'];
  const window = models.find(({ name }) => name === model)?.contextWindow;
  return window === undefined ? { remove: path } : { set: path, to: String(window) };
}

/** `model` is where its own picker writes, too. Variables that would win over it, or over the haiku model, get the same value. */
function modelEdits(machine: Machine, file: SettingsFile, setup: Setup): TextEdit[] {
  const isSet = (name: string): boolean => variable(machine, name) !== undefined || valueAt(file, 'env', name) !== undefined;
  const winning: TextEdit[] = isSet('ANTHROPIC_MODEL') ? [{ set: ['env', 'ANTHROPIC_MODEL'], to: setup.model }] : [];
  const small: TextEdit[] = isSet('ANTHROPIC_SMALL_FAST_MODEL')
    ? [{ set: ['env', 'ANTHROPIC_SMALL_FAST_MODEL'], to: ofFamily(setup, 'HAIKU') }]
    : [];
  return [{ set: ['model'], to: setup.model }, ...winning, ...small, ...cloudEdits(file)];
}

/** With one of these on, it speaks to that cloud and looks at no base URL. */
const CLOUDS = ['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY'];

function cloudEdits(file: SettingsFile): TextEdit[] {
  const env = valueAt(file, 'env');
  if (!isObject(env)) return [];
  return CLOUDS.filter((name) => name in env).map((name) => ({ remove: ['env', name] }));
}

function instructions(machine: Machine): string[] {
  const lines: string[] = [];
  if (variable(machine, 'ANTHROPIC_API_KEY'))
    lines.push(
      'ANTHROPIC_API_KEY is set in your environment: Claude Code sends it to the gateway beside its own key, where it is not used. Remove it from your shell if you do not need it elsewhere.',
    );
  const clouds = CLOUDS.filter((name) => variable(machine, name));
  if (clouds.length > 0)
    lines.push(`${clouds.join(' and ')} in your environment makes Claude Code speak to that cloud instead. Remove it from your shell.`);
  if (machine.extensions?.has('anthropic.claude-code'))
    lines.push('The extension of Claude Code uses the same settings. If it shows its sign-in page, turn on claudeCode.disableLoginPrompt.');
  return lines;
}
