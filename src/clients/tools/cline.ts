import type { Client, FilePlan, Found, Machine, Setup } from '../client.ts';
import type { TextEdit } from '../edit/edit.ts';
import { extensionVersion, foundIn, isFile, isFolder, joined, originOf, readSettings, textAt, valueAt, variable } from './look.ts';
import { programOnPath } from './program.ts';

/** Its provider for any server that speaks Chat Completions; the extension's settings call it `openai`. */
const PROVIDER = 'openai-compatible';
const ENTRY = ['providers', PROVIDER] as const;

/**
 * Cline, extension and command line: one store below `~/.cline/data`. The command line 3.0.65 was run (test/tools/setup); it reads
 * providers.json. The extension asks its own globalState.json and secrets.json first (apps/vscode in cline/cline), so those are written too
 * where it is there.
 */
export const cline: Client = {
  id: 'cline',
  name: 'Cline',
  recordedAs: ['Cline', 'AI SDK', 'OpenAI SDK'],
  // Both keep their settings in memory and write the whole file again with each change.
  afterwards: 'reload-window',
  async detect(machine) {
    const program = await programOnPath(machine, 'cline', 'cline');
    const version = await extensionVersion(machine, 'saoudrizwan.claude-dev');
    const there = version !== undefined || program !== undefined || (await isFolder(dataOf(machine)));
    return await found(machine, there, version ?? program?.version);
  },
  async plan(machine, setup) {
    const providers: FilePlan = { path: providersPath(machine), format: 'json', edits: await providerEdits(machine, setup), mode: 0o600 };
    return (await hasExtension(machine)) ? [providers, ...extensionPlans(machine, setup)] : [providers];
  },
  instructions: () => [
    'Set it up while no window with Cline and no cline in a terminal is at work: it keeps its settings in memory, and what it writes next would take the place of this.',
  ],
};

function dataOf(machine: Machine): string {
  const folder = variable(machine, 'CLINE_DIR') ?? joined(machine, machine.home, '.cline');
  return variable(machine, 'CLINE_DATA_DIR') ?? joined(machine, folder, 'data');
}

function providersPath(machine: Machine): string {
  return variable(machine, 'CLINE_PROVIDER_SETTINGS_PATH') ?? joined(machine, dataOf(machine), 'settings', 'providers.json');
}

async function hasExtension(machine: Machine): Promise<boolean> {
  const version = await extensionVersion(machine, 'saoudrizwan.claude-dev');
  return version !== undefined || (await isFile(joined(machine, dataOf(machine), 'globalState.json')));
}

/** What is used: in the extension's own files where they say so, else in providers.json. */
async function found(machine: Machine, installed: boolean, version: string | undefined): Promise<Found> {
  const providers = await readSettings(providersPath(machine), 'json');
  const state = await readSettings(joined(machine, dataOf(machine), 'globalState.json'), 'json');
  const secrets = await readSettings(joined(machine, dataOf(machine), 'secrets.json'), 'json');
  const inExtension = textAt(state, 'actModeApiProvider');
  const isUsed = textAt(providers, 'lastUsedProvider') === PROVIDER && (inExtension === undefined || inExtension === 'openai');
  const of = (name: string): string | undefined => textAt(providers, ...ENTRY, 'settings', name);
  return foundIn([providers, state, secrets], {
    installed,
    version,
    origin: isUsed ? originOf(textAt(state, 'openAiBaseUrl') ?? of('baseUrl')) : undefined,
    key: isUsed ? (textAt(secrets, 'openAiApiKey') ?? of('apiKey')) : undefined,
    model: isUsed ? (textAt(state, 'actModeOpenAiModelId') ?? of('model')) : undefined,
  });
}

/** A file that fails its schema reads as empty: `version`, `updatedAt` (a date) and `provider` are asked for there. */
async function providerEdits(machine: Machine, setup: Setup): Promise<TextEdit[]> {
  const file = await readSettings(providersPath(machine), 'json');
  const settings = [...ENTRY, 'settings'];
  const missing: TextEdit[] = valueAt(file, ...ENTRY, 'updatedAt') === undefined ? [{ set: [...ENTRY, 'updatedAt'], to: STARTED }] : [];
  return [
    ...(valueAt(file, 'version') === undefined ? [{ set: ['version'], to: 1 } satisfies TextEdit] : []),
    { set: ['lastUsedProvider'], to: PROVIDER },
    { set: [...settings, 'provider'], to: PROVIDER },
    { set: [...settings, 'apiKey'], to: setup.key },
    { set: [...settings, 'model'], to: setup.model },
    { set: [...settings, 'baseUrl'], to: `${setup.origin}/v1` },
    // Its own User-Agent is that of a library (`ai-sdk/…`): so requests are recorded by its name.
    { set: [...settings, 'headers', 'X-Title'], to: 'Cline' },
    ...sizeEdits(setup, settings),
    ...missing,
    { set: [...ENTRY, 'tokenSource'], to: 'manual' },
  ];
}

/** Any date will do, and one that stays the same keeps a second plan from being a change; Cline writes its own when it saves. */
const STARTED = '2026-01-01T00:00:00.000Z';

/** Sizes of another model would be wrong for ours. */
function sizeEdits({ model, models }: Setup, settings: readonly string[]): TextEdit[] {
  const known = models.find(({ name }) => name === model);
  const sizes = { contextWindow: known?.contextWindow, maxTokens: known?.maxOutput };
  return Object.entries(sizes).map(
    ([name, size]): TextEdit => (size ? { set: [...settings, name], to: size } : { remove: [...settings, name] }),
  );
}

/** Both modes: each has a provider and a model of its own. */
function extensionPlans(machine: Machine, setup: Setup): FilePlan[] {
  const modes = (['act', 'plan'] as const).flatMap((mode): TextEdit[] => [
    { set: [`${mode}ModeApiProvider`], to: 'openai' },
    { set: [`${mode}ModeOpenAiModelId`], to: setup.model },
  ]);
  return [
    {
      path: joined(machine, dataOf(machine), 'globalState.json'),
      format: 'json',
      edits: [...modes, { set: ['openAiBaseUrl'], to: `${setup.origin}/v1` }],
    },
    {
      path: joined(machine, dataOf(machine), 'secrets.json'),
      format: 'json',
      edits: [{ set: ['openAiApiKey'], to: setup.key }],
      mode: 0o600,
    },
  ];
}
