import { describe, expect, it } from 'vitest';
import { type FailureClass, GatewayError } from '../../src/conversation/error.ts';
import { Affinity } from '../../src/routing/affinity.ts';
import type { Block } from '../../src/routing/block.ts';
import type { AttemptRecord } from '../../src/routing/exchange.ts';
import { FALLBACK_CLASSES, type Plan } from '../../src/routing/plan.ts';
import { rehome } from '../../src/routing/rehome.ts';
import type { Target } from '../../src/routing/target.ts';
import { targetFor } from './targets.ts';

const NOW = 1_000_000;
const [home, other] = [targetFor({ account: 'home' }), targetFor({ account: 'other' })];

const plan = (steps: Target[], skipped: { target: Target; block: Block }[] = []): Plan => ({
  requested: 'best',
  resolved: 'best',
  homeName: 'best',
  steps: steps.map((target) => ({ target, why: [] })),
  skipped,
  turns: [],
  bounds: { maxAttempts: 12, fallbackOn: FALLBACK_CLASSES },
});
const block = (reason: Block['reason'], inMs?: number): Block => ({
  reason,
  scope: 'account',
  detail: reason,
  ...(inMs === undefined ? {} : { until: NOW + inMs }),
});
const failed = (kind: FailureClass, retryAfterMs?: number): AttemptRecord => ({
  target: home.name,
  account: 'home',
  ms: 1,
  error: new GatewayError({ class: kind, message: kind, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }),
});

/** Where the conversation is at home after `other` answered it, its home having been `home`. */
function homeAfter(made: Plan, attempts: AttemptRecord[], opening = false): string | undefined {
  const affinity = new Affinity({ now: () => NOW, ttlMs: () => 60_000 });
  affinity.bind('best', 's', home);
  rehome(made, { books: { affinity }, asker: { key: 'k', session: 's', opening }, now: () => NOW }, other, attempts);
  return affinity.home('best', 's')?.account;
}

describe('a conversation that another target answered', () => {
  it.each(['overload', 'network', 'empty'] as const)('stays at home when that stumbled: %s', (kind) => {
    expect(homeAfter(plan([home, other]), [failed(kind)])).toBe('home');
  });

  it.each(['quota', 'auth', 'billing', 'capability'] as const)('moves when that cannot answer any more: %s', (kind) => {
    expect(homeAfter(plan([home, other]), [failed(kind)])).toBe('other');
  });

  it('waits out a short rate limit, not a long one or one without a word', () => {
    expect(homeAfter(plan([home, other]), [failed('rate', 5000)])).toBe('home');
    expect(homeAfter(plan([home, other]), [failed('rate', 600_000)])).toBe('other');
    expect(homeAfter(plan([home, other]), [failed('rate')])).toBe('other');
  });

  it('stays when home was passed over for a moment: behind a breaker, or cooling shortly', () => {
    expect(homeAfter(plan([other], [{ target: home, block: block('breaker', 10_000) }]), [])).toBe('home');
    expect(homeAfter(plan([other], [{ target: home, block: block('rate', 10_000) }]), [])).toBe('home');
    expect(homeAfter(plan([other], [{ target: home, block: block('rate', 600_000) }]), [])).toBe('other');
    expect(homeAfter(plan([other], [{ target: home, block: block('quota', 1000) }]), [])).toBe('other');
    expect(homeAfter(plan([other], [{ target: home, block: block('auth') }]), [])).toBe('other');
  });

  it('stays when home was only busy', () => {
    expect(homeAfter(plan([home, other]), [])).toBe('home');
  });

  it('moves to a better tier that is back, to whoever answered when home is gone, and when it only begins', () => {
    expect(homeAfter(plan([other, home]), [])).toBe('other');
    expect(homeAfter(plan([other]), [])).toBe('other');
    expect(homeAfter(plan([home, other]), [failed('overload')], true)).toBe('other');
  });
});
