import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StateFile, type StatePart } from '../../src/config/state-file.ts';

let folder: string;
let said: string[];
const open: StateFile[] = [];

/** A part that remembers one value. */
class Memory implements StatePart {
  value: unknown;
  restored: unknown[] = [];
  told = 0;

  constructor(value?: unknown) {
    this.value = value;
  }

  toJSON(): unknown {
    this.told += 1;
    return this.value;
  }

  restore(saved: unknown): void {
    this.restored.push(saved);
    this.value = saved;
  }
}

function stateFile(parts: Record<string, StatePart>, where = folder): StateFile {
  const file = new StateFile(where, (line) => said.push(line));
  for (const [name, part] of Object.entries(parts)) file.register(name, part);
  open.push(file);
  return file;
}

const read = async (): Promise<Record<string, unknown>> => JSON.parse(await readFile(join(folder, 'state.json'), 'utf8'));
const write = (text: string): Promise<void> => writeFile(join(folder, 'state.json'), text);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omniroute-state-'));
  said = [];
});
afterEach(async () => {
  vi.useRealTimers();
  for (const file of open.splice(0)) await file.close();
  await rm(folder, { recursive: true, force: true });
});

describe('StateFile', () => {
  it('gives each part back what it told, in a new life', async () => {
    const first = stateFile({ health: new Memory({ a: 1 }), budgets: new Memory([1, 2]) });
    await first.load();
    await first.flush();
    const [health, budgets, fresh] = [new Memory(), new Memory(), new Memory()];
    await stateFile({ health, budgets, fresh }).load();
    expect(health.restored).toEqual([{ a: 1 }]);
    expect(budgets.restored).toEqual([[1, 2]]);
    expect(fresh.restored).toEqual([]);
    expect(said).toEqual([]);
  });

  it('writes one file for the owner alone, and leaves no other behind', async () => {
    const file = stateFile({ health: new Memory(1) }, join(folder, 'new'));
    await file.flush();
    expect(await readdir(join(folder, 'new'))).toEqual(['state.json']);
    expect((await stat(join(folder, 'new', 'state.json'))).mode & 0o777).toBe(0o600);
    const { version, savedAt, parts } = JSON.parse(await readFile(file.path, 'utf8'));
    expect({ version, parts }).toEqual({ version: 1, parts: { health: 1 } });
    expect(Math.abs(Date.now() - savedAt)).toBeLessThan(60_000);
  });

  it('writes nothing when nothing has changed, also since the last life', async () => {
    const file = stateFile({ health: new Memory({ a: 1 }) });
    await file.flush();
    await rm(file.path);
    file.touch();
    await file.flush();
    await file.close();
    expect(await readdir(folder)).toEqual([]);

    await write('{"version":1,"savedAt":5,"parts":{"health":{"a":1}}}');
    const next = stateFile({ health: new Memory() });
    await next.load();
    await next.close();
    expect(await read()).toEqual({ version: 1, savedAt: 5, parts: { health: { a: 1 } } });
  });

  it('saves half a second after the first of many changes, once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const health = new Memory(0);
    const file = stateFile({ health });
    for (let n = 1; n <= 50; n += 1) {
      health.value = n;
      file.touch();
      vi.advanceTimersByTime(9);
    }
    expect(health.told).toBe(0);
    vi.advanceTimersByTime(50);
    vi.useRealTimers();
    await vi.waitFor(async () => expect((await read()).parts).toEqual({ health: 50 }));
    expect(health.told).toBe(1);
  });

  it('does not keep the process alive', () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    stateFile({ health: new Memory(1) }).touch();
    expect(timers()).toBe(before);
  });

  it('has one save under way at most, and the last one holds the last value', async () => {
    const health = new Memory(0);
    const file = stateFile({ health });
    const saves: Promise<void>[] = [];
    for (let n = 1; n <= 20; n += 1) {
      health.value = n;
      saves.push(file.flush());
    }
    await Promise.all(saves);
    expect((await read()).parts).toEqual({ health: 20 });
    expect(await readdir(folder)).toEqual(['state.json']);
  });

  it('notices a change back to the old value while another is being saved', async () => {
    const health = new Memory('old');
    const file = stateFile({ health });
    await file.flush();
    health.value = 'new';
    const saving = file.flush();
    while (health.told < 2) await Promise.resolve();
    health.value = 'old';
    await file.flush();
    await saving;
    expect((await read()).parts).toEqual({ health: 'old' });
  });

  it('saves what is left when it is closed, and nothing after', async () => {
    const health = new Memory('last');
    const file = stateFile({ health });
    file.touch();
    await file.close();
    expect((await read()).parts).toEqual({ health: 'last' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    file.touch();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps the parts and fields of a newer version', async () => {
    await write('{"version":1,"later":{"x":1},"parts":{"health":1,"newer":{"deep":[1]}}}');
    const health = new Memory();
    const file = stateFile({ health });
    await file.load();
    health.value = 2;
    await file.flush();
    expect(await read()).toMatchObject({ later: { x: 1 }, parts: { health: 2, newer: { deep: [1] } } });
  });
});

