import { describe, expect, it } from 'vitest';
import { accountsOf } from '../../src/accounts/account.ts';
import { configSchema } from '../../src/config/schema.ts';
import { type FailureClass, GatewayError } from '../../src/conversation/error.ts';
import { FALLBACK_CLASSES, type Plan } from '../../src/routing/plan.ts';
import { isTransient, Rounds } from '../../src/routing/rounds.ts';
import type { Target } from '../../src/routing/target.ts';

const target = (name: string): Target => {
  const config = configSchema.parse({
    version: 1,
    accounts: [{ id: name, provider: 'openai-compatible', name, prefix: name, baseUrl: 'http://127.0.0.1:9/v1' }],
  });
  const account = accountsOf(config, () => {}).find((entry) => entry.config.id === name);
  if (!account) throw new Error('no account');
  return { account, model: 'm', name: `${name}/m`, dialect: 'openai-chat', endpoint: { baseUrl: 'http://127.0.0.1:9/v1' } };
};

function planOf(steps: string[], broken: string[] = []): Plan {
  return {
    requested: 'x',
    resolved: 'x',
    steps: steps.map((name) => ({ target: target(name), why: [] })),
    skipped: broken.map((name) => ({ target: target(name), block: { reason: 'breaker', scope: 'provider', detail: 'down' } })),
    turns: [],
    bounds: { maxAttempts: 100, fallbackOn: FALLBACK_CLASSES },
  };
}

const failure = (kind: FailureClass, code?: string): GatewayError =>
  new GatewayError({ class: kind, message: kind, ...(code ? { code } : {}) });
const usable = (): boolean => true;

/** The order in which targets are asked when each fails as told; a number stands for the pause before a round. */
function order(plan: Plan, retries: number, fail: (name: string) => GatewayError): (string | number)[] {
  const rounds = new Rounds(plan, retries);
  const asked: (string | number)[] = [];
  for (;;) {
    for (let turn = rounds.next(usable); turn; turn = rounds.next(usable)) {
      asked.push(turn.step.target.account.config.name);
      rounds.failed(fail(turn.step.target.account.config.name));
    }
    const round = rounds.again(usable);
    if (round === undefined) return asked;
    asked.push(round);
  }
}

describe('the rounds of a plan', () => {
  it('ask each target once before any is asked again, and again only as often as allowed', () => {
    expect(order(planOf(['a', 'b']), 2, () => failure('overload'))).toEqual(['a', 'b', 1, 'a', 'b', 2, 'a', 'b']);
  });

  it.each(['auth', 'quota', 'billing', 'rate', 'capability'] as const)('never ask the same target again after %s', (kind) => {
    expect(order(planOf(['a', 'b']), 2, () => failure(kind))).toEqual(['a', 'b']);
  });

  it('ask again only those whose failure may have passed', () => {
    expect(order(planOf(['a', 'b']), 1, (name) => failure(name === 'a' ? 'quota' : 'network'))).toEqual(['a', 'b', 1, 'b']);
  });

  it('do not repeat a wait that was already had', () => {
    expect(isTransient(failure('network', 'first_byte_timeout'))).toBe(false);
    expect(isTransient(failure('network', 'attempt_timeout'))).toBe(false);
    expect(isTransient(failure('network', 'connection_reset'))).toBe(true);
  });

  it('leave targets behind an open breaker for the end', () => {
    expect(order(planOf(['a'], ['down']), 0, () => failure('quota'))).toEqual(['a', 'down']);
  });

  it('come back to a busy account, with patience, when the others have failed', () => {
    const rounds = new Rounds(planOf(['busy', 'b']), 0);
    const first = rounds.next(usable);
    expect(first).toMatchObject({ patient: false, others: true });
    rounds.busy(false);
    expect(rounds.next(usable)).toMatchObject({ patient: false, others: true, step: { target: { name: 'b/m' } } });
    rounds.failed(failure('quota'));
    expect(rounds.next(usable)).toMatchObject({ patient: true, others: false, step: { target: { name: 'busy/m' } } });
    rounds.busy(true);
    expect(rounds.next(usable)).toBeUndefined();
  });

  it('pass over what became unusable meanwhile', () => {
    const rounds = new Rounds(planOf(['a', 'b', 'c']), 0);
    expect(rounds.next(({ name }) => name === 'c/m')).toMatchObject({ others: false, step: { target: { name: 'c/m' } } });
  });
});
