import { chmod, lstat, mkdir, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unifiedDiff } from '../../../src/clients/diff.ts';
import { applied, BEFORE, data, home, inFolder, KEY, previewed, put, SETUP, settings, setups, text, tool } from './house.ts';

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
