import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Client, FilePlan, Found, Setup } from '../../src/clients/client.ts';
import { unifiedDiff } from '../../src/clients/diff.ts';
import { FORMATS } from '../../src/clients/edit/formats.ts';
import { lookUp } from '../../src/clients/edit/value.ts';
import { refusalOf } from '../../src/clients/files.ts';
import { maskedKey, withoutSecrets } from '../../src/clients/masked.ts';
import type { GatewayFacts, Preview, Setups } from '../../src/clients/setup-contract.ts';
import { createSetups } from '../../src/clients/setups.ts';

const KEY = 'omr-0123456789abcdefabcd';
const SETUP: Setup = { origin: 'http://127.0.0.1:20128', key: KEY, model: 'auto', models: [{ name: 'auto', title: 'Auto' }] };
const BEFORE = '{\n  // mine\n  "env": { "OLD": "1", "KEY": "sk-theirs-0123456789" },\n}\n';

let home: string;
let now: number;
let logged: string[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'omniroute-setups-'));
  now = Date.UTC(2026, 10, 22, 21, 5, 9);
  logged = [];
});
afterEach(() => rm(home, { recursive: true, force: true }));

const settings = (): string => join(home, 'tool', 'settings.json');
const data = (): string => join(home, 'data');

function setups(gateway: GatewayFacts = {}): Setups {
  const machine = { platform: process.platform, home, env: {} };
  return createSetups({ machine, folder: data(), now: () => (now += 1000), gateway, log: (line) => logged.push(line) });
}

/** A tool with one JSON file: address, key and model are members of `env`. */
function tool(changes: Partial<Client> = {}, paths: () => string[] = () => [settings()]): Client {
  return {
    id: 'claude-code',
    name: 'Tool',
    recordedAs: [],
    detect: () => found(paths()[0] ?? ''),
    plan: async (_machine, { origin, key, model }) =>
      paths().map((path): FilePlan => {
        const env = { URL: origin, KEY: key, MODEL: model };
        return { path, format: 'json', edits: Object.entries(env).map(([name, to]) => ({ set: ['env', name], to })) };
      }),
    ...changes,
  };
}

async function found(path: string): Promise<Found> {
  const read = FORMATS.json.read(await readFile(path, 'utf8').catch(() => ''));
  const value = (name: string): string | undefined => {
    const looked = read.ok ? lookUp(read.value, ['env', name]) : undefined;
    return looked?.found && typeof looked.value === 'string' ? looked.value : undefined;
  };
  return { installed: true, version: '1.0', origin: value('URL'), key: value('KEY'), model: value('MODEL') };
}

async function put(text: string | Buffer, path = settings()): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}

async function previewed(of: Setups, client = tool(), setup = SETUP): Promise<Extract<Preview, { ok: true }>> {
  const preview = await of.preview(client, setup);
  if (!preview.ok) throw new Error(preview.refusal.message);
  return preview;
}

async function applied(of: Setups, client = tool(), setup = SETUP): Promise<void> {
  expect(await of.apply(client, setup, await previewed(of, client, setup), 'key-1')).toEqual({ ok: true });
}

async function refused(client = tool()): Promise<{ is: string; path: string; message: string }> {
  const preview = await setups().preview(client, SETUP);
  if (preview.ok) throw new Error('it was not refused');
  return preview.refusal;
}

const text = (path = settings()): Promise<string> => readFile(path, 'utf8');
const inFolder = async (): Promise<string[]> => (await readdir(join(home, 'tool'))).sort();

describe('a preview', () => {
  test('writes nothing, shows the change, and masks the key', async () => {
    await put(BEFORE);
    const [file] = (await previewed(setups())).files;
    expect(file).toMatchObject({ path: settings(), exists: true, before: BEFORE });
    expect(file?.after).toContain(KEY);
    expect(file?.shown).not.toContain(KEY);
    expect(file?.shown).toContain('omr-…abcd');
    expect(await text()).toBe(BEFORE);
    expect(await inFolder()).toEqual(['settings.json']);
  });

  test('of what is set up already is unchanged', async () => {
    await put(BEFORE);
    const of = setups();
    await applied(of);
    expect(await previewed(of)).toMatchObject({ unchanged: true });
  });

  test('as a diff holds neither our key nor theirs', async () => {
    await put(BEFORE);
    const diff = unifiedDiff(await previewed(setups()));
    expect(diff).toContain(`--- ${settings()}`);
    expect(diff).toMatch(/^-.*"KEY": "sk-…6789"/m);
    expect(diff).toMatch(/^\+.*"KEY": "omr-…abcd"/m);
    expect(diff).not.toContain('sk-theirs');
    expect(diff).not.toContain(KEY);
  });

  test('as a diff of a new file comes from nothing', async () => {
    expect(unifiedDiff(await previewed(setups()))).toMatch(/^--- \/dev\/null\n\+\+\+ /);
  });
});

