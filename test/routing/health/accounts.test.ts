import { beforeEach, describe, expect, it } from 'vitest';
import { readError as readChatError } from '../../../src/dialects/openai-chat/error.ts';
import { providers } from '../../../src/providers/catalogue.ts';
import { recordings } from '../../recordings.ts';
import { failure, HOUR, MINUTE, SECOND, START, World } from './world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});

/** The waits of failures each of which comes when the wait before is over. */
function waits(kind: Parameters<typeof failure>[0], times: number): number[] {
  const target = world.target();
  return Array.from({ length: times }, () => {
    world.health.failed(target, failure(kind));
    const wait = world.waitFor(target);
    world.pass(wait);
    return wait;
  });
}

describe('an account whose allowance is used up', () => {
  it('is left alone for as long as the provider says', () => {
    const target = world.target();
    world.health.failed(target, failure('quota', { retryAfterMs: 3 * HOUR }));
    expect(world.health.blocked(target)).toMatchObject({ reason: 'quota', scope: 'account', until: START + 3 * HOUR });
    world.pass(3 * HOUR - 1);
    expect(world.health.admit(target, true)).toBe(false);
    world.pass(1);
    expect(world.health.blocked(target)).toBeUndefined();
    expect(world.health.admit(target, false)).toBe(true);
  });

  it('waits 10 minutes when nobody says, doubling to 5 hours', () => {
    expect(waits('quota', 7).map((ms) => ms / MINUTE)).toEqual([10, 20, 40, 80, 160, 300, 300]);
  });

  it('is blocked for all its models, and no other account is', () => {
    world.health.failed(world.target('a', 'm'), failure('quota'));
    expect(world.health.blocked(world.target('a', 'other'))).toMatchObject({ reason: 'quota' });
    expect(world.health.blocked(world.target('b', 'm'))).toBeUndefined();
  });

  it('starts counting afresh after a success', () => {
    waits('quota', 3);
    world.health.succeeded(world.target(), 100);
    expect(waits('quota', 1)).toEqual([10 * MINUTE]);
  });

  it('counts a crowd of requests that were refused together once', () => {
    const target = world.target();
    for (let n = 0; n < 20; n += 1) world.health.failed(target, failure('quota'));
    expect(world.waitFor(target)).toBe(10 * MINUTE);
    expect(world.health.list()).toMatchObject([{ failures: 1 }]);
  });

  it('waits longer when one of a crowd is told a later end, never shorter', () => {
    const target = world.target();
    world.health.failed(target, failure('quota', { retryAfterMs: HOUR }));
    world.health.failed(target, failure('quota', { retryAfterMs: 2 * HOUR }));
    world.health.failed(target, failure('quota', { retryAfterMs: MINUTE }));
    world.health.failed(target, failure('rate', { retryAfterMs: SECOND }));
    expect(world.waitFor(target)).toBe(2 * HOUR);
    expect(world.health.blocked(target)?.reason).toBe('quota');
  });

  it('is shown with what holds longest', () => {
    const target = world.target();
    world.health.failed(target, failure('quota'));
    world.health.failed(target, failure('rate', { retryAfterMs: HOUR }));
    world.health.failed(target, failure('billing'));
    world.health.failed(target, failure('overload', { status: 429, retryAfterMs: SECOND }));
    expect(world.health.blocked(target)).toMatchObject({ reason: 'rate', until: START + HOUR });
    expect(world.health.list()).toMatchObject([
      { scope: 'account', block: { reason: 'rate' } },
      { scope: 'model', block: { reason: 'model' } },
    ]);
  });

  it('is not brought back by a success of a request that began before', () => {
    const target = world.target();
    world.health.admit(target, false);
    world.health.failed(target, failure('quota', { retryAfterMs: HOUR }));
    world.health.succeeded(target, 100);
    expect(world.waitFor(target)).toBe(HOUR);
  });
});

