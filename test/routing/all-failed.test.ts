import { describe, expect, it } from 'vitest';
import { type FailureClass, GatewayError } from '../../src/conversation/error.ts';
import { nobodyLeft, summary, toldOf } from '../../src/routing/all-failed.ts';
import type { Block, BlockReason } from '../../src/routing/block.ts';
import type { AttemptRecord } from '../../src/routing/exchange.ts';
import { FALLBACK_CLASSES, type Plan, type Skipped } from '../../src/routing/plan.ts';
import { targetFor } from './targets.ts';

const NOW = 1_000_000;
const target = targetFor({ account: 'work' });
const skip = (reason: BlockReason, inMs?: number, detail: string = reason): Skipped => {
  const block: Block = { reason, scope: 'account', detail, ...(inMs === undefined ? {} : { until: NOW + inMs }) };
  return { target, block };
};
const planWith = (...skipped: Skipped[]): Plan => ({
  requested: 'best',
  resolved: 'best',
  steps: [],
  skipped,
  turns: [],
  bounds: { maxAttempts: 12, fallbackOn: FALLBACK_CLASSES },
});
const tried = (kind: FailureClass, retryAfterMs?: number): AttemptRecord => ({
  target: 'a/m',
  account: 'me',
  ms: 1,
  error: new GatewayError({ class: kind, message: 'no', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }),
});

describe('when nobody may be asked', () => {
  it.each(['rate', 'quota', 'breaker', 'billing', 'headroom', 'budget', 'model'] as const)('is a 429 for %s, with the wait', (reason) => {
    expect(nobodyLeft(planWith(skip(reason, 12_000)), NOW)).toMatchObject({ status: 429, retryAfterMs: 12_000 });
  });

  it('names the soonest of several waits', () => {
    const error = nobodyLeft(planWith(skip('quota', 60_000), skip('auth'), skip('rate', 5000)), NOW);
    expect(error).toMatchObject({ status: 429, retryAfterMs: 5000 });
  });

  it('says that a budget is the reason', () => {
    expect(nobodyLeft(planWith(skip('budget', 1000)), NOW)).toMatchObject({ status: 429, code: 'budget_reached', class: 'quota' });
  });

  it('says that the user must sign in, when only that helps', () => {
    expect(nobodyLeft(planWith(skip('auth')), NOW)).toMatchObject({ status: 401, code: 'sign_in_needed' });
  });

  it('is forbidden, not a matter of waiting, when all are ruled out', () => {
    const error = nobodyLeft(planWith(skip('not-allowed'), skip('not-allowed')), NOW);
    expect(error).toMatchObject({ class: 'policy', status: 403, code: 'not_allowed', retryAfterMs: undefined });
  });

  it('is a matter of waiting when what was in the way of a planned target is over already', () => {
    const error = nobodyLeft({ ...planWith(skip('not-allowed')), steps: [{ target: { ...target }, why: [] }] }, NOW);
    expect(error).toMatchObject({ class: 'rate', status: 429, code: 'all_cooling_down', retryAfterMs: 1000 });
  });

  it('names what was not asked and why, eight at most', () => {
    const error = nobodyLeft(planWith(...Array.from({ length: 20 }, () => skip('rate', 1000, 'used up for another 1 s'))), NOW);
    expect(error.message).toContain(`${target.name} (${target.account.config.name}): used up for another 1 s`);
    expect(error.message).toContain('and 12 more');
    expect(error.message).toContain('"best"');
  });
});

describe('after failed attempts', () => {
  const last = new GatewayError({ class: 'rate', status: 429, code: 'rate_limit_exceeded', message: 'slow down', retryAfterMs: 9000 });

  it('a single failure speaks for itself', () => {
    expect(summary(last, [tried('rate')], [], NOW)).toBe(last);
  });

  it('the last is told, with what was tried and how often, and the soonest wait', () => {
    const error = summary(last, [tried('overload'), tried('overload'), tried('rate', 3000)], [skip('quota', 60_000, 'out of quota')], NOW);
    expect(error).toMatchObject({ class: 'rate', status: 429, code: 'rate_limit_exceeded', retryAfterMs: 3000 });
    expect(error.message).toBe(
      `slow down Tried a/m (me): overload, 2 times; a/m (me): rate. Not asked: ${target.name} (${target.account.config.name}): out of quota.`,
    );
  });

  it('names the wait of a target that was not asked, where that is over sooner', () => {
    expect(summary(last, [tried('rate', 9000)], [skip('rate', 2000)], NOW)).toMatchObject({ status: 429, retryAfterMs: 2000 });
    const untold = new GatewayError({ class: 'quota', message: 'used up' });
    expect(summary(untold, [tried('rate', 9000), tried('quota')], [], NOW)).toMatchObject({ status: 429, retryAfterMs: 9000 });
    expect(summary(untold, [tried('quota')], [skip('breaker', 3000)], NOW)).toMatchObject({ retryAfterMs: 3000 });
  });

  it('names no wait for a failure that needs none', () => {
    const overload = new GatewayError({ class: 'overload', message: 'busy' });
    expect(summary(overload, [tried('rate', 9000), tried('overload')], [skip('rate', 2000)], NOW)).toMatchObject({
      retryAfterMs: undefined,
    });
  });
});

describe('which failure is told', () => {
  it.each(['rate', 'quota', 'overload', 'network', 'empty'] as const)(
    'one that passes (%s) rather than one account’s refusal after it',
    (kind) => {
      for (const refusal of ['auth', 'billing', 'capability'] as const) {
        expect(toldOf([tried('network'), tried(kind, 5000), tried(refusal)], [], NOW)).toMatchObject({ class: kind, retryAfterMs: 5000 });
      }
    },
  );

  it('the last of those that pass', () => {
    expect(toldOf([tried('auth'), tried('overload'), tried('rate')], [], NOW)).toMatchObject({ class: 'rate' });
  });

  it('a refusal where nothing else was tried and nobody is cooling', () => {
    expect(toldOf([tried('billing'), tried('auth')], [skip('not-allowed'), skip('auth')], NOW)).toMatchObject({
      class: 'auth',
      status: 401,
    });
  });

  it('the soonest wait when those not asked are cooling', () => {
    const error = toldOf([tried('auth')], [skip('quota', 60_000), skip('rate', 5000), skip('auth')], NOW);
    expect(error).toMatchObject({ class: 'rate', status: 429, code: 'all_cooling_down', retryAfterMs: 5000 });
    expect(error?.message).toContain('no');
  });

  it('nothing when nobody was asked', () => {
    expect(toldOf([], [skip('rate', 5000)], NOW)).toBeUndefined();
  });
});
