import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { openAuditLog } from '../../src/log/audit.ts';
import { type LogEntry, logEntrySchema } from '../../src/log/entry.ts';
import { type Log, type LogOptions, openLog } from '../../src/log/log.ts';
import { Redactor } from '../../src/log/redact/redactor.ts';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');
let folder: string;
let file: string;
let echoed: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omniroute-log-'));
  file = join(folder, 'logs', 'omniroute.log');
  echoed = [];
});

function open(options: Partial<LogOptions> = {}): Log {
  return openLog({ folder, now: () => NOW, echo: (line) => echoed.push(line), ...options });
}

async function lines(path = file): Promise<LogEntry[]> {
  const text = await readFile(path, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => logEntrySchema.parse(JSON.parse(line)));
}

describe('the log', () => {
  it('is one JSON object a line, and a line for people', async () => {
    const log = open();
    log.info('started', { port: 20128 });
    log.child({ requestId: 'req_1', account: 'work' }).warn('slow', { ms: 9 });
    await log.flush();
    expect(await lines()).toEqual([
      { time: '2026-11-22T10:00:00.000Z', level: 'info', message: 'started', fields: { port: 20128 } },
      { time: '2026-11-22T10:00:00.000Z', level: 'warn', message: 'slow', requestId: 'req_1', fields: { account: 'work', ms: 9 } },
    ]);
    expect(echoed).toEqual(['2026-11-22T10:00:00.000Z started', '2026-11-22T10:00:00.000Z slow']);
  });

  it('echoes no control character', async () => {
    const log = open();
    log.info('a\u001b[2Jb\u009bc\n\td');
    expect(echoed).toEqual(['2026-11-22T10:00:00.000Z a\ufffd[2Jb\ufffdc\n\td']);
    expect(log.tail(1)[0]?.message).toBe('a\u001b[2Jb\u009bc\n\td');
    await log.close();
  });

  it('takes the request id from a line that begins with one', async () => {
    const log = open();
    const id = `req_${'0123456789abcdef'.repeat(2)}`;
    log.info(`${id} openai-chat best → mock/model-a 200 12 ms`);
    expect(log.tail(1)[0]?.requestId).toBe(id);
  });

  it('leaves out what is less urgent than its level', async () => {
    const log = open({ level: 'warn' });
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    await log.close();
    expect((await lines()).map(({ message }) => message)).toEqual(['c', 'd']);
    expect(log.tail(9).map(({ message }) => message)).toEqual(['c', 'd']);
  });

  it('is for its owner alone', async () => {
    await mkdir(join(folder, 'logs'));
    await writeFile(file, '', { mode: 0o644 });
    const log = open();
    log.info('a');
    await log.flush();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('keeps the last 2,000 entries in memory, oldest first', async () => {
    const log = open();
    for (let n = 0; n < 2500; n += 1) log.info(`line ${n}`);
    const kept = log.tail(5000);
    expect([kept.length, kept[0]?.message, kept.at(-1)?.message]).toEqual([2000, 'line 500', 'line 2499']);
    expect(log.tail(2).map(({ message }) => message)).toEqual(['line 2498', 'line 2499']);
    expect(log.tail(0)).toEqual([]);
    await log.close();
  });

  it('tells its listeners, and is not hurt by one that fails', async () => {
    const log = open();
    const heard: string[] = [];
    log.subscribe(() => {
      throw new Error('listener');
    });
    const end = log.subscribe(({ message }) => heard.push(message));
    log.child({}).info('a');
    end();
    log.info('b');
    expect(heard).toEqual(['a']);
    await log.close();
  });

  it('is rotated by size, and loses nothing that is kept', async () => {
    const log = open({ maxBytes: 1000, files: 4 });
    for (let batch = 0; batch < 5; batch += 1) {
      for (let n = 0; n < 4; n += 1) log.info(`line ${batch * 4 + n}`);
      await log.flush();
    }
    const names = (await readdir(join(folder, 'logs'))).sort();
    expect(names).toEqual(['omniroute.1.log', 'omniroute.log']);
    for (let n = 20; n < 100; n += 1) log.info(`line ${n}`);
    await log.flush();
    const all = ['omniroute.3.log', 'omniroute.2.log', 'omniroute.1.log', 'omniroute.log'];
    expect((await readdir(join(folder, 'logs'))).sort()).toEqual([...all].sort());
    const kept = (await Promise.all(all.map((name) => lines(join(folder, 'logs', name))))).flat().map(({ message }) => message);
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, n) => `line ${100 - kept.length + n}`));
    for (const name of all) expect((await stat(join(folder, 'logs', name))).size).toBeLessThanOrEqual(1000);
  });

  it('goes on in memory where it cannot be written, says so once, and says when it works again', async () => {
    await writeFile(join(folder, 'logs'), 'in the way');
    const log = open();
    log.info('a');
    await log.flush();
    log.info('b');
    await log.flush();
    expect(echoed.filter((line) => line.includes('cannot be written'))).toHaveLength(1);
    expect(log.tail(9).map(({ message }) => message)).toEqual(['a', 'b']);
    await rm(join(folder, 'logs'));
    log.info('c');
    await log.flush();
    expect((await lines()).map(({ message }) => message)).toEqual(['c']);
    expect(echoed.at(-1)).toMatch(/is written again; 2 lines are missing/);
  });

  it('does not ask a disk that failed again for half a minute', async () => {
    let now = NOW;
    await writeFile(join(folder, 'logs'), 'in the way');
    const log = open({ now: () => now });
    log.info('a');
    await log.flush();
    await rm(join(folder, 'logs'));
    now += 31_000;
    log.info('b');
    await log.close();
    expect((await lines()).map(({ message }) => message)).toEqual(['b']);
  });

  it('begins a new line behind half a line of a process that was killed', async () => {
    await mkdir(join(folder, 'logs'));
    await writeFile(file, '{"time":"2026');
    const log = open();
    log.info('a');
    await log.close();
    const [half, whole] = (await readFile(file, 'utf8')).split('\n');
    expect(half).toBe('{"time":"2026');
    expect(JSON.parse(whole ?? '')).toMatchObject({ message: 'a' });
  });

  it('cuts huge lines at 16 KB, with a note', async () => {
    const log = open();
    log.info('x'.repeat(100_000));
    log.info('small', { big: Array.from({ length: 90 }, () => 'y'.repeat(5000)), other: 1 });
    log.info('\0'.repeat(9000), { big: '\0'.repeat(5000) });
    await log.close();
    const text = await readFile(file, 'utf8');
    for (const line of text.split('\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(16 * 1024);
    const [first, second, third] = await lines();
    expect(first?.message).toMatch(/x… \[cut: 100000 characters in all\]$/);
    expect(second).toMatchObject({ message: 'small', fields: { other: 1 } });
    expect(second?.fields?.big).toMatch(/^\[cut: \d+ bytes\]$/);
    expect(third?.message).toMatch(/\[cut: /);
  });

  it('takes anything as a field', async () => {
    const log = open();
    const circle: Record<string, unknown> = { name: 'circle' };
    circle.self = circle;
    const unreadable = Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    log.error('all', {
      circle,
      unreadable,
      error: new TypeError('broken', { cause: new Error('deeper') }),
      big: 12n,
      not: Number.NaN,
      symbol: Symbol('s'),
      map: new Map([['a', 1]]),
      bytes: new Uint8Array(3),
      date: new Date(NOW),
      bad: {
        toJSON: () => {
          throw new Error('toJSON');
        },
      },
      many: Array.from({ length: 200 }, (_, n) => n),
    });
    await log.close();
    const fields = (await lines())[0]?.fields;
    expect(fields).toMatchObject({
      unreadable: { a: '[cannot be read]' },
      error: { name: 'TypeError', message: 'broken', cause: { message: 'deeper' } },
      big: '12',
      not: 'NaN',
      map: [['a', 1]],
      bytes: '[3 bytes]',
      date: '2026-11-22T10:00:00.000Z',
      bad: '[cannot be shown: toJSON]',
    });
    expect(fields?.many).toHaveLength(101);
  });

  it('holds no registered secret, wherever it is put', async () => {
    const names = fc
      .string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 40 })
      .filter((text) => !'[redacted]'.includes(text) && /[^\d.]/.test(text));
    await fc.assert(
      fc.asyncProperty(names, async (secret) => {
        const redactor = new Redactor();
        redactor.add(secret);
        const log = open({ redactor });
        const heard: unknown[] = [];
        log.subscribe((entry) => heard.push(entry));
        log
          .child({ requestId: secret, [secret]: 1 })
          .error(`a ${secret} b`, { deep: [{ in: { it: `${secret}${secret}` } }], error: new Error(secret) });
        await log.close();
        const values = [...texts(heard), ...texts(log.tail(9)), ...texts(await lines()), ...echoed];
        expect(values.length).toBeGreaterThan(10);
        for (const value of values) expect(value).not.toContain(secret);
        await rm(file);
      }),
      { numRuns: 100 },
    );
  });

  it('shows no field whose name says that it is secret, and no number that is one', async () => {
    const redactor = new Redactor();
    redactor.add('918273645');
    const log = open({ redactor });
    log.info('a', { apiKey: 'x', Authorization: 'y', refresh_token: 'z', key: 'default', pin: 918273645 });
    expect(log.tail(1)[0]?.fields).toEqual({
      apiKey: '[redacted]',
      Authorization: '[redacted]',
      refresh_token: '[redacted]',
      key: 'default',
      pin: '[redacted]',
    });
    await log.close();
  });

  it('never throws where the file is read-only', async () => {
    await mkdir(join(folder, 'logs'));
    await writeFile(file, '');
    await chmod(file, 0o400);
    const log = open();
    expect(() => log.info('a')).not.toThrow();
    await log.close();
    expect(log.tail(1)[0]?.message).toBe('a');
  });
});

