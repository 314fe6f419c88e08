import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/io.ts';
import { logs } from '../../src/cli/logs.ts';
import type { LogLevel } from '../../src/log/entry.ts';
import { openLog } from '../../src/log/log.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omniroute-logs-'));
  await mkdir(join(folder, 'logs'));
  file = join(folder, 'logs', 'omniroute.log');
});

/** What a command wrote, and a way to wait for it. */
class Output {
  text = '';
  #waiting: { part: string; done: () => void }[] = [];

  write(text: string): void {
    this.text += text;
    for (const { part, done } of this.#waiting) if (this.text.includes(part)) done();
  }

  async until(part: string): Promise<void> {
    if (!this.text.includes(part)) await new Promise<void>((done) => this.#waiting.push({ part, done }));
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }
}

async function run(
  args: string[],
  given: { env?: Record<string, string>; isTTY?: boolean } = {},
): Promise<{ out: Output; err: string; code: number }> {
  const out = new Output();
  const err = new Output();
  const stdout = Object.assign(out, { isTTY: given.isTTY === true });
  const code = await logs([...args, '--data', folder], { stdout, stderr: err, stdin: Readable.from([]), env: given.env ?? {} });
  return { out, err: err.text, code };
}

function line(message: string, more: { level?: LogLevel; time?: string; requestId?: string; fields?: object } = {}): string {
  return `${JSON.stringify({ time: '2026-11-22T10:00:00.000Z', level: 'info', message, ...more })}\n`;
}

describe('omniroute logs', () => {
  it('shows the last lines, from older files too', async () => {
    await writeFile(join(folder, 'logs', 'omniroute.2.log'), line('a') + line('b'));
    await writeFile(join(folder, 'logs', 'omniroute.1.log'), line('c'));
    await writeFile(file, line('d') + line('e'));
    expect((await run(['--lines', '4'])).out.lines.map((text) => text.at(-1))).toEqual(['b', 'c', 'd', 'e']);
    expect((await run([])).out.lines).toHaveLength(5);
    expect((await run(['-n', '0'])).out.text).toBe('');
  });

  it('tells the attempts of a request in short, where there were several', async () => {
    const note = (target: string, more: object = {}) => ({ target, account: 'work', proxy: null, ms: 9, ...more });
    const failed = note('old/a', { failure: { class: 'auth', status: 401 } });
    await writeFile(
      file,
      line('one', { fields: { attempts: [note('a/b')] } }) + line('two', { fields: { attempts: [failed, note('a/b')] } }),
    );
    const { text } = (await run([])).out;
    expect(text).toMatch(/one\n/);
    expect(text).toMatch(/two attempts=old\/a auth 401 9 ms, a\/b 9 ms\n/);
  });

  it('tells level, request and fields', async () => {
    await writeFile(file, line('slow', { level: 'warn', requestId: 'req_1', fields: { ms: 12, who: 'work' } }));
    expect((await run([])).out.text).toBe('2026-11-22T10:00:00.000Z WARN  slow request=req_1 ms=12 who=work\n');
  });

  it('shows a level and what is more urgent', async () => {
    await writeFile(file, (['error', 'warn', 'info', 'debug'] as const).map((level) => line(`the-${level}`, { level })).join(''));
    expect((await run(['--level', 'warn'])).out.lines.map((text) => text.slice(31))).toEqual(['the-error', 'the-warn']);
  });

  it('shows what belongs to one request', async () => {
    await writeFile(file, line('req_12 first') + line('other') + line('second', { requestId: 'req_12' }));
    expect((await run(['--request', 'req_12'])).out.lines).toHaveLength(2);
  });

  it('shows what is newer than a duration or a time, all of it', async () => {
    const now = Date.now();
    const many = Array.from({ length: 150 }, (_, n) => line(`new ${n}`, { time: new Date(now - 60_000).toISOString() })).join('');
    await writeFile(file, line('old', { time: new Date(now - 7_200_000).toISOString() }) + many);
    expect((await run(['--since', '1h'])).out.lines).toHaveLength(150);
    expect((await run(['--since', new Date(now - 9_000_000).toISOString()])).out.lines).toHaveLength(151);
  });

  it('gives JSON a line', async () => {
    await writeFile(file, line('a', { fields: { n: 1 } }));
    expect(JSON.parse((await run(['--json'])).out.text)).toEqual({
      time: '2026-11-22T10:00:00.000Z',
      level: 'info',
      message: 'a',
      fields: { n: 1 },
    });
  });

  it('shows the audit log', async () => {
    const entry = { time: '2026-11-22T10:00:00.000Z', who: 'cli', what: 'account.edited', subject: 'work' };
    const changes = [
      { field: 'priority', before: 1, after: 2 },
      { field: 'limits.rpm', after: 30 },
    ];
    await writeFile(join(folder, 'logs', 'audit.log'), `${JSON.stringify({ ...entry, changes })}\n`);
    expect((await run(['--audit'])).out.text).toBe(
      '2026-11-22T10:00:00.000Z  cli  account.edited  work  (priority: 1 → 2, limits.rpm: – → 30)\n',
    );
  });

  it('has colours in a terminal alone, and not where NO_COLOR is set', async () => {
    await writeFile(file, line('a', { level: 'error' }));
    expect((await run([], { isTTY: true })).out.text).toContain('\u001b[31mERROR\u001b[0m');
    expect((await run([])).out.text).not.toContain('\u001b');
    expect((await run([], { isTTY: true, env: { NO_COLOR: '1' } })).out.text).not.toContain('\u001b');
  });

  it('gives no control character of an entry to the terminal', async () => {
    await writeFile(file, line('a\u001b]0;title\u0007\u009b2J\u202eb\nsecond', { fields: { x: '\u001b[2J' } }));
    const { out } = await run([], { isTTY: true });
    expect(out.text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(out.text).toContain('\n    second');
    const { out: json } = await run(['--json']);
    expect(json.lines).toHaveLength(1);
    expect(json.text.trimEnd()).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(JSON.parse(json.text)).toMatchObject({ fields: { x: '\u001b[2J' } });
  });

  it('is not hindered by junk in the file', async () => {
    const junk = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 37) % 256).map((byte) => (byte === 10 ? 0 : byte)));
    const huge = Buffer.alloc(3 * 1024 * 1024, 'x');
    const parts = [line('a'), junk, '\n', huge, '\n', '{"level":"info"}\n[]\n', line('b'.repeat(40_000)), line('c'), '{"time":"20'];
    await writeFile(file, Buffer.concat(parts.map((part) => Buffer.from(part))));
    const { out, err, code } = await run([]);
    expect([out.lines.length, code]).toEqual([3, 0]);
    expect(out.lines[1]).toMatch(/b… \[cut: 40000 characters in all\]$/);
    expect(err).toBe('3 lines are no entries and were left out.\n');
  });

  it('says so when there is no log', async () => {
    await rm(join(folder, 'logs'), { recursive: true });
    const { err, code } = await run([]);
    expect([err, code]).toEqual([`There is no log yet: ${file}\n`, 0]);
  });

  it('refuses what it does not understand', async () => {
    await expect(run(['--level', 'loud'])).rejects.toThrow(UsageError);
    await expect(run(['--since', 'yesterday'])).rejects.toThrow(/--since takes/);
    await expect(run(['--lines', '-1'])).rejects.toThrow();
    await expect(run(['--audit', '--request', 'x'])).rejects.toThrow(UsageError);
  });
});