describe('an account that is asked too often', () => {
  it('waits 2 s when nobody says, doubling to 5 minutes', () => {
    expect(waits('rate', 10).map((ms) => ms / SECOND)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it('strays by a fifth, so that accounts refused together do not come back together', () => {
    world.random = 0;
    expect(waits('rate', 1)).toEqual([1600]);
    world.health.reset();
    world.random = 0.999_999;
    expect(waits('rate', 1)).toEqual([2400]);
  });

  it('waits exactly as told, a day at most', () => {
    world.random = 0;
    world.health.failed(world.target('a'), failure('rate', { retryAfterMs: 7 * SECOND }));
    world.health.failed(world.target('b'), failure('rate', { retryAfterMs: 90 * 24 * HOUR }));
    expect(world.waitFor(world.target('a'))).toBe(7 * SECOND);
    expect(world.waitFor(world.target('b'))).toBe(24 * HOUR);
  });

  it('reads like a used-up one when the wait is long, but stays a rate limit', () => {
    world.health.failed(world.target('a'), failure('rate', { retryAfterMs: 16 * MINUTE }));
    world.health.failed(world.target('b'), failure('rate', { retryAfterMs: 15 * MINUTE }));
    expect(world.health.blocked(world.target('a'))).toMatchObject({ reason: 'rate', detail: expect.stringMatching(/^used up/) });
    expect(world.health.blocked(world.target('b'))).toMatchObject({ reason: 'rate', detail: expect.stringMatching(/^too many/) });
  });

  it.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY])('takes a wait of %s ms as none told', (retryAfterMs) => {
    world.health.failed(world.target(), failure('rate', { retryAfterMs }));
    expect(world.waitFor(world.target())).toBe(2 * SECOND);
  });
});

describe('an account that is not paid for', () => {
  it('is asked again after 10 minutes, doubling to 6 hours, since the user may have topped it up', () => {
    expect(waits('billing', 7).map((ms) => ms / MINUTE)).toEqual([10, 20, 40, 80, 160, 320, 360]);
  });

  it('takes no other account of the same provider along (DeepSeek, 402)', () => {
    const [recording] = recordings(({ file }) => file === 'errors/deepseek-insufficient-balance-402.json');
    const { status = 0, headers = {}, body } = recording?.response ?? {};
    world.account('a', 'deepseek');
    world.account('b', 'deepseek');
    world.health.failed(world.target('a'), readChatError(status, headers, body, [], world.now));
    expect(world.health.blocked(world.target('a'))).toMatchObject({ reason: 'billing', scope: 'account' });
    expect(world.health.blocked(world.target('b'))).toBeUndefined();
    expect(world.health.list()).toHaveLength(1);
  });
});

describe('an account whose credential was refused', () => {
  it('is blocked until somebody acts', () => {
    const target = world.target();
    world.health.failed(target, failure('auth'));
    world.pass(365 * 24 * HOUR);
    expect(world.health.blocked(target)).toEqual({
      reason: 'auth',
      scope: 'account',
      detail: 'its key or sign-in was refused: sign in again or change the key (the provider said: it was auth)',
    });
  });

  it.each([
    ['signing in', () => world.health.signedIn('a')],
    ['a reset', () => world.health.reset({ account: 'a' })],
    ['a success of a request under way, which proves it', () => world.health.succeeded(world.target('a', 'other'), 50)],
    ['a new key', () => world.account('a', 'openai', { rotatedAt: new Date(world.now + 1).toISOString() })],
  ])('comes back by %s', (_, act) => {
    world.health.failed(world.target('a'), failure('auth'));
    act();
    expect(world.health.blocked(world.target('a'))).toBeUndefined();
    expect(world.health.list()).toEqual([]);
  });

  it('stays blocked when the key was changed before the refusal', () => {
    world.account('a', 'openai', { rotatedAt: new Date(START - 1).toISOString() });
    world.health.failed(world.target('a'), failure('auth'));
    expect(world.health.blocked(world.target('a'))?.reason).toBe('auth');
  });

  it('is not blocked by the refusal of the key it no longer has', () => {
    const before = world.target('a');
    world.account('a', 'openai', { rotatedAt: new Date(START).toISOString() });
    world.pass(10);
    world.health.failed(before, failure('auth'));
    expect(world.health.blocked(world.target('a'))).toBeUndefined();
  });

  it('says in our words that there is no key', () => {
    const message = 'Account "a" has no key: its key is not in the vault.';
    world.health.failed(world.target('a'), failure('auth', { code: 'credential_missing', message }));
    expect(world.health.blocked(world.target('a'))).toEqual({ reason: 'auth', scope: 'account', detail: message });
  });

  it('is looked at again soon when a setting is missing, because editing it tells nobody', () => {
    world.health.failed(world.target('a'), failure('auth', { code: 'account_parameter' }));
    expect(world.waitFor(world.target('a'))).toBe(30 * SECOND);
  });

  it('loses what was noted of the old key altogether', () => {
    world.health.failed(world.target('a'), failure('quota', { retryAfterMs: HOUR }));
    world.pass(MINUTE);
    world.account('a', 'openai', { rotatedAt: new Date(world.now).toISOString() });
    expect(world.health.blocked(world.target('a'))).toBeUndefined();
  });

  it('is not taken for well by a mere sign-in when its allowance is used up', () => {
    world.health.failed(world.target('a'), failure('quota', { retryAfterMs: HOUR }));
    world.health.signedIn('a');
    expect(world.waitFor(world.target('a'))).toBe(HOUR);
  });
});

describe('a provider that limits each model by itself', () => {
  it.each(providers.filter(({ limitsPerModel }) => limitsPerModel).map(({ id }) => id))('%s: quota and rate lock account × model', (id) => {
    world.account('a', id);
    world.health.failed(world.target('a', 'm'), failure('quota', { retryAfterMs: HOUR }));
    world.health.failed(world.target('a', 'n'), failure('rate', { retryAfterMs: SECOND }));
    expect(world.health.blocked(world.target('a', 'm'))).toMatchObject({ reason: 'quota', scope: 'model' });
    expect(world.health.blocked(world.target('a', 'n'))).toMatchObject({ reason: 'rate', scope: 'model' });
    expect(world.health.blocked(world.target('a', 'o'))).toBeUndefined();
  });

  it('is not lifted from its quota by a success of a request that began before', () => {
    world.account('a', 'gemini');
    world.health.failed(world.target('a', 'm'), failure('quota', { retryAfterMs: HOUR }));
    world.health.succeeded(world.target('a', 'm'), 100);
    expect(world.waitFor(world.target('a', 'm'))).toBe(HOUR);
  });

  it('still locks the whole account for what concerns all of it', () => {
    world.account('a', 'azure');
    world.account('b', 'azure');
    world.health.failed(world.target('a', 'm'), failure('quota', { code: 'insufficient_quota' }));
    world.health.failed(world.target('b', 'm'), failure('billing'));
    expect(world.health.blocked(world.target('a', 'o'))?.scope).toBe('account');
    expect(world.health.blocked(world.target('b', 'o'))?.scope).toBe('account');
  });
});

describe('what people read', () => {
  it('tells the time that is left when it is read, without a clock time', () => {
    world.health.failed(world.target(), failure('quota', { retryAfterMs: 3 * HOUR + 12 * MINUTE, message: 'You  have hit\nyour limit.' }));
    const detail = () => world.health.blocked(world.target())?.detail;
    expect(detail()).toBe('used up for another 3 h 12 min (the provider said: You have hit your limit.)');
    world.pass(3 * HOUR + 8 * MINUTE);
    expect(detail()).toBe('used up for another 4 min (the provider said: You have hit your limit.)');
    world.pass(3 * MINUTE + 15 * SECOND);
    expect(detail()).toBe('used up for another 45 s (the provider said: You have hit your limit.)');
  });

  it('keeps at most 200 characters of what the provider said', () => {
    world.health.failed(world.target(), failure('billing', { message: 'x'.repeat(5000) }));
    expect(world.health.blocked(world.target())?.detail).toBe(
      `not paid for: asked again in 10 min (the provider said: ${'x'.repeat(199)}…)`,
    );
  });
});
