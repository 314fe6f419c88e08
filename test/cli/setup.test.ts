import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findKey } from '../../src/accounts/gateway-keys.ts';
import { main } from '../../src/cli/main.ts';
import { auditPath } from '../../src/log/log-files.ts';
import { terminal } from './process.ts';
import { type SetupHouse, setupHouse } from './setup-house.ts';

/** As somebody has it: comments, an own order, Windows line ends. */
const SETTINGS = '{\r\n  // mine\r\n  "theme": "dark",\r\n  "env": { "FOO": "bar" },\r\n}\r\n';

let house: SetupHouse;
beforeEach(async () => {
  house = await setupHouse();
  await mkdir(join(house.home, '.claude'));
  await writeFile(join(house.home, '.claude/settings.json'), SETTINGS);
});

const settings = async () => await readFile(join(house.home, '.claude/settings.json'), 'utf8');
const keyIn = (text: string) => /omr-[\w-]{43}/.exec(text)?.[0];
const keys = async () => (await house.cli.config()).keys;
const audit = async () =>
  (await readFile(auditPath(house.cli.folder), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('omniroute setup TOOL', () => {
  it('--dry-run shows the change, and leaves no trace', async () => {
    const before = [await house.files(house.home), await house.files(house.cli.folder)];
    const { code, out, err } = await house.setup('claude-code', '--dry-run');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^--- .*settings\.json\n\+\+\+ .*settings\.json\n@@ /);
    expect(out).toMatch(/^\+.*"ANTHROPIC_BASE_URL": "http:\/\/127\.0\.0\.1:20128"/m);
    expect(out).toMatch(/^\+.*omr-…/m);
    expect(keyIn(out)).toBeUndefined();
    expect([await house.files(house.home), await house.files(house.cli.folder)]).toEqual(before);
  });

  it('--dry-run does not show keys of others that stand beside ours', async () => {
    const own = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz';
    await writeFile(join(house.home, '.claude/settings.json'), `{\n  "env": {\n    "ANTHROPIC_AUTH_TOKEN": "${own}"\n  }\n}\n`);
    const { out } = await house.setup('claude-code', '--dry-run');
    expect(out).toMatch(/^-.*ANTHROPIC_AUTH_TOKEN/m);
    expect(out).not.toContain(own);
  });

  it('writes the tool’s settings with a key of its own, prints no key, and takes it all back', async () => {
    const before = await house.files(house.home);
    const { code, out, err } = await house.setup('claude-code', '--rpm', '30');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Claude Code is set up: http:\/\/127\.0\.0\.1:20128, model auto, key "claude-code"\.\n/);
    expect(out).toContain('settings.json  (as it was: ');
    expect(out).toContain('omniroute setup claude-code --undo');
    expect(keyIn(out)).toBeUndefined();
    const key = keyIn(await settings()) ?? '';
    expect(findKey(await keys(), key)).toMatchObject({ name: 'claude-code', rpm: 30 });
    expect(findKey(await keys(), key)).not.toHaveProperty('admin');
    expect(JSON.stringify(await house.files(house.cli.folder))).not.toContain(key);

    const undone = await house.setup('claude-code', '--undo');
    expect(undone).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Claude Code is as it was\./) });
    expect(await house.files(house.home)).toEqual(before);
    expect(await keys()).toEqual([]);
    expect(await house.vault.get('tool/claude-code')).toBeUndefined();
  });

  it('is noted in the audit log, without the key', async () => {
    await house.setup('claude-code');
    await house.setup('claude-code', '--undo');
    const notes = await audit();
    expect(notes.map(({ who, what, subject }) => `${who} ${what} ${subject}`)).toEqual([
      'cli tool.set-up claude-code',
      'cli key.added claude-code',
      'cli tool.undone claude-code',
      'cli key.removed claude-code',
    ]);
    expect(keyIn(JSON.stringify(notes))).toBeUndefined();
  });

  it('a second time changes nothing', async () => {
    await house.setup('claude-code');
    const before = [await house.files(house.home), await house.files(house.cli.folder)];
    const { code, out } = await house.setup('claude-code');
    expect(code).toBe(0);
    expect(out).toMatch(/^Claude Code is set up already: model auto, key "claude-code"\. Nothing was written\.\n/);
    expect([await house.files(house.home), await house.files(house.cli.folder)]).toEqual(before);
  });

  it('changes what the key may do, and keeps that when nothing is said of it', async () => {
    await house.setup('claude-code', '--rpm', '30');
    const first = await settings();
    expect((await house.setup('claude-code', '--rpm', '10')).out).toContain('What the key "claude-code" may do was changed');
    expect(await settings()).toBe(first);
    await house.setup('claude-code', '--model', 'demo/echo');
    expect(keyIn(await settings())).toBe(keyIn(first));
    expect(await keys()).toMatchObject([{ rpm: 10 }]);
    await house.setup('claude-code', '--rpm', 'none');
    expect((await keys())[0]).not.toHaveProperty('rpm');
  });

  it('--models limits the key to what the tool is told of', async () => {
    const { code } = await house.setup('claude-code', '--models', 'demo/*', '--model', 'demo/echo');
    expect(code).toBe(0);
    expect(await keys()).toMatchObject([{ models: ['demo/*'] }]);
    const refused = await house.setup('claude-code', '--model', 'auto');
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('"auto" is not among those the tool may use: demo/*') });
  });

  it('leaves a key of the tool’s name that is the user’s alone', async () => {
    await house.cli.run(['key', 'new', 'claude-code']);
    expect((await house.setup('claude-code')).out).toContain('key "claude-code-2"');
    await house.setup('claude-code', '--undo');
    expect(await keys()).toMatchObject([{ name: 'claude-code' }]);
  });

  it('names the nearest for a model and for a tool that there is not', async () => {
    const before = await house.files(house.home);
    const model = await house.setup('claude-code', '--model', 'demo/ecko');
    expect(model).toMatchObject({ code: 1, err: expect.stringContaining('demo/echo') });
    expect(await house.setup('claud-code')).toMatchObject({ code: 2, err: expect.stringContaining('nearest: claude-code') });
    expect(await house.setup('claude-code', 'codex')).toMatchObject({ code: 2 });
    expect(await house.setup('--undo')).toMatchObject({ code: 2, err: expect.stringContaining('needs a tool') });
    expect(await house.setup('claude-code', '--undo', '--dry-run')).toMatchObject({ code: 2 });
    expect(await house.files(house.home)).toEqual(before);
    expect(await house.vault.get('tool/claude-code')).toBeUndefined();
  });

  it('leaves a file that does not parse alone, and says where it is broken', async () => {
    await writeFile(join(house.home, '.claude/settings.json'), '{\n  "env": {\n    "A" 1\n  }\n}\n');
    const before = await house.files(house.home);
    const { code, out, err } = await house.setup('claude-code');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/settings\.json.*line 3, column \d+/s);
    expect(await house.files(house.home)).toEqual(before);
    expect((await house.cli.run(['key', 'list'])).out).toContain('No keys yet');
    expect((await house.setup('--list')).out).toMatch(/^Claude Code: .*settings\.json.*line 3/m);
  });

  it('undone where nothing was set up says so', async () => {
    const { code, out } = await house.setup('claude-code', '--undo');
    expect({ code, out }).toEqual({ code: 0, out: 'Claude Code is not set up by OmniRoute: nothing to take back.\n' });
  });

  it('undone keeps what was written since, and takes the key away', async () => {
    await house.setup('claude-code');
    await writeFile(join(house.home, '.claude/settings.json'), (await settings()).replace('"dark"', '"light"'));
    const { code } = await house.setup('claude-code', '--undo');
    expect(code).toBe(0);
    expect(await settings()).toBe(SETTINGS.replace('"dark"', '"light"'));
    expect(await keys()).toEqual([]);
  });

  it('prints the tool’s key where that is asked for, alone', async () => {
    expect(await house.setup('claude-code', '--show-key')).toMatchObject({ code: 1, out: '' });
    await house.setup('claude-code');
    expect((await house.setup('claude-code', '--show-key')).out).toBe(`${keyIn(await settings())}\n`);
  });

  it('prints instructions for a tool that cannot be set up, and makes no key', async () => {
    const { code, out } = await house.setup('cursor');
    expect(code).toBe(0);
    expect(out).toContain('Cursor');
    expect(out).not.toContain('{key}');
    expect(await house.files(house.cli.folder)).toEqual({});
  });

  it('tells programs what was done', async () => {
    const made = JSON.parse((await house.setup('claude-code', '--json')).out) as unknown;
    expect(made).toMatchObject({
      ok: true,
      tool: 'claude-code',
      is: 'written',
      model: 'auto',
      key: 'claude-code',
      files: [{ path: join(house.home, '.claude/settings.json') }],
    });
    expect(JSON.stringify(made)).not.toContain(keyIn(await settings()));
    expect(JSON.parse((await house.setup('claude-code', '--json')).out)).toMatchObject({ is: 'unchanged' });
    expect(JSON.parse((await house.setup('--json')).out)).toContainEqual(
      expect.objectContaining({ tool: 'claude-code', state: 'set-up', model: 'auto', key: 'claude-code' }),
    );
    expect(JSON.parse((await house.setup('claude-code', '--undo', '--json')).out)).toMatchObject({
      ok: true,
      is: 'undone',
      keyRemoved: true,
    });
  });
});

describe('omniroute setup on a terminal', () => {
  const at = async (answer: string, ...args: string[]) => {
    const fake = terminal([answer], { HOME: house.home });
    const code = await main(['setup', 'claude-code', '--data', house.cli.folder, ...args], fake.io);
    return { code, out: fake.out() };
  };

  it('shows the change and writes after a yes alone', async () => {
    const no = await at('\n');
    expect(no.out).toMatch(/^--- [\s\S]*Set up Claude Code\? \[y\/N\] Nothing was written\.\n$/);
    expect(no.code).toBe(1);
    expect(await settings()).toBe(SETTINGS);
    expect(await house.files(house.cli.folder)).toEqual({});
    const yes = await at('y\n');
    expect(yes.code).toBe(0);
    expect(keyIn(await settings())).toBeDefined();
  });

  it('does not ask with --yes, nor where nothing would change', async () => {
    expect((await at('', '--yes')).out).not.toContain('[y/N]');
    expect((await at('')).out).toContain('is set up already');
  });
});
