import { beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, commandLine } from './omniroute.ts';

let cli: CommandLine;
beforeEach(async () => {
  cli = await commandLine();
  await cli.run(['account', 'add', 'groq', '--name', 'me', '--key-env', 'K']);
  await cli.run([
    'account',
    'add',
    'openai-compatible',
    '--name',
    'node',
    '--base-url',
    'http://127.0.0.1:9',
    '--prefix',
    'mock',
    '--no-key',
  ]);
});

const combos = async () => (await cli.config()).combos;

describe('budgets for somebody who is removed', () => {
  it('go with him, and that is said', async () => {
    await cli.run(['key', 'new', 'tool']);
    await cli.run(['budget', 'set', '--account', 'me', '--per', 'day', '--usd', '1']);
    await cli.run(['budget', 'set', '--key', 'tool', '--per', 'day', '--usd', '1']);
    await cli.run(['budget', 'set', '--per', 'day', '--usd', '9']);
    await cli.run(['account', 'edit', 'me', '--new-name', 'mine']);
    expect((await cli.run(['account', 'remove', 'mine'])).out).toContain('the budget for account mine, a day, hard');
    expect((await cli.run(['key', 'remove', 'tool'])).out).toContain('the budget for key tool, a day, hard');
    expect((await cli.config()).budgets).toMatchObject([{ usd: 9 }]);
  });
});

