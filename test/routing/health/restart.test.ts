import { beforeEach, describe, expect, it } from 'vitest';
import { failure, HOUR, MINUTE, SECOND, START, World } from './world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});

describe('a restart', () => {
  it('keeps cool-downs and lockouts until their time', () => {
    world.account('env', 'openai', { credential: { env: 'SOME_KEY' } });
    world.health.failed(world.target('env'), failure('quota', { retryAfterMs: HOUR, message: 'Limit reached.' }));
    world.health.failed(world.target('a', 'gone'), failure('capability', { status: 404 }));
    world.health.failed(world.target('b'), failure('auth'));
    const before = world.health.list();
    expect(before).toHaveLength(3);
    world.restart();
    const state = ({ id, block, failures }: (typeof before)[number]) => ({ id, failures, reason: block?.reason, until: block?.until });
    expect(world.health.list().map(state)).toEqual(before.map(state));
    world.restart(HOUR);
    expect(world.health.list().map(({ id }) => id)).toEqual(['b']);
  });

  it('keeps what was said of an account, not what was said of a model or host, which may repeat the prompt', () => {
    world.health.failed(world.target('a'), failure('quota', { retryAfterMs: HOUR, message: 'Limit reached.' }));
    world.health.failed(world.target('b', 'gone'), failure('capability', { status: 404, message: 'no model for: my prompt' }));
    for (let n = 0; n < 6; n += 1) world.health.failed(world.target('c'), failure('network', { message: 'lost: my prompt' }));
    expect(JSON.stringify(world.health.list())).toContain('my prompt');
    const saved = JSON.stringify(world.health.toJSON());
    expect(saved).toContain('Limit reached.');
    expect(saved).not.toContain('my prompt');
  });

  it('goes on doubling where it was', () => {
    world.health.failed(world.target(), failure('quota'));
    world.pass(10 * MINUTE);
    world.health.failed(world.target(), failure('quota'));
    world.restart();
    world.pass(20 * MINUTE);
    world.health.failed(world.target(), failure('quota'));
    expect(world.waitFor(world.target())).toBe(40 * MINUTE);
  });

  it('forgets a refused key that is in the environment: the process has a new one', () => {
    world.account('env', 'openai', { credential: { env: 'SOME_KEY' } });
    world.health.failed(world.target('env'), failure('auth', { code: 'credential_missing' }));
    world.restart();
    expect(world.health.blocked(world.target('env'))).toBeUndefined();
  });

  it('forgets accounts that are gone, and what was refused to a key that was changed meanwhile', () => {
    world.health.failed(world.target('a'), failure('auth'));
    world.health.failed(world.target('b'), failure('auth'));
    world.accounts.delete('a');
    world.account('b', 'openai', { rotatedAt: new Date(START + 1).toISOString() });
    world.restart();
    expect(world.health.toJSON()).toMatchObject({ notes: [] });
  });

  it('keeps a breaker open until its time, and its doubling', () => {
    for (let n = 0; n < 6; n += 1) world.health.failed(world.target(), failure('network', { code: 'connect_timeout' }));
    world.restart(4 * SECOND);
    expect(world.waitFor(world.target())).toBe(6 * SECOND);
    expect(world.health.admit(world.target(), true)).toBe(false);
    world.pass(6 * SECOND);
    expect(world.health.admit(world.target(), false)).toBe(true);
    expect(world.health.admit(world.target(), false)).toBe(false);
    world.health.failed(world.target(), failure('network'));
    expect(world.waitFor(world.target())).toBe(20 * SECOND);
    world.restart(20 * SECOND);
    expect(world.health.list()).toEqual([]);
  });

  it('keeps the time to the first token with its age', () => {
    world.health.succeeded(world.target(), 800);
    world.pass(20 * MINUTE);
    world.restart();
    expect(world.health.latency(world.target())).toBe(800);
    world.pass(10 * MINUTE + 1);
    expect(world.health.latency(world.target())).toBeUndefined();
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['text', 'open'],
    ['lists that are none', { notes: 1, breakers: {}, latency: 'x' }],
  ])('begins afresh with %s', (_, saved) => {
    world.health.restore(saved);
    expect(world.health.toJSON()).toEqual({ notes: [], breakers: [], latency: [] });
  });

  it('drops the rows that do not fit and keeps the others', () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) world.target(id);
    const good = { account: 'a', cause: 'quota', since: START - 5, until: START + HOUR, failures: 1, message: 'x' };
    world.health.restore({
      notes: [
        { ...good, cause: 'weather' },
        { ...good, account: 'b', until: 'soon' },
        { ...good, account: 'c', until: undefined },
        { ...good, account: 'd', until: START + 1000 * 24 * HOUR },
        { ...good, account: 'e', until: START },
        null,
        7,
        good,
      ],
      breakers: [
        { name: 'openai' },
        { name: 'groq', failures: 6, opened: 1, until: START + 100 * HOUR, slow: false, message: 'far ahead' },
      ],
      latency: [
        { account: 'a', model: 'm', ms: -4, at: START },
        { account: 'a', model: 'm', ms: 5, at: START + HOUR },
      ],
    });
    expect(world.health.list()).toMatchObject([
      { scope: 'account', id: 'a', failures: 1, block: { reason: 'quota', until: START + HOUR } },
      // A clock that was wrong must not keep it open for days.
      { scope: 'provider', id: 'groq', block: { until: START + 5 * MINUTE } },
    ]);
    expect(world.health.latency(world.target('a'))).toBeUndefined();
  });
});