describe('applying', () => {
  test('keeps the mode and a copy with the same mode, and remembers no key', async () => {
    await put(BEFORE);
    await chmod(settings(), 0o640);
    await applied(setups());
    const copy = 'settings.json.omniroute-20261122-210510.bak';
    expect(await inFolder()).toEqual(['settings.json', copy]);
    expect(await text(join(home, 'tool', copy))).toBe(BEFORE);
    for (const name of await inFolder()) expect((await stat(join(home, 'tool', name))).mode & 0o777).toBe(0o640);
    const remembered = await text(join(data(), 'setups.json'));
    expect(remembered).not.toContain(KEY);
    expect(remembered).not.toContain('sk-theirs');
    expect((await stat(join(data(), 'setups.json'))).mode & 0o777).toBe(0o600);
  });

  test('follows a symlink, and keeps it', async () => {
    const real = join(home, 'dotfiles', 'settings.json');
    await put(BEFORE, real);
    await mkdir(join(home, 'tool'));
    await symlink(real, settings());
    const of = setups();
    await applied(of);
    expect((await lstat(settings())).isSymbolicLink()).toBe(true);
    expect(await text(real)).toContain(KEY);
    expect(await readdir(join(home, 'dotfiles'))).toEqual(['settings.json']);
    await of.undo(tool());
    expect((await lstat(settings())).isSymbolicLink()).toBe(true);
    expect(await text(real)).toBe(BEFORE);
  });

  test('makes a missing folder for its owner alone; undo takes both away', async () => {
    const of = setups();
    await applied(of);
    expect((await stat(join(home, 'tool'))).mode & 0o777).toBe(0o700);
    expect((await stat(settings())).mode & 0o777).toBe(0o600);
    expect(await of.undo(tool())).toEqual({ ok: true, files: [settings()], kept: [] });
    expect((await readdir(home)).sort()).toEqual(['data']);
  });

  test('undo leaves a folder in which something else is by now', async () => {
    const of = setups();
    await applied(of);
    await put('theirs', join(home, 'tool', 'other.txt'));
    await of.undo(tool());
    expect(await inFolder()).toEqual(['other.txt']);
  });

  test('writes nothing when the file was changed since the preview', async () => {
    await put(BEFORE);
    const of = setups();
    const preview = await previewed(of);
    await put('{"env": {"NEWER": "1"}}');
    expect(await of.apply(tool(), SETUP, preview, 'key-1')).toMatchObject({ ok: false, refusal: { is: 'changed', path: settings() } });
    expect(await text()).toBe('{"env": {"NEWER": "1"}}');
    expect(await inFolder()).toEqual(['settings.json']);
  });

  test('writes nothing over an empty file that came up since the preview', async () => {
    const of = setups();
    const preview = await previewed(of);
    await put('');
    expect(await of.apply(tool(), SETUP, preview, 'key-1')).toMatchObject({ ok: false, refusal: { is: 'changed' } });
    expect(await text()).toBe('');
  });

  test('a file touched without a change is not changed', async () => {
    await put(BEFORE);
    const of = setups();
    const preview = await previewed(of);
    await utimes(settings(), 1, 1);
    expect(await of.apply(tool(), SETUP, preview, 'key-1')).toEqual({ ok: true });
  });

  test('writes all files or none', async () => {
    const second = join(home, 'tool', 'second.json');
    const both = tool({}, () => [settings(), second]);
    await put(BEFORE);
    const of = setups();
    const preview = await previewed(of, both);
    await mkdir(second);
    expect(await of.apply(both, SETUP, preview, 'key-1')).toMatchObject({ ok: false, refusal: { is: 'not-a-file' } });
    expect(await text()).toBe(BEFORE);
    expect(await inFolder()).toEqual(['second.json', 'settings.json']);
  });

  test('puts the file back when what was done cannot be remembered', async () => {
    await put(BEFORE);
    const of = setups();
    const preview = await previewed(of);
    await mkdir(join(data(), 'setups.json'), { recursive: true });
    expect(await of.apply(tool(), SETUP, preview, 'key-1')).toMatchObject({ ok: false });
    expect(await text()).toBe(BEFORE);
    expect(await inFolder()).toEqual(['settings.json']);
  });

  test('keeps the newest three copies, and the one that undo needs', async () => {
    await put(BEFORE);
    const of = setups();
    for (let round = 0; round < 6; round++) {
      await applied(of, tool(), { ...SETUP, model: `m${round}` });
      await writeFile(settings(), (await text()).replace('// mine', `// mine ${round}`));
    }
    const copies = (await inFolder()).slice(1);
    expect(copies).toHaveLength(4);
    expect(await text(join(home, 'tool', copies[0] ?? ''))).toBe(BEFORE);
  });
});

