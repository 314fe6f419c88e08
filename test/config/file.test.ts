import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, ConfigFile } from '../../src/config/file.ts';
import { type Config, comboSchema } from '../../src/config/schema.ts';

const open: ConfigFile[] = [];
let folder: string;

function config(): ConfigFile {
  const file = new ConfigFile(folder);
  open.push(file);
  return file;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omniroute-config-'));
});
afterEach(() => {
  for (const file of open.splice(0)) file.close();
});

describe('ConfigFile', () => {
  it('is an empty config while there is no file, and writes none by reading', async () => {
    const loaded = await config().load();
    expect(loaded.accounts).toEqual([]);
    expect(loaded.settings.timeouts).toEqual({ connectMs: 10_000, firstByteMs: 60_000, idleMs: 120_000, totalMs: 900_000 });
    await expect(stat(join(folder, 'config.json'))).rejects.toThrow('ENOENT');
  });

  it('reads what a person wrote by hand, as the contract has it', async () => {
    await writeFile(
      join(folder, 'config.json'),
      `{ "version": 1,
        "accounts": [{ "id": "a1", "provider": "openai-compatible", "name": "Mock", "prefix": "mock", "baseUrl": "http://127.0.0.1:9900/v1",
                       "credential": { "env": "MOCK_KEY" }, "priority": 1, "enabled": true, "proxy": null }],
        "combos":   [{ "name": "always-on", "strategy": "fill-first", "targets": ["mock/model-a", "other/model-b"], "deadlineMs": 120000 }],
        "keys": [], "settings": { "timeouts": { "connectMs": 10000, "firstByteMs": 60000, "idleMs": 120000, "totalMs": 900000 } } }`,
    );
    const loaded = await config().load();
    expect(loaded.accounts[0]).toMatchObject({ prefix: 'mock', credential: { env: 'MOCK_KEY' } });
    expect(loaded.combos[0]?.targets).toEqual(['mock/model-a', 'other/model-b']);
  });

  it('names line and column of broken JSON, and never touches the file', async () => {
    const broken = '{\n  "version": 1,\n  "accounts": [}\n';
    await writeFile(join(folder, 'config.json'), broken);
    await expect(config().load()).rejects.toThrow(/line 3, column 16/);
    await expect(config().update(() => {})).rejects.toBeInstanceOf(ConfigError);
    expect(await readFile(join(folder, 'config.json'), 'utf8')).toBe(broken);
  });

  it('names the path of a wrong or misspelt field', async () => {
    await writeFile(join(folder, 'config.json'), '{"version":1,"accounts":[{"id":"a","provider":"x","name":"n","baseURL":"http://h"}]}');
    await expect(config().load()).rejects.toThrow(/accounts\[0\].*baseURL/);
  });

  it('saves with private modes and keeps the last good copies', async () => {
    const file = config();
    await file.update((draft) => void draft.combos.push(combo('one')));
    await file.update((draft) => void draft.combos.push(combo('two')));
    const copy = JSON.parse(await readFile(join(folder, 'config.json.1'), 'utf8')) as Config;
    expect(copy.combos.map((entry) => entry.name)).toEqual(['one']);
    expect((await stat(join(folder, 'config.json'))).mode & 0o777).toBe(0o600);
  });

  it('refuses a change that would make the config invalid, and keeps the old one', async () => {
    const file = config();
    await file.update((draft) => void draft.combos.push(combo('one')));
    await expect(file.update((draft) => void draft.combos.push(combo('one')))).rejects.toThrow('"one" is there twice');
    expect((await config().load()).combos).toHaveLength(1);
  });

  it('loses no change of twenty writers at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => config().update((draft) => void draft.combos.push(combo(`c${n}`)))));
    expect((await config().load()).combos).toHaveLength(20);
  });

  it('keeps a change in use though the file is being read while it is saved', async () => {
    const file = config();
    for (let n = 1; n <= 20; n += 1) {
      const saving = file.update((draft) => void draft.combos.push(combo(`c${n}`)));
      let saved = false;
      const reading: Promise<Config>[] = [];
      const read = () => {
        if (saved) return;
        reading.push(file.load());
        setTimeout(read, 0);
      };
      read();
      await saving;
      saved = true;
      await Promise.all(reading);
      expect(file.current.combos).toHaveLength(n);
    }
  });

  it('tells of an edit from outside also when a change of its own finds it first', async () => {
    const file = config();
    await file.update((draft) => void draft.combos.push(combo('one')));
    const told: [number, number][] = [];
    file.watch(
      (after, before) => void told.push([before.combos.length, after.combos.length]),
      () => {},
    );
    await config().update((draft) => void draft.combos.push(combo('two')));
    await file.update((draft) => void draft.combos.push(combo('three')));
    expect(told).toEqual([[1, 2]]);
    expect(file.current.combos).toHaveLength(3);
  });

  it('tells of an edit from outside, and keeps the last good config when the edit is broken', async () => {
    const file = config();
    await file.update((draft) => void draft.combos.push(combo('one')));
    const changed = new Promise<Config>((resolve, reject) => file.watch(resolve, reject));
    await config().update((draft) => void draft.combos.push(combo('two')));
    expect((await changed).combos).toHaveLength(2);
    file.close();
    const complaint = new Promise<Error>((resolve) => file.watch(() => {}, resolve));
    await writeFile(join(folder, 'config.json'), '{');
    expect((await complaint).message).toContain('config.json.1');
    expect(file.current.combos).toHaveLength(2);
  });
});

function combo(name: string): Config['combos'][number] {
  return comboSchema.parse({ name, targets: ['a/b'] });
}