/** All strings and names in a value. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [name, ...texts(item)]);
}

describe('the audit log', () => {
  it('tells who changed what, without secrets', async () => {
    const redactor = new Redactor();
    redactor.add('hush-hush');
    const log = openAuditLog({ folder, redactor, now: () => NOW });
    log.audit({ who: 'cli', what: 'account.added', subject: 'work', changes: [{ field: 'priority', after: 1 }] });
    log.audit({ who: 'default', what: 'account.edited', subject: 'work', changes: [{ field: 'note', before: 'hush-hush', after: '' }] });
    log.audit({ who: 'editor', what: 'account.removed', subject: 'work', changes: [] });
    await log.flush();
    const text = await readFile(join(folder, 'logs', 'audit.log'), 'utf8');
    expect(
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { time: '2026-11-22T10:00:00.000Z', who: 'cli', what: 'account.added', subject: 'work', changes: [{ field: 'priority', after: 1 }] },
      {
        time: '2026-11-22T10:00:00.000Z',
        who: 'default',
        what: 'account.edited',
        subject: 'work',
        changes: [{ field: 'note', before: '[redacted]', after: '' }],
      },
      { time: '2026-11-22T10:00:00.000Z', who: 'editor', what: 'account.removed', subject: 'work' },
    ]);
    expect((await stat(join(folder, 'logs', 'audit.log'))).mode & 0o777).toBe(0o600);
  });

  it('takes the lines of several processes', async () => {
    const logs = [1, 2, 3].map(() => openAuditLog({ folder }));
    for (let n = 0; n < 50; n += 1)
      for (const [who, log] of logs.entries()) log.audit({ who: `${who}`, what: 'combo.saved', subject: `${n}` });
    await Promise.all(logs.map((log) => log.flush()));
    const text = await readFile(join(folder, 'logs', 'audit.log'), 'utf8');
    expect(
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toHaveLength(150);
  });
});