describe('undo', () => {
  test('of what was never set up does nothing', async () => {
    expect(await setups().undo(tool())).toEqual({ ok: true, files: [], kept: [] });
  });

  test('gives the very bytes, also after a second set-up', async () => {
    await put(`\uFEFF${BEFORE.replaceAll('\n', '\r\n')}`);
    const of = setups();
    await applied(of);
    await applied(of, tool(), { ...SETUP, model: 'other', key: `${KEY}2` });
    expect(await of.undo(tool())).toEqual({ ok: true, files: [settings()], kept: [] });
    expect(await text()).toBe(`\uFEFF${BEFORE.replaceAll('\n', '\r\n')}`);
    expect(await inFolder()).toEqual(['settings.json']);
  });

  test('of a file changed since takes our values out, gives back theirs, and leaves the rest', async () => {
    await put(BEFORE);
    const of = setups();
    await applied(of);
    await writeFile(settings(), (await text()).replace('// mine', '// mine, later'));
    expect(await of.undo(tool())).toEqual({ ok: true, files: [settings()], kept: [] });
    expect(await text()).toBe(BEFORE.replace('// mine', '// mine, later'));
  });

  test('keeps and names a value that was changed at our place', async () => {
    await put(BEFORE);
    const of = setups();
    await applied(of);
    await writeFile(settings(), (await text()).replace('"MODEL": "auto"', '"MODEL": "their choice"'));
    expect(await of.undo(tool())).toEqual({ ok: true, files: [settings()], kept: [`${settings()}: env.MODEL`] });
    expect(FORMATS.json.read(await text())).toEqual({
      ok: true,
      value: { env: { OLD: '1', KEY: 'sk-theirs-0123456789', MODEL: 'their choice' } },
    });
  });

  test('without the copy takes our additions out, and names what it cannot give back', async () => {
    await put(BEFORE);
    const of = setups();
    await applied(of);
    for (const name of await inFolder()) if (name.endsWith('.bak')) await rm(join(home, 'tool', name));
    expect(await of.undo(tool())).toMatchObject({ ok: true, kept: [`${settings()}: env.KEY`] });
    expect(FORMATS.json.read(await text())).toEqual({ ok: true, value: { env: { OLD: '1', KEY } } });
  });

  test('of a file we made, in which they wrote since, leaves what is theirs', async () => {
    const of = setups();
    await applied(of);
    await writeFile(settings(), '{"theirs": 1, "env": {"URL": "http://127.0.0.1:20128"}}');
    await of.undo(tool());
    expect(await text()).toBe('{"theirs": 1}');
  });

  test('of a file that does not parse any more is refused, and can be done after it is mended', async () => {
    await put(BEFORE);
    const of = setups();
    await applied(of);
    const good = await text();
    await writeFile(settings(), `${good}}`);
    expect(await of.undo(tool())).toMatchObject({
      ok: false,
      refusal: { path: settings(), message: expect.stringContaining('line 5, column 1') },
    });
    await writeFile(settings(), good);
    expect(await of.undo(tool())).toMatchObject({ ok: true });
    expect(await text()).toBe(BEFORE);
  });

  test('of a file that was deleted since does nothing', async () => {
    await put(BEFORE);
    const of = setups();
    await applied(of);
    await rm(settings());
    expect(await of.undo(tool())).toEqual({ ok: true, files: [], kept: [] });
  });

  test('leaves alone what was there before as we would have written it', async () => {
    const already = `{"env": {"URL": "http://127.0.0.1:20128", "KEY": "${KEY}", "MODEL": "auto"}}`;
    await put(already);
    const of = setups();
    await applied(of);
    expect(await of.undo(tool())).toEqual({ ok: true, files: [], kept: [] });
    expect(await text()).toBe(already);
  });
});

