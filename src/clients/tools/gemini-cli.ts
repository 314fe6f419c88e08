import type { Client, FilePlan, Machine } from '../client.ts';
import { foundIn, isFolder, joined, originOf, readSettings, textAt, variable } from './look.ts';
import { programOnPath } from './program.ts';

/** Ways of signing in that look at the address; the second is its own choice where none is set and an address is. */
const WAYS = ['gemini-api-key', 'gateway'];

/**
 * Gemini CLI. Run with 0.61.0 (test/tools/setup). Its settings know no address, only variables do; of files with variables it reads the first
 * there is (`findEnvFile`): `.gemini/.env` or `.env` in the folder and those above it, then `~/.gemini/.env`. A variable of the shell wins.
 */
export const geminiCli: Client = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  recordedAs: ['Gemini CLI'],
  afterwards: 'restart-tool',
  async detect(machine) {
    const settings = await readSettings(inFolder(machine, 'settings.json'), 'json');
    const env = await readSettings(inFolder(machine, '.env'), 'dotenv');
    const program = await programOnPath(machine, 'gemini', '@google/gemini-cli');
    const isUsed = WAYS.includes(textAt(settings, 'security', 'auth', 'selectedType') ?? 'gateway');
    return foundIn([settings, env], {
      installed: program !== undefined || (await isFolder(inFolder(machine))),
      version: program?.version,
      origin: isUsed ? originOf(textAt(env, 'GOOGLE_GEMINI_BASE_URL')) : undefined,
      key: textAt(env, 'GEMINI_API_KEY'),
      model: textAt(settings, 'model', 'name'),
    });
  },
  async plan(machine, setup) {
    const env: FilePlan = {
      path: inFolder(machine, '.env'),
      format: 'dotenv',
      // The origin alone: it appends `/v1beta`.
      edits: [
        { set: ['GEMINI_API_KEY'], to: setup.key },
        { set: ['GOOGLE_GEMINI_BASE_URL'], to: setup.origin },
      ],
      mode: 0o600,
    };
    const settings: FilePlan = {
      path: inFolder(machine, 'settings.json'),
      format: 'json',
      edits: [
        // With a Google sign-in chosen there, the address is not looked at.
        { set: ['security', 'auth', 'selectedType'], to: 'gemini-api-key' },
        { set: ['model', 'name'], to: setup.model },
      ],
    };
    return [env, settings];
  },
  instructions,
};

/** `GEMINI_CLI_HOME` takes the place of the home folder. */
function inFolder(machine: Machine, ...names: string[]): string {
  return joined(machine, variable(machine, 'GEMINI_CLI_HOME') ?? machine.home, '.gemini', ...names);
}

function instructions(machine: Machine): string[] {
  const lines = [
    'Gemini CLI reads one file of variables: a .env in your project takes the place of the one in ~/.gemini. Either copy the two lines there, or set advanced.ignoreLocalEnv to true in its settings.',
    'In a folder it does not trust it reads no such file: trust the folder when it asks.',
  ];
  const set = ['GEMINI_API_KEY', 'GOOGLE_GEMINI_BASE_URL', 'GEMINI_MODEL'].filter((name) => variable(machine, name));
  if (set.length > 0)
    lines.unshift(`${set.join(' and ')} in your environment wins over the file. Remove it from the shell that starts Gemini CLI.`);
  return lines;
}
