import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Client, Setup } from '../../../src/clients/client.ts';
import type { Setups } from '../../../src/clients/setup-contract.ts';
import { createSetups } from '../../../src/clients/setups.ts';
import { aider } from '../../../src/clients/tools/aider.ts';
import { claudeCode } from '../../../src/clients/tools/claude-code.ts';
import { cline } from '../../../src/clients/tools/cline.ts';
import { codex } from '../../../src/clients/tools/codex.ts';
import { continueDev } from '../../../src/clients/tools/continue.ts';
import { geminiCli } from '../../../src/clients/tools/gemini-cli.ts';
import { kilo } from '../../../src/clients/tools/kilo.ts';
import { openclaw } from '../../../src/clients/tools/openclaw.ts';
import { opencode } from '../../../src/clients/tools/opencode.ts';
import { qwenCode } from '../../../src/clients/tools/qwen-code.ts';
import { roo } from '../../../src/clients/tools/roo.ts';
import { zed } from '../../../src/clients/tools/zed.ts';
import { zoo } from '../../../src/clients/tools/zoo.ts';
import { machine, SETUP, type TestMachine } from './machines.ts';

interface Case {
  client: Client;
  /** The user's settings before, by path below the home folder. */
  before: Record<string, string>;
  /** What the user changes by hand afterwards, in the first of the files. */
  change: (text: string) => string;
  /** What of that must be there still when our part is taken back. */
  stays: string;
}

const EDITOR = '.config/Code/User/settings.json';
const editorSettings = '\uFEFF{\r\n\t// mine\r\n\t"editor.fontSize": 13,\r\n\t"files.eol": "\\n",\r\n}\r\n';
const larger = (text: string): string => text.replace('13', '15');

const CASES: Case[] = [
  {
    client: kilo,
    before: {
      '.config/kilo/kilo.jsonc': '{\n  // mine\n  "model": "anthropic/claude", "theme": "a",\n  "enabled_providers": ["anthropic"],\n}\n',
    },
    change: (text) => text.replace('"a"', '"b"'),
    stays: '"theme": "b"',
  },
  { client: roo, before: { [EDITOR]: editorSettings }, change: larger, stays: '15' },
  { client: zoo, before: { [EDITOR]: editorSettings }, change: larger, stays: '15' },
  {
    client: openclaw,
    before: {
      '.openclaw/openclaw.json':
        "{\n  // mine\n  gateway: { port: 18789 },\n  agents: { defaults: { model: { primary: \"a/b\", fallbacks: ['c/d'] }, models: { 'a/b': {} } } },\n}\n",
    },
    change: (text) => text.replace('18789', '18790'),
    stays: 'gateway: { port: 18790 }',
  },
  {
    client: zed,
    before: {
      '.config/zed/settings.json':
        '// Zed\n{\n  "theme": "One Dark",\n  "agent": { "default_model": { "provider": "zed.dev", "model": "m" } },\n}\n',
    },
    change: (text) => text.replace('One Dark', 'One Light'),
    stays: 'One Light',
  },
  {
    client: aider,
    before: { '.aider.conf.yml': '# mine\nmodel: sonnet   # the old one\ndark-mode: true\n\nread:\n- a.md\n' },
    change: (text) => text.replace('dark-mode: true', 'dark-mode: false'),
    stays: 'dark-mode: false',
  },
  {
    client: claudeCode,
    before: { '.claude/settings.json': '{\n    "env": {"ANTHROPIC_MODEL": "opus", "FOO": "13"},\n    "model": "opus"\n}' },
    change: larger,
    stays: '"FOO": "15"',
  },
  {
    client: codex,
    before: {
      '.codex/config.toml':
        'model = "gpt-5.5" # mine\ntui.width = 13\n\n[model_providers.omniroute]\nname = "Old"\nenv_key = "OLD"\n\n[mcp_servers.docs]\ncommand = "docs"\n',
    },
    change: larger,
    stays: 'tui.width = 15',
  },
  {
    client: qwenCode,
    before: {
      '.qwen/settings.json':
        '{ // mine\n  "modelProviders": { "openai": [ { "id": "a", "envKey": "A" } ] },\n  "ui": { "width": 13 },\n  "security": { "auth": { "selectedType": "qwen-oauth" } }\n}\n',
    },
    change: larger,
    stays: '"width": 15',
  },
  {
    client: geminiCli,
    before: {
      '.gemini/.env': '# mine\r\nWIDTH=13\r\nGEMINI_API_KEY=AIza # old\r\n',
      '.gemini/settings.json': '{"security":{"auth":{"selectedType":"oauth-personal"}}}',
    },
    change: larger,
    stays: 'WIDTH=15',
  },
  {
    client: opencode,
    before: {
      '.config/opencode/opencode.jsonc': '{\n  // mine\n  "model": "a/b", "theme": "13",\n  "enabled_providers": ["a"],\n}\n',
      '.config/opencode/opencode.json': '{"small_model":"a/c"}',
    },
    change: larger,
    stays: '"theme": "15"',
  },
  {
    client: cline,
    before: {
      '.cline/data/settings/providers.json': '{"version":1,"lastUsedProvider":"anthropic","providers":{"anthropic":{"timeout":13}}}',
      '.cline/data/globalState.json': '{"actModeApiProvider":"anthropic"}',
    },
    change: larger,
    stays: '"timeout":15',
  },
  {
    client: continueDev,
    before: {
      '.continue/config.yaml': 'name: Mine\nversion: 0.0.13\nschema: v1\nmodels:\n- name: A # mine\n  provider: openai\n  model: a\n',
      '.continue/index/globalContext.json': '{"cliSelectedModel":"A"}',
    },
    change: larger,
    stays: '0.0.15',
  },
];