describe('what is refused, with a sentence', () => {
  test('a file that does not parse, with line and column', async () => {
    await put('{\n  "a": 1\n  "b": 2\n}');
    expect(await refused()).toMatchObject({
      is: 'broken',
      message: expect.stringContaining('line 3, column 3: A comma'),
      problem: { line: 3, column: 3 },
    });
  });
  test('a place that holds something else', async () => {
    await put('{"env": "x"}');
    expect(await refused()).toMatchObject({
      is: 'broken',
      message: expect.stringContaining('env is a text here, and has to be an object'),
    });
  });
  test('a read-only file, also for those who might write it', async () => {
    await put(BEFORE);
    await chmod(settings(), 0o444);
    expect(await refused()).toMatchObject({ is: 'read-only', message: expect.stringContaining('Make it writable') });
  });
  test('a folder in its place', async () => {
    await mkdir(settings(), { recursive: true });
    expect(await refused()).toMatchObject({ is: 'not-a-file' });
  });
  test('a file where its folder has to be', async () => {
    await writeFile(join(home, 'tool'), '');
    expect(await refused()).toMatchObject({ is: 'no-folder' });
  });
  test('a link into a folder that is not there, and one that leads to itself', async () => {
    await mkdir(join(home, 'tool'));
    await symlink(join(home, 'gone', 'settings.json'), settings());
    expect(await refused()).toMatchObject({ is: 'no-folder', message: expect.stringContaining('link') });
    await rm(settings());
    await symlink(settings(), settings());
    expect(await refused()).toMatchObject({ is: 'not-a-file' });
  });
  test('more than 5 MB', async () => {
    await put(Buffer.alloc(5 * 1024 * 1024 + 1, 32));
    expect(await refused()).toMatchObject({ is: 'too-large' });
  });
  test('what is not UTF-8', async () => {
    await put(Buffer.from('\uFEFF{}', 'utf16le'));
    expect(await refused()).toMatchObject({ is: 'not-utf8', message: expect.stringContaining('Save it as UTF-8') });
  });
  test('a tool that gets instructions only', async () => {
    expect(await refused(tool({ instructionsOnly: 'It asks from its own servers.' }))).toMatchObject({
      is: 'instructions-only',
      message: 'It asks from its own servers.',
    });
  });
  test.each([
    ['EBUSY', 'linux', 'locked'],
    ['EPERM', 'win32', 'locked'],
    ['EACCES', 'win32', 'locked'],
    ['EACCES', 'linux', 'read-only'],
    ['EROFS', 'linux', 'read-only'],
    ['ENOSPC', 'linux', 'failed'],
  ] as const)('%s of %s as %s', (code, platform, is) => {
    const refusal = refusalOf('/x/settings.json', Object.assign(new Error(code), { code }), platform);
    expect(refusal).toMatchObject({ is, message: expect.stringContaining('/x/settings.json') });
  });
});