describe('a reset', () => {
  beforeEach(() => {
    world.account('g', 'gemini');
    world.health.failed(world.target('a', 'm'), failure('auth'));
    world.health.failed(world.target('a', 'm'), failure('capability', { status: 404 }));
    world.health.failed(world.target('b', 'm'), failure('capability', { status: 404 }));
    for (let n = 0; n < 6; n += 1) world.health.failed(world.target('g'), failure('network'));
  });

  it.each([
    ['everything', undefined, 4],
    ['one account', { account: 'a' }, 2],
    ['one model of one account', { account: 'b', model: 'm' }, 1],
    ['one model', { model: 'm' }, 2],
    ['one provider', { provider: 'gemini' }, 1],
    ['what is well', { account: 'z' }, 0],
  ])('forgets %s', (_, scope, count) => {
    expect(world.health.list()).toHaveLength(4);
    expect(world.health.reset(scope)).toBe(count);
    expect(world.health.list()).toHaveLength(4 - count);
  });

  it('of a provider takes the breakers of all its hosts', () => {
    world.account('n', 'openai-compatible', { baseUrl: 'http://127.0.0.1:9900/v1' });
    for (let n = 0; n < 6; n += 1) world.health.failed(world.target('n'), failure('network'));
    expect(world.health.reset({ provider: 'openai-compatible' })).toBe(1);
    expect(world.health.blocked(world.target('n'))).toBeUndefined();
  });

  it('forgets the counts, too', () => {
    world.health.failed(world.target('c'), failure('empty'));
    world.health.failed(world.target('c'), failure('empty'));
    world.health.reset({ account: 'c' });
    world.health.failed(world.target('c'), failure('empty'));
    expect(world.health.blocked(world.target('c'))).toBeUndefined();
  });
});

describe('the book', () => {
  it('tells of each change worth keeping, and of nothing else', () => {
    const changesOf = (act: () => void): number => {
      const before = world.changes;
      act();
      return world.changes - before;
    };
    const target = world.target();
    expect(changesOf(() => world.health.succeeded(target, 100))).toBe(0);
    expect(changesOf(() => world.health.failed(target, failure('request')))).toBe(0);
    expect(changesOf(() => world.health.failed(target, failure('quota')))).toBe(1);
    expect(changesOf(() => world.health.failed(target, failure('network')))).toBe(1);
    expect(changesOf(() => world.health.failed(target, failure('overload', { retryAfterMs: 10 })))).toBe(1);
    expect(changesOf(() => world.health.blocked(target))).toBe(0);
    expect(changesOf(() => world.health.succeeded(target, 100))).toBe(1);
    expect(changesOf(() => world.health.succeeded(target, 100))).toBe(0);
    expect(changesOf(() => world.health.signedIn('a'))).toBe(0);
  });

  it('forgets what ended a day ago', () => {
    world.health.failed(world.target('a'), failure('rate'));
    for (let n = 0; n < 2; n += 1) world.health.failed(world.target('b'), failure('network'));
    world.pass(25 * HOUR);
    world.health.failed(world.target('c'), failure('rate'));
    world.health.failed(world.target('a'), failure('rate'));
    expect(world.waitFor(world.target('a'))).toBe(2 * SECOND);
    expect(world.health.list().map(({ id }) => id)).toEqual(['c', 'a']);
  });

  it('keeps at most 5,000 entries', () => {
    for (let n = 0; n < 6000; n += 1) {
      world.health.failed(world.target('a', `m${n}`), failure('capability', { status: 404 }));
      world.health.succeeded(world.target('a', `n${n}`), 10);
    }
    expect(world.health.list()).toHaveLength(5000);
    expect(world.health.toJSON().latency).toHaveLength(5000);
    expect(world.health.blocked(world.target('a', 'm5999'))?.reason).toBe('model');
  });

  it('holds nothing in its JSON that an account holds: names and words only', () => {
    world.account('a', 'openai', { headers: { 'x-secret': 'sesame' }, proxy: 'http://user:sesame@10.0.0.9:3128' });
    for (let n = 0; n < 6; n += 1) world.health.failed(world.target('a'), failure('network'));
    world.health.failed(world.target('a'), failure('auth'));
    expect(JSON.stringify([world.health.toJSON(), world.health.list()])).not.toContain('sesame');
  });
});
