import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client, Setup } from '../../../src/clients/client.ts';
import type { TextEdit } from '../../../src/clients/edit/edit.ts';
import { FORMATS } from '../../../src/clients/edit/formats.ts';
import { edited, isEmpty, lookUp } from '../../../src/clients/edit/value.ts';
import { placesOf, takenBack } from '../../../src/clients/places.ts';
import { createSetups } from '../../../src/clients/setups.ts';
import { isObject, type Json } from '../../../src/conversation/json.ts';
import { dotenvConfig } from './generated/dotenv.ts';
import { jsonConfig } from './generated/json.ts';
import type { GeneratedConfig } from './generated/parts.ts';
import { tomlConfig } from './generated/toml.ts';
import { yamlConfig } from './generated/yaml.ts';

const GENERATORS: Readonly<Record<string, (seed: number) => GeneratedConfig>> = {
  json: (seed) => jsonConfig(seed, 'json'),
  json5: (seed) => jsonConfig(seed, 'json5'),
  yaml: yamlConfig,
  toml: tomlConfig,
  dotenv: dotenvConfig,
};
const RUNS = 100;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omniroute-edits-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const setup = (name: string): Setup => ({
  origin: 'http://127.0.0.1:20128',
  key: `omr-${name}-0123456789`,
  model: name,
  models: [{ name, title: name }],
});

function clientOf(path: string, config: GeneratedConfig): Client {
  return {
    id: 'codex',
    name: 'Codex',
    recordedAs: [],
    detect: async () => ({ installed: true, version: undefined, origin: undefined, key: undefined, model: undefined }),
    plan: async (_machine, { model }) => [{ path, format: config.format, edits: model === 'one' ? config.first : config.second }],
  };
}

function value(format: GeneratedConfig['format'], text: string): Json {
  const read = FORMATS[format].read(text);
  if (!read.ok) throw new Error(`${JSON.stringify(read.problem)} in ${JSON.stringify(text)}`);
  return read.value;
}

/** Without the places of ours that hold nothing: whether they were empty, null or not there is not kept. */
function filled(value: Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([key, item]) => !(/^(env|list|provider)$/.test(key) && (item === null || isEmpty(item)))),
  );
}

/** The lines that a set-up has no business with: one thing each, without the commas, which a new neighbour may bring. */
function theirs(text: string, ours: RegExp): string[] {
  return text
    .split('\n')
    .map((line) => line.trimEnd().replaceAll(',', ''))
    .filter((line) => line.trim() !== '' && !ours.test(line) && !/[[{]|^\s*[\]}]/.test(line));
}

/** All but white space, and the brackets of an empty place that is filled. */
function bare(text: string): string[] {
  return [...text.replaceAll(/[\s[\]{}]/g, '')];
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const line of whole) if (line === part[at]) at++;
  return at === part.length;
}

describe.each(Object.entries(GENERATORS))('%s: a hundred generated files', (name, generate) => {
  test('an edit changes its own places alone, and a second time nothing', () => {
    const check = (seed: number): void => {
      const config = generate(seed);
      const format = FORMATS[config.format];
      const result = format.apply(config.text, config.first);
      if (!result.ok) throw new Error(`${JSON.stringify(result.problem)} in\n${config.text}`);
      const expected = config.first.reduce<Json>((before, edit) => edited(before, edit), value(config.format, config.text));
      expect(value(config.format, result.text)).toEqual(isEmpty(expected) ? expect.anything() : expected);
      expect(format.apply(result.text, config.first)).toEqual({ ok: true, text: result.text });
      expect(result.text.startsWith('\uFEFF')).toBe(config.text.startsWith('\uFEFF'));
      if (config.text.includes('\n')) expect(/[^\r]\n/.test(result.text)).toBe(/(^|[^\r])\n/.test(config.text));
      const isFresh = config.first.every(
        (edit) => !lookUp(value(config.format, config.text), 'set' in edit ? edit.set : edit.remove).found,
      );
      if (isFresh) expect(isSubsequence(bare(config.text), bare(result.text))).toBe(true);
      expect(isSubsequence(theirs(config.text, config.ours), theirs(result.text, /^$/))).toBe(true);
    };
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 }), check), { numRuns: RUNS });
  }, 120_000);

  test('taken back from a file that was changed since, all that is not ours stays', () => {
    const check = (seed: number): void => {
      const config = generate(seed);
      const format = FORMATS[config.format];
      const before = value(config.format, config.text);
      if (Array.isArray(before)) return;
      const theirEdit: TextEdit = { set: ['THEIRS'], to: 'theirs' };
      const result = format.apply(config.text, [...config.first, theirEdit]);
      if (!result.ok) throw new Error(result.problem.message);
      const places = placesOf(before, value(config.format, result.text), config.first, 'copy');
      const back = takenBack(result.text, format, places, () => before);
      expect(back.kept).toEqual([]);
      expect(filled(value(config.format, back.text))).toEqual(filled(edited(before, theirEdit)));
      expect(isSubsequence(theirs(config.text, config.ours), theirs(back.text, /^$/))).toBe(true);
    };
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 }), check), { numRuns: RUNS });
  }, 120_000);

  test('apply, again with other values, then undo gives the very bytes', async () => {
    let count = 0;
    const check = async (seed: number): Promise<void> => {
      const config = generate(seed);
      const home = join(folder, `${name}-${count++}`);
      const path = join(home, 'tool', 'config');
      await mkdir(join(home, 'tool'), { recursive: true });
      await writeFile(path, config.text);
      const machine = { platform: process.platform, home, env: {} };
      let now = Date.UTC(2026, 0, 1);
      const setups = createSetups({ machine, folder: join(home, 'data'), now: () => (now += 1000) });
      const client = clientOf(path, config);
      for (const step of ['one', 'one', 'two']) {
        const preview = await setups.preview(client, setup(step));
        if (!preview.ok) throw new Error(preview.refusal.message);
        expect(await setups.apply(client, setup(step), preview, 'key-1')).toEqual({ ok: true });
      }
      expect(value(config.format, await readFile(path, 'utf8'))).not.toEqual(value(config.format, config.text));
      expect(await setups.undo(client)).toEqual({ ok: true, files: [path], kept: [] });
      expect(await readFile(path, 'utf8')).toBe(config.text);
      expect(await readdir(join(home, 'tool'))).toEqual(['config']);
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), check), { numRuns: RUNS });
  }, 120_000);
});