describe('omniroute combo', () => {
  it('sets, lists, disables, enables and removes', async () => {
    await cli.run(['combo', 'set', 'best', 'groq/a', 'mock/b']);
    await cli.run(['combo', 'set', 'best', 'mock/b', 'groq/a']);
    expect((await cli.run(['combo', 'list'])).out).toBe('best  fill-first  mock/b, groq/a\n');
    await cli.run(['combo', 'disable', 'best']);
    expect((await cli.run(['combo', 'list'])).out).toBe('best  fill-first  mock/b, groq/a  disabled\n');
    await cli.run(['combo', 'enable', 'best']);
    expect((await combos())[0]?.enabled).toBe(true);
    expect((await cli.run(['combo', 'remove', 'best'])).code).toBe(0);
    expect((await cli.run(['combo', 'list'])).out).toContain('No combos yet');
    expect((await cli.run(['combo', 'list', '--json'])).out).toBe('[]\n');
  });

  it('renames, and what names it follows', async () => {
    await cli.run(['combo', 'set', 'best', 'groq/a']);
    await cli.run(['combo', 'set', 'outer', 'best']);
    expect(await cli.run(['combo', 'rename', 'best', 'better'])).toMatchObject({ code: 0, out: expect.stringContaining('better') });
    expect((await combos()).map(({ name, targets }) => [name, ...targets])).toEqual([
      ['better', 'groq/a'],
      ['outer', 'better'],
    ]);
    expect(await cli.run(['combo', 'rename', 'better', 'outer'])).toMatchObject({ code: 1, err: expect.stringContaining('already') });
    expect((await cli.run(['combo', 'rename', 'better'])).code).not.toBe(0);
  });

  it.each(['fill-first', 'round-robin', 'p2c', 'random', 'least-used', 'cost-optimized', 'latency'])('knows %s', async (strategy) => {
    expect(await cli.run(['combo', 'set', 'c', '--strategy', strategy, 'groq/a'])).toMatchObject({ code: 0 });
    expect((await combos())[0]?.strategy).toBe(strategy);
  });

  const BOUNDS = ['--deadline', '30000', '--max-attempts', '3', '--fallback-on', 'rate,quota', '--no-affinity', '--disabled'];
  const BUDGETS = ['--budget', 'api-key:day:2.5usd', '--budget', 'free:month:100requests'];

  it('keeps the options that a later set does not speak of', async () => {
    await cli.run(['combo', 'set', 'c', '--strategy', 'p2c', 'groq/a', ...BOUNDS, ...BUDGETS]);
    await cli.run(['combo', 'set', 'c', 'mock/b', '--max-attempts', '4']);
    expect(await combos()).toEqual([
      {
        name: 'c',
        enabled: false,
        strategy: 'p2c',
        targets: ['mock/b'],
        deadlineMs: 30_000,
        maxAttempts: 4,
        fallbackOn: ['rate', 'quota'],
        affinity: false,
        budgets: [
          { tier: 'api-key', period: 'day', usd: 2.5, mode: 'hard', warnAt: 80 },
          { tier: 'free', period: 'month', requests: 100, mode: 'hard', warnAt: 80 },
        ],
      },
    ]);
    expect((await cli.run(['combo', 'list'])).out).toContain(
      'disabled; within 30000 ms; 4 attempts; falls back on rate, quota; no affinity; api-key at most $2.5 a day; free at most 100 requests a month',
    );
  });

  it('takes bounds back by "none"', async () => {
    await cli.run(['combo', 'set', 'c', 'groq/a', ...BOUNDS, ...BUDGETS]);
    const nones = ['--deadline', '--max-attempts', '--fallback-on', '--budget'].flatMap((flag) => [flag, 'none']);
    await cli.run(['combo', 'set', 'c', 'groq/a', ...nones, '--affinity']);
    expect(await combos()).toEqual([{ name: 'c', enabled: false, strategy: 'fill-first', targets: ['groq/a'], affinity: true }]);
  });

  it('keeps a combo in its place among the others', async () => {
    for (const name of ['a', 'b', 'a']) await cli.run(['combo', 'set', name, 'groq/x']);
    expect((await combos()).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('knows combos, aliases, auto, patterns and bare ids as targets', async () => {
    await cli.run(['combo', 'set', 'inner', 'groq/a']);
    await cli.run(['alias', 'set', 'short', 'groq/a']);
    const targets = ['inner', 'short', 'auto', 'auto/free', 'groq/*', '*llama*', 'llama-3.3-70b-versatile', 'demo/echo'];
    expect(await cli.run(['combo', 'set', 'outer', ...targets])).toMatchObject({ code: 0, err: '' });
  });

  it('refuses unknown targets by their place, with what comes nearest, unless forced', async () => {
    const ran = await cli.run(['combo', 'set', 'c', 'groq/a', 'grok/llama-3.3-70b-versatile']);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/targets\[1\]: nobody here knows "grok\/llama.*nearest: "groq\/llama-3\.3-70b-versatile"/);
    expect(await combos()).toEqual([]);
    expect(await cli.run(['combo', 'set', 'c', 'grok/x', '--force'])).toMatchObject({ code: 0 });
  });

  it('refuses combos that contain themselves, naming the place', async () => {
    await cli.run(['combo', 'set', 'a', 'groq/x']);
    await cli.run(['combo', 'set', 'b', 'groq/x', 'a']);
    const ran = await cli.run(['combo', 'set', 'a', 'groq/x', 'b']);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/targets\[1\]: goes round in a circle: a → b → a/);
    expect((await combos())[0]?.targets).toEqual(['groq/x']);
  });

  it('does not remove what another name leads to', async () => {
    await cli.run(['combo', 'set', 'a', 'groq/x']);
    await cli.run(['alias', 'set', 'z', 'a']);
    expect(await cli.run(['combo', 'remove', 'a'])).toMatchObject({ code: 1, err: expect.stringContaining('the alias "z"') });
  });

  it.each([
    [['combo', 'set', 'a/b', 'groq/x'], /name: may not hold spaces or slashes/],
    [['combo', 'set', 'auto', 'groq/x'], /"auto" is the name of automatic routing/],
    [['combo', 'set', 'c', 'groq/x', '--fallback-on', 'rain'], /class "rain" is not known; there are request, context/],
    [['combo', 'set', 'c', 'groq/x', '--fallback-on', 'cancelled'], /fallbackOn\[0\]: is not fallen back from/],
    [['combo', 'set', 'c', 'groq/x', '--budget', 'api-key:day:5'], /TIER:PERIOD:AMOUNT such as api-key:day:5usd/],
    [['combo', 'set', 'c', 'groq/x', '--budget', 'gold:day:5usd'], /tier "gold" is not known/],
    [['combo', 'set', 'c', 'groq/x', '--deadline', '-5'], /deadline/],
    [['combo', 'set', 'c', 'groq/x', '--affinity', '--no-affinity'], /not both/],
    [['combo', 'frob'], /there is no "combo frob"\n {2}omniroute combo set NAME/],
    [['alias', 'set', 'x'], /an alias has a name and one target/],
    [['alias', 'set', 'x', 'nowhere/y'], /nobody here knows "nowhere\/y"/],
    [['alias', 'set', 'auto', 'groq/x'], /already the name of a combo or of automatic routing/],
    [['route', 'set', 'plain', 'groq/x'], /match: needs a \*: a single name is an alias/],
    [['route', 'set', 'x/*', 'nowhere'], /to: nobody here knows "nowhere"/],
    [['budget', 'set', '--usd', '5'], /--per day or --per month is missing/],
    [['budget', 'set', '--per', 'day'], /an amount is missing/],
    [['budget', 'set', '--per', 'week', '--usd', '5'], /period "week" is not known; there are day, month/],
    [['budget', 'set', '--per', 'day', '--usd', 'lots'], /--usd takes a number from 0 on, not "lots"/],
    [['budget', 'set', '--per', 'day', '--usd', '1', '--key', 'nobody'], /there is no key "nobody"/],
  ])('%j: is told what is wrong, and nothing changes', async (args, pattern) => {
    const before = await cli.config();
    const ran = await cli.run(args as string[]);
    expect(ran.err).toMatch(pattern);
    expect(ran.code).toBe(2);
    expect(await cli.config()).toEqual(before);
  });
});

describe('omniroute alias, route and budget', () => {
  it('sets, lists and removes aliases', async () => {
    await cli.run(['alias', 'set', 'sonnet', 'groq/a']);
    await cli.run(['alias', 'set', 'sonnet', 'mock/b']);
    expect((await cli.run(['alias', 'list'])).out).toBe('sonnet  mock/b\n');
    expect(JSON.parse((await cli.run(['alias', 'list', '--json'])).out)).toEqual([{ name: 'sonnet', target: 'mock/b' }]);
    expect((await cli.run(['alias', 'remove', 'sonnet'])).code).toBe(0);
    expect((await cli.run(['alias', 'remove', 'sonnet'])).code).toBe(1);
  });

  it('sets, lists and removes routes', async () => {
    await cli.run(['route', 'set', 'anthropic/*', 'groq/*']);
    await cli.run(['route', 'set', 'gpt-*', 'mock/x']);
    await cli.run(['route', 'set', 'anthropic/*', 'mock/*']);
    expect((await cli.run(['route', 'list'])).out).toBe('anthropic/*  mock/*\ngpt-*        mock/x\n');
    expect((await cli.run(['route', 'remove', 'gpt-*'])).code).toBe(0);
    expect((await cli.run(['route', 'remove', 'gpt-*'])).code).toBe(1);
  });

  it('sets, lists and removes budgets', async () => {
    await cli.run(['budget', 'set', '--per', 'day', '--usd', '5']);
    await cli.run([
      'budget',
      'set',
      '--tier',
      'free',
      '--account',
      'me',
      '--per',
      'month',
      '--tokens',
      '1000',
      '--soft',
      '--warn-at',
      '50',
    ]);
    await cli.run(['budget', 'set', '--per', 'day', '--usd', '6', '--requests', '100']);
    expect((await cli.config()).budgets).toEqual([
      { period: 'day', usd: 6, requests: 100, mode: 'hard', warnAt: 80 },
      { account: 'me', tier: 'free', period: 'month', tokens: 1000, mode: 'soft', warnAt: 50 },
    ]);
    expect((await cli.run(['budget', 'list'])).out).toBe(
      '1  everything, a day, hard                  $6, 100 requests, warns at 80 %\n' +
        '2  account me and tier free, a month, soft  1000 tokens, warns at 50 %\n',
    );
    expect((await cli.run(['budget', 'remove', '3'])).code).toBe(1);
    expect((await cli.run(['budget', 'remove', '1'])).code).toBe(0);
    expect((await cli.config()).budgets).toHaveLength(1);
  });
});