describe('omniroute logs --follow', () => {
  let stop: AbortController;
  let ended: Promise<number>;
  let out: Output;

  function follow(...args: string[]): void {
    stop = new AbortController();
    out = new Output();
    ended = logs(
      ['--follow', ...args, '--data', folder],
      { stdout: out, stderr: new Output(), stdin: Readable.from([]), env: {} },
      stop.signal,
    );
  }

  afterEach(async () => {
    stop.abort();
    expect(await ended).toBe(0);
  });

  const messages = (): string[] => out.lines.map((text) => text.split(' ').at(-1) ?? '');

  it('goes on where the tail ended', async () => {
    await writeFile(file, line('a') + line('b'));
    follow('--lines', '1');
    await out.until(' b\n');
    await appendFile(file, line('c'));
    await out.until(' c\n');
    expect(messages()).toEqual(['b', 'c']);
  });

  it('shows a line once it is whole, also when it began before', async () => {
    const whole = line('whole-line');
    await writeFile(file, line('a') + whole.slice(0, 20));
    follow();
    await out.until(' a\n');
    await appendFile(file, whole.slice(20, 40));
    await appendFile(file, whole.slice(40) + line('b'));
    await out.until(' b\n');
    expect(messages()).toEqual(['a', 'whole-line', 'b']);
  });

  it('follows a log across its rotations, each line once and in order', async () => {
    const log = openLog({ folder, maxBytes: 2000, files: 50 });
    log.info('n-0');
    await log.flush();
    follow();
    await out.until('n-0\n');
    for (let n = 1; n <= 400; n += 1) {
      log.info(`n-${n}`);
      if (n % 7 === 0) await log.flush();
    }
    await log.close();
    await out.until('n-400\n');
    expect(messages()).toEqual(Array.from({ length: 401 }, (_, n) => `n-${n}`));
  });

  it('finds the files that were begun and rotated between two looks', async () => {
    await writeFile(file, line('a'));
    follow();
    await out.until(' a\n');
    const at = (n: number): string => join(folder, 'logs', `omniroute.${n}.log`);
    await writeFile(join(folder, 'new'), line('c'));
    await writeFile(join(folder, 'newest'), line('d'));
    await appendFile(file, line('b'));
    await rename(file, at(2));
    await rename(join(folder, 'new'), at(1));
    await rename(join(folder, 'newest'), file);
    await out.until(' d\n');
    expect(messages()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('begins anew where the file was emptied in place', async () => {
    await writeFile(file, line('a'.repeat(100)));
    follow();
    await out.until('aaa\n');
    await writeFile(file, line('b'));
    await out.until(' b\n');
  });

  it('waits for a log that does not exist yet, nor its folder', async () => {
    await rm(join(folder, 'logs'), { recursive: true });
    follow('--level', 'warn');
    const log = openLog({ folder });
    log.info('quiet');
    log.warn('loud');
    await log.close();
    await out.until('loud\n');
    expect(messages()).toEqual(['loud']);
  });

  it('ends at Ctrl-C and leaves no listener behind', async () => {
    const before = process.listenerCount('SIGINT');
    await writeFile(file, line('a'));
    follow();
    await out.until(' a\n');
    await appendFile(file, line('b'));
    await out.until(' b\n');
    const [listener] = process.listeners('SIGINT').slice(-1);
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    listener?.('SIGINT');
    expect(await ended).toBe(0);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