describe.each(CASES)('$client.name, set up and taken back', ({ client, before, change, stays }) => {
  function house(): { on: TestMachine; setups: Setups; first: string } {
    const on = machine({
      extensions: new Map([
        ['rooveterinaryinc.roo-cline', '3.50.0'],
        ['zoocodeorganization.zoo-code', '3.82.0'],
      ]),
    });
    for (const [path, text] of Object.entries(before)) on.put(path, text);
    const setups = createSetups({ machine: on, folder: on.at('data'), now: () => 1_700_000_000_000 });
    return { on, setups, first: Object.keys(before)[0] ?? '' };
  }

  async function apply(setups: Setups, setup: Setup = SETUP): Promise<string[]> {
    const preview = await setups.preview(client, setup);
    if (!preview.ok) throw new Error(preview.refusal.message);
    for (const { shown } of preview.files) expect(shown).not.toContain(setup.key);
    expect(await setups.apply(client, setup, preview, 'key-1')).toEqual({ ok: true });
    return preview.files.map(({ path }) => path);
  }

  it('is seen as set up, and gives back the very bytes', async () => {
    const { on, setups } = house();
    const paths = await apply(setups);
    const made = paths.filter((path) => !Object.keys(before).some((known) => on.at(known) === path));
    for (const path of made.filter((each) => readFileSync(each, 'utf8').includes(SETUP.key)))
      expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await setups.state(client)).toMatchObject({ state: { is: 'set-up', model: SETUP.model }, found: { origin: SETUP.origin } });
    expect(await setups.preview(client, SETUP)).toMatchObject({ ok: true, unchanged: true });
    expect(await setups.undo(client)).toMatchObject({ ok: true, kept: [] });
    for (const [path, text] of Object.entries(before)) expect(on.read(path)).toBe(text);
    for (const path of made) expect(existsSync(path)).toBe(false);
  });

  it('set up again for another address and model is taken back to the first bytes', async () => {
    const { on, setups } = house();
    await apply(setups);
    await apply(setups, { ...SETUP, origin: 'http://127.0.0.1:20999', model: 'auto' });
    expect((await setups.state(client)).found).toMatchObject({ origin: 'http://127.0.0.1:20999', model: 'auto' });
    expect(await setups.undo(client)).toMatchObject({ ok: true, kept: [] });
    for (const [path, text] of Object.entries(before)) expect(on.read(path)).toBe(text);
  });

  it('leaves what the user changed since', async () => {
    const { on, setups, first } = house();
    await apply(setups);
    writeFileSync(on.at(first), change(on.read(first)));
    expect(await setups.undo(client)).toMatchObject({ ok: true, kept: [] });
    expect(on.read(first)).toContain(stays);
    expect(on.read(first)).toBe(change(before[first] ?? ''));
  });
});
