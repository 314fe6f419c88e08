import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, commandLine } from './omniroute.ts';

let cli: CommandLine;
beforeEach(async () => {
  cli = await commandLine();
  for (const name of ['one', 'two'])
    await cli.run([
      'account',
      'add',
      'openai-compatible',
      '--name',
      name,
      '--base-url',
      `http://${name}.test/v1`,
      '--prefix',
      name,
      '--no-key',
    ]);
  await cli.run(['combo', 'set', 'work', '--strategy', 'fill-first', 'one/a', 'two/b', '--max-attempts', '2']);
});

const ids = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await cli.config()).accounts.map(({ name, id }) => [name, id]));
const targets = (out: string): string[] => (JSON.parse(out) as { steps: { target: string }[] }).steps.map(({ target }) => target);

/** A state file as a gateway leaves it: account `one` used up for an hour, `one/m` missing, the host of `two` broken. */
async function leaveState(): Promise<void> {
  const { one } = await ids();
  const now = Date.now();
  const note = { since: now - 1000, until: now + 3_600_000, failures: 1, message: 'You exceeded your quota' };
  const parts = {
    health: {
      notes: [
        { account: one, cause: 'quota', ...note },
        { account: one, model: 'm', cause: 'missing', ...note },
      ],
      breakers: [{ name: 'openai-compatible two.test', failures: 6, opened: 1, until: now + 60_000, slow: false, message: '' }],
      latency: [],
    },
  };
  await writeFile(join(cli.folder, 'state.json'), JSON.stringify({ version: 1, savedAt: now, parts }));
}

describe('omniroute explain, with no gateway running', () => {
  it('tells the order, and why', async () => {
    const { code, out, err } = await cli.run(['explain', 'work']);
    expect(code).toBe(0);
    expect(err).toContain('No gateway runs');
    expect(out).toMatch(/^work: combo "work", fill-first\nOrder:\n {2}1\. one\/a .*\n {2}2\. two\/b .*\nAt most 2 attempts/);
  });

  it('gives it as JSON', async () => {
    const { out } = await cli.run(['explain', 'work', '--json']);
    expect(targets(out)).toEqual(['one/a', 'two/b']);
    expect(JSON.parse(out)).toMatchObject({ requested: 'work', combo: { name: 'work', strategy: 'fill-first' }, skipped: [] });
  });

  it('assumes accounts to be down', async () => {
    const { out } = await cli.run(['explain', 'work', '--json', '--without', 'one']);
    expect(targets(out)).toEqual(['two/b']);
    expect(JSON.parse(out)).toMatchObject({ skipped: [{ target: 'one/a', reason: 'assumed-down' }] });
    expect((await cli.run(['explain', 'work', '--without', 'oen'])).err).toContain('Note: no account or provider is named "oen"');
  });

  it('knows what the last gateway learned', async () => {
    await leaveState();
    const { out } = await cli.run(['explain', 'work']);
    expect(out).toMatch(/one\/a \(account "one"\): quota.*You exceeded your quota/);
    expect(out).toMatch(/two\/b \(account "two"\): breaker/);
  });

  it('skips what cannot do the work', async () => {
    const { id } = (await cli.config()).accounts.find(({ name }) => name === 'one') ?? { id: '' };
    const config = await cli.config();
    for (const account of config.accounts)
      if (account.id === id) account.models = { custom: [{ id: 'a', vision: false, contextWindow: 1000 }] };
    await writeFile(join(cli.folder, 'config.json'), JSON.stringify(config));
    for (const need of [['--vision'], ['--tokens', '5000']]) {
      const { out } = await cli.run(['explain', 'work', '--json', ...need]);
      expect(targets(out)).toEqual(['two/b']);
      expect(JSON.parse(out)).toMatchObject({ skipped: [{ target: 'one/a', reason: 'incapable' }] });
    }
    expect(targets((await cli.run(['explain', 'work', '--json', '--tools'])).out)).toEqual(['one/a', 'two/b']);
  });

  it('an unknown name fails, naming what comes nearest', async () => {
    const { code, err } = await cli.run(['explain', 'wrok']);
    expect(code).toBe(1);
    expect(err).toMatch(/"wrok".*"work"/);
  });

  it('changes nothing', async () => {
    await leaveState();
    const before = await readFile(join(cli.folder, 'state.json'), 'utf8');
    await cli.run(['explain', 'work']);
    await cli.run(['health']);
    expect(await readFile(join(cli.folder, 'state.json'), 'utf8')).toBe(before);
  });
});

describe('omniroute health, with no gateway running', () => {
  it('lists what is not well', async () => {
    expect((await cli.run(['health'])).out).toBe('All is well.\n');
    await leaveState();
    const lines = (await cli.run(['health'])).out.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.join('\n')).toMatch(/^one +quota .*1 h.*exceeded your quota/m);
    expect(lines.join('\n')).toMatch(/^one · m +model /m);
    expect(lines.join('\n')).toMatch(/^openai-compatible two\.test +open /m);
    expect(JSON.parse((await cli.run(['health', '--json'])).out)).toHaveLength(3);
  });

  it.each([
    [[], 3, 0],
    [['one'], 2, 1],
    [['one', '--model', 'm'], 1, 2],
    [['--provider', 'openai-compatible'], 1, 2],
  ])('reset %j forgets that, and what is left stays on disk', async (scope, forgotten, left) => {
    await leaveState();
    const { code, out } = await cli.run(['health', 'reset', ...scope]);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^Forgot ${forgotten} `));
    expect(JSON.parse((await cli.run(['health', '--json'])).out)).toHaveLength(left);
    expect((await cli.run(['health', 'reset', ...scope])).out).toBe('There was nothing to forget.\n');
  });

  it.each([
    [['health', 'frob'], 2, /omniroute health reset/],
    [['health', '--model', 'm'], 2, /belong to reset/],
    [['health', 'reset', 'three'], 1, /no account named "three"/],
    [['explain'], 2, /a model is missing/],
    [['explain', 'work', '--tokens', 'many'], 2, /--tokens takes a whole number/],
  ])('%j: is told what is wrong', async (args, code, pattern) => {
    const ran = await cli.run(args as string[]);
    expect(ran.err).toMatch(pattern);
    expect(ran.code).toBe(code);
  });
});
