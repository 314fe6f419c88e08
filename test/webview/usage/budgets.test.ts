import { describe, expect, it } from 'vitest';
import type { BudgetConfig, BudgetEntry } from '../../../src/editor/admin/api.ts';
import { CallError } from '../../../webview/host/host.ts';
import { budgetOf, draftOf, problemsOf } from '../../../webview/pages/usage/budgets/draft.ts';
import { linesOf } from '../../../webview/pages/usage/budgets/lines.ts';
import { scopeWords } from '../../../webview/pages/usage/budgets/words.ts';

const budget: BudgetConfig = { period: 'day', usd: 5, account: 'a1', mode: 'hard', warnAt: 80 };
const state = (more: Partial<BudgetEntry> = {}): BudgetEntry => ({
  name: 'account a1, day',
  about: { account: 'a1' },
  period: 'day',
  mode: 'hard',
  resetsAt: 0,
  amounts: [{ unit: 'usd', limit: 5, used: 1 }],
  state: 'ok',
  ...more,
});
const known = { accounts: [{ id: 'a1', name: 'work', provider: 'groq' }], keys: [], names: { groq: 'Groq' } };

describe('budgets and their states', () => {
  it('are matched by what they say, also of gateways that do not say whom they concern', () => {
    const { about: _, ...older } = state();
    for (const entry of [state(), older]) expect(linesOf([budget], [entry])).toMatchObject([{ config: budget, state: entry }]);
  });

  it('are not matched when one was read before a change, the other after', () => {
    for (const other of [
      state({ amounts: [{ unit: 'usd', limit: 6, used: 1 }] }),
      state({ mode: 'soft' }),
      state({ period: 'month' }),
      state({ about: {} }),
      state({ about: { account: 'a1', tier: 'free' } }),
      state({ about: { account: 'a1', combo: 'best' } }),
    ]) {
      expect(linesOf([budget], [other])[0]?.state).toBeUndefined();
    }
  });

  it('that are alike have one state each, and those of combos come after them', () => {
    const [first, second] = [state(), state({ resetsAt: 1 })];
    const combo = state({ name: 'combo best, tier free, day', about: { combo: 'best', tier: 'free' } });
    const lines = linesOf([budget, budget], [first, second, combo]);
    expect(lines.map((line) => line.state)).toEqual([first, second, combo]);
    expect(lines.map((line) => line.config)).toEqual([budget, budget, undefined]);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(3);
    expect(lines.map((line) => scopeWords(line, known))).toEqual(['Account work', 'Account work', 'Combo best · Tier Free']);
  });
});

describe('a budget as it is typed', () => {
  it('comes back as it was, with what this page does not know', () => {
    const loose = { ...budget, note: 'mine' } as BudgetConfig;
    expect(budgetOf(draftOf(loose), loose)).toEqual({ ok: true, budget: loose });
    expect(budgetOf({ ...draftOf(loose), usd: '', tokens: '1000', account: '' }, loose)).toEqual({
      ok: true,
      budget: { note: 'mine', period: 'day', tokens: 1000, mode: 'hard', warnAt: 80 },
    });
  });

  it('needs an amount, and numbers where numbers stand', () => {
    expect(budgetOf(draftOf(undefined), undefined)).toMatchObject({ ok: false, problems: { amounts: expect.any(String) as string } });
    for (const usd of ['five', '1,5', '-1', '1e3', '0x10', 'Infinity']) {
      expect(budgetOf({ ...draftOf(undefined), usd }, undefined)).toMatchObject({
        ok: false,
        problems: { usd: expect.any(String) as string },
      });
    }
    expect(budgetOf({ ...draftOf(undefined), usd: ' 0.50 ' }, undefined)).toMatchObject({
      ok: true,
      budget: { usd: 0.5, period: 'month' },
    });
  });

  it('has what the gateway found wrong at its field', () => {
    const refused = (message: string, param?: string): unknown => problemsOf(new CallError(message, 'invalid', param));
    expect(refused('budgets[2].warnAt: Too big', 'budgets[2].warnAt')).toEqual({ warnAt: 'Too big' });
    expect(refused('budgets[0]: needs an amount', 'budgets[0]')).toEqual({ amounts: 'needs an amount' });
    expect(refused('budgets[0].colour: what', 'budgets[0].colour')).toEqual({ whole: 'what' });
    expect(problemsOf(new Error('gone'))).toEqual({ whole: 'gone' });
  });
});