describe('how a tool stands', () => {
  const at = async (gateway: GatewayFacts = {}, client = tool()): Promise<unknown> => (await setups(gateway).state(client)).state;

  test('absent, elsewhere, set up, with instructions, broken', async () => {
    await put(BEFORE);
    expect(
      await at(
        {},
        tool({ detect: async () => ({ installed: false, version: undefined, origin: undefined, key: undefined, model: undefined }) }),
      ),
    ).toEqual({ is: 'absent' });
    expect(await at()).toEqual({ is: 'not-set-up', elsewhere: undefined });
    expect(await at({}, tool({ instructionsOnly: 'Because.' }))).toEqual({ is: 'instructions' });
    await applied(setups());
    expect(await at({ origin: () => SETUP.origin, lastSeen: async () => 7 })).toEqual({ is: 'set-up', model: 'auto', lastSeen: 7 });
    await put('{"env": ');
    expect(await at()).toMatchObject({ is: 'broken', path: settings(), line: 1 });
  });

  test('set up by hand', async () => {
    await put('{"env": {"URL": "http://127.0.0.1:20128"}}');
    expect(await at({ origin: () => SETUP.origin })).toMatchObject({ is: 'set-up' });
    expect(await at({ origin: () => 'http://127.0.0.1:1' })).toEqual({ is: 'not-set-up', elsewhere: SETUP.origin });
  });

  test.each<[string, GatewayFacts, (text: string) => string, RegExp]>([
    [
      'the port',
      { origin: () => 'http://127.0.0.1:4' },
      (t) => t,
      /The gateway is at http:\/\/127\.0\.0\.1:4 now; Tool asks http:\/\/127\.0\.0\.1:20128/,
    ],
    ['the address', {}, (t) => t.replace('127.0.0.1:20128', 'other.example'), /Another program changed the address/],
    [
      'the key',
      { compareKey: async (_id, key) => (key === KEY ? 'same' : 'other') },
      (t) => t.replace(KEY, 'omr-other'),
      /not the one that was made for it/,
    ],
    ['a revoked key', { compareKey: async () => 'gone' }, (t) => t, /is gone, so its requests are refused/],
    ['the model', { models: () => ['x'] }, (t) => t, /The model auto is not offered any more/],
    ['a model of theirs', {}, (t) => t.replace('"auto"', '"gpt"'), /asks for the model gpt/],
    ['values taken away', {}, () => '{"env": {"OLD": "1"}}', /took values away from settings\.json: env\.URL, env\.KEY, env\.MODEL/],
  ])('drifted: %s', async (_name, gateway, change, sentence) => {
    await put(BEFORE);
    await applied(setups());
    await writeFile(settings(), change(await text()));
    expect(await at(gateway)).toEqual({ is: 'drifted', differences: [expect.stringMatching(sentence)] });
  });

  test('drifted: the file is gone; mended by setting it up again', async () => {
    await put(BEFORE);
    const of = setups();
    await applied(of);
    await rm(settings());
    expect(await at()).toEqual({ is: 'drifted', differences: [`${settings()} is not there any more.`] });
    await applied(of);
    expect(await at()).toMatchObject({ is: 'set-up' });
  });
});

test('a broken setups.json is set aside and said, never overwritten', async () => {
  await put('{"version": 1, "setups": [{"client": "nobody"}]}', join(data(), 'setups.json'));
  await put(BEFORE);
  await applied(setups());
  const names = await readdir(data());
  const kept = names.find((name) => name.startsWith('setups.json.damaged-'));
  expect(await text(join(data(), kept ?? ''))).toContain('nobody');
  expect(logged).toEqual([expect.stringContaining('is damaged: it was kept as')]);
});

test('a setups.json that cannot be read does not stop a look', async () => {
  await put(BEFORE);
  await mkdir(join(data(), 'setups.json'), { recursive: true });
  expect((await setups().state(tool())).state).toEqual({ is: 'not-set-up', elsewhere: undefined });
  expect(logged).toEqual([expect.stringContaining('cannot be read')]);
});

test('two tools in one file are taken back one by one, in either order', async () => {
  const other = tool({ id: 'codex', plan: async () => [{ path: settings(), format: 'json', edits: [{ set: ['other'], to: { a: 1 } }] }] });
  for (const order of [
    [tool(), other],
    [other, tool()],
  ]) {
    await put(BEFORE);
    const of = setups();
    await applied(of);
    await applied(of, other);
    for (const client of order) expect(await of.undo(client)).toMatchObject({ ok: true, kept: [] });
    expect(await text()).toBe(BEFORE);
  }
});

test('masks show the ends of long keys only', () => {
  expect(maskedKey(KEY)).toBe('omr-…abcd');
  expect(maskedKey('short')).toBe('…');
  const reference = `key: \${KEY_OF_MINE}\nname: long-enough-text`;
  expect(withoutSecrets(`api_key = "abcdefghijklmnopq"\nAuthorization: Bearer 0123456789abcdef\n${reference}`)).toBe(
    `api_key = "…nopq"\nAuthorization: Bearer …cdef\n${reference}`,
  );
});
