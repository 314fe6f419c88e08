import { chmod, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../../src/clients/files.ts';
import { maskedKey, withoutSecrets } from '../../../src/clients/masked.ts';
import type { GatewayFacts } from '../../../src/clients/setup-contract.ts';
import { applied, BEFORE, data, home, KEY, logged, put, refused, SETUP, settings, setups, text, tool } from './house.ts';

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
