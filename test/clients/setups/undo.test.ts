import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../../src/clients/edit/formats.ts';
import { applied, BEFORE, home, inFolder, KEY, put, SETUP, settings, setups, text, tool } from './house.ts';

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
