import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientId } from '../../src/clients/client.ts';
import { CLIENTS } from '../../src/clients/registry.ts';
import { type SetupHouse, setupHouse } from './setup-house.ts';

/** A file that somebody has already, of each tool. */
const THEIRS: Partial<Record<ClientId, [path: string, text: string]>> = {
  'claude-code': ['.claude/settings.json', '{"theme":"dark"}'],
  codex: ['.codex/config.toml', '# mine\nmodel = "gpt-5" # best\n\n[tui]\nnotifications = true\n'],
  opencode: ['.config/opencode/opencode.json', '{\n    "theme": "x"\n}'],
  cline: ['.cline/data/settings/providers.json', '{"version":1,"providers":{}}\n'],
  continue: ['.continue/config.yaml', 'name: Mine\r\nversion: 1.0.0\r\nschema: v1\r\nmodels: []\r\n'],
  kilo: ['.config/kilo/kilo.jsonc', '{ // mine\n}\n'],
  'qwen-code': ['.qwen/settings.json', '\uFEFF{\n\t"ui": {}\n}\n'],
  'gemini-cli': ['.gemini/.env', '# mine\nFOO=bar\n'],
  roo: ['.config/Code/User/settings.json', '{\n  "editor.fontSize": 12,\n}\n'],
  zoo: ['.config/Code/User/settings.json', '{}'],
  openclaw: ['.openclaw/openclaw.json', '{\n  // mine\n  gateway: { port: 1 },\n}\n'],
  zed: ['.config/zed/settings.json', '// Zed settings\n{\n  "vim_mode": true,\n}\n'],
  aider: ['.aider.conf.yml', '# mine\ndark-mode: true\n'],
};

let house: SetupHouse;
beforeEach(async () => {
  house = await setupHouse();
});

async function give([path, text]: [path: string, text: string]): Promise<void> {
  await mkdir(dirname(join(house.home, path)), { recursive: true });
  await writeFile(join(house.home, path), text);
}

describe.each(CLIENTS.filter(({ instructionsOnly }) => instructionsOnly === undefined))('$id over the command line', ({ id, name }) => {
  it.each(['in an empty home', 'beside settings of one’s own'])(
    'is set up, listed, unchanged the second time, and taken back, %s',
    async (where) => {
      const theirs = THEIRS[id];
      if (where !== 'in an empty home') await give(theirs ?? expect.fail(`no settings of ${name} to try`));
      const before = await house.files(house.home);
      expect(await house.setup(id, '--dry-run')).toMatchObject({ code: 0, err: '' });
      expect(await house.files(house.home)).toEqual(before);
      expect(await house.setup(id)).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`${name} is set up:`) });
      const after = await house.files(house.home);
      expect(after).not.toEqual(before);
      expect(await house.setup(id)).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was written.') });
      expect(await house.files(house.home)).toEqual(after);
      const list = JSON.parse((await house.setup('--list', '--json')).out) as { tool: string }[];
      expect(list.find(({ tool }) => tool === id)).toMatchObject({
        state: 'set-up',
        origin: 'http://127.0.0.1:20128',
        model: 'auto',
        key: id,
      });
      expect(await house.setup(id, '--undo')).toMatchObject({ code: 0, err: '' });
      expect(await house.files(house.home)).toEqual(before);
      expect((await house.cli.config()).keys).toEqual([]);
    },
  );
});

it('all of them at once, each with its own key, are taken back one by one', async () => {
  for (const theirs of Object.values(THEIRS)) await give(theirs);
  const before = await house.files(house.home);
  const ids = CLIENTS.filter(({ instructionsOnly }) => instructionsOnly === undefined).map(({ id }) => id);
  for (const id of ids) expect(await house.setup(id)).toMatchObject({ code: 0, err: '' });
  expect((await house.cli.config()).keys.map(({ name }) => name)).toEqual(ids);
  expect((await house.setup('--check')).out).toBe('All is as it was set up.\n');
  for (const id of ids) expect(await house.setup(id, '--undo')).toMatchObject({ code: 0, err: '' });
  // Roo Code and Zoo Code share a file and a folder: what one of them finds changed by the other keeps its copies.
  const left = Object.entries(await house.files(house.home)).filter(([path]) => !path.endsWith('.bak') && path !== '.omniroute/');
  expect(Object.fromEntries(left)).toEqual(before);
  expect((await house.cli.config()).keys).toEqual([]);
});

it('docs/tools.md tells of every tool', async () => {
  const text = await readFile(join(import.meta.dirname, '../../docs/tools.md'), 'utf8');
  for (const { id } of CLIENTS) expect(text).toContain(`\`${id}\``);
});