describe('a damaged state file', () => {
  const whole = JSON.stringify({ version: 1, savedAt: 1, parts: { health: { list: Array.from({ length: 20 }, (_, n) => ({ n })) } } });

  it.each([
    ['nothing', ''],
    ['zeros, as after a power cut', '\0'.repeat(4096)],
    ['its beginning', whole.slice(0, 100)],
    ['all but its last byte', whole.slice(0, -1)],
    ['two writers', whole + whole],
    ['a list', '[]'],
    ['null', 'null'],
    ['a later format', '{"version":2,"parts":{}}'],
    ['no parts', '{"version":1}'],
    ['parts that are none', '{"version":1,"parts":[]}'],
  ])('of %s is set aside, and everything begins afresh', async (_, text) => {
    await write(text);
    const health = new Memory('fresh');
    const file = stateFile({ health });
    await file.load();
    expect(health.restored).toEqual([]);
    const [kept, ...others] = await readdir(folder);
    expect(others).toEqual([]);
    expect(kept).toMatch(/^state\.json\.damaged-\d+$/);
    expect(await readFile(join(folder, kept ?? ''), 'utf8')).toBe(text);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(kept);
    await file.flush();
    expect((await read()).parts).toEqual({ health: 'fresh' });
  });

  it('replaces the one that was set aside before', async () => {
    await writeFile(join(folder, 'state.json.damaged-1'), 'older');
    await writeFile(join(folder, 'config.json'), '{}');
    await write('newer');
    await stateFile({}).load();
    const files = await readdir(folder);
    expect(files).toHaveLength(2);
    expect(files).not.toContain('state.json.damaged-1');
    expect(files).toContain('config.json');
  });

  it('is not the end of the file that was there before: a writer killed midway leaves the old one whole', async () => {
    await write(whole);
    // What a killed write leaves: its own temporary file, half written.
    await writeFile(join(folder, 'state.json.1234567'), whole.slice(0, 50));
    const health = new Memory();
    await stateFile({ health }).load();
    expect(health.restored).toHaveLength(1);
    expect(said).toEqual([]);
  });
});

describe('a part that fails', () => {
  it('does not harm the others when it takes back', async () => {
    await write('{"version":1,"parts":{"bad":1,"good":2}}');
    const bad: StatePart = {
      toJSON: () => 'bad again',
      restore: () => {
        throw new Error('no such thing');
      },
    };
    const good = new Memory();
    await stateFile({ bad, good }).load();
    expect(good.restored).toEqual([2]);
    expect(said).toEqual([expect.stringMatching(/"bad".*no such thing/)]);
  });

  it('keeps what it told last when it cannot tell, said once', async () => {
    await write('{"version":1,"parts":{"bad":"before","good":1}}');
    const bad: StatePart = {
      toJSON: () => {
        throw new Error('lost');
      },
      restore: () => {},
    };
    const good = new Memory();
    const file = stateFile({ bad, good });
    await file.load();
    for (const value of [2, 3]) {
      good.value = value;
      await file.flush();
    }
    expect((await read()).parts).toEqual({ bad: 'before', good: 3 });
    expect(said).toEqual([expect.stringMatching(/"bad".*lost/)]);
  });
});

describe('a folder that cannot be written', () => {
  /** A file where the folder should be: nobody, not even root, can write into it. */
  async function blockedFolder(): Promise<string> {
    const where = join(folder, 'data');
    await writeFile(where, 'in the way');
    return where;
  }

  it('is said once, rejects nothing, and is tried again until it works', async () => {
    const where = await blockedFolder();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const health = new Memory(1);
    const file = stateFile({ health }, where);
    await file.load();
    await file.flush();
    await file.flush();
    const failures = said.filter((line) => line.includes('could not be saved'));
    expect(failures).toHaveLength(1);
    await rm(where);
    // Not at once: a full disk is not asked twice a second.
    file.touch();
    vi.advanceTimersByTime(29_000);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
    await vi.waitFor(async () => expect(JSON.parse(await readFile(join(where, 'state.json'), 'utf8')).parts).toEqual({ health: 1 }));
    await vi.waitFor(() => expect(said.at(-1)).toMatch(/saved again/));
  });

  it('does not stop the end of the process', async () => {
    const file = stateFile({ health: new Memory(1) }, await blockedFolder());
    await expect(file.close()).resolves.toBeUndefined();
    expect(said).toHaveLength(1);
  });

  it('is read as an empty one when the file cannot be read', async () => {
    await mkdir(join(folder, 'state.json'));
    const health = new Memory('fresh');
    const file = stateFile({ health });
    await file.load();
    await file.flush();
    expect(health.restored).toEqual([]);
    expect(said).toHaveLength(2);
    await rm(join(folder, 'state.json'), { recursive: true });
  });

  it.skipIf(process.getuid?.() === 0)('holds for a folder without permission, too', async () => {
    await write('damaged');
    await chmod(folder, 0o500);
    const file = stateFile({ health: new Memory(1) });
    await file.load();
    await file.flush();
    await chmod(folder, 0o700);
    expect(said).toEqual([expect.stringContaining('could not be set aside'), expect.stringContaining('could not be saved')]);
    await rename(file.path, join(folder, 'x'));
  });
});
