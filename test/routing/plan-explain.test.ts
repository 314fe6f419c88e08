import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/routing/block.ts';
import { explained, explainedText } from '../../src/routing/explain.ts';
import { account, combo, planFor, type World } from './planning.ts';

const NOW = Date.parse('2026-01-02T03:00:00Z');
const BLOCKS: Record<string, Block> = {
  b: { reason: 'quota', scope: 'account', until: NOW + 2 * 3_600_000 + 61_000, detail: 'used up until 05:01' },
  c: { reason: 'auth', scope: 'account', detail: 'the key was refused' },
};

const WORLD: World = {
  accounts: [account('a', 'groq'), account('b'), account('c')],
  models: { a: ['m'], b: ['m'], c: ['m'] },
  combos: [combo('work', ['m'], { strategy: 'p2c', deadlineMs: 90_000, maxAttempts: 2, fallbackOn: ['rate', 'quota'] })],
  aliases: { w: 'work' },
  facts: { now: NOW, blocked: ({ account: { config } }) => BLOCKS[config.id] },
};

describe('explained', () => {
  it('is plain JSON of the whole plan, without a credential', () => {
    const accounts = [account('a', 'groq', { credential: { secret: 'account/a' } }), ...WORLD.accounts.slice(1)];
    const made = explained(planFor('w', { ...WORLD, accounts }));
    expect(made).toEqual({
      requested: 'w',
      resolved: 'work',
      combo: { name: 'work', strategy: 'p2c' },
      steps: [
        {
          position: 1,
          target: 'a/m',
          account: 'Account a',
          provider: 'groq',
          tier: 'free',
          dialect: 'openai-chat',
          why: ['combo "work" (p2c)', 'accounts of m (fill-first)'],
        },
      ],
      skipped: [
        {
          target: 'b/m',
          account: 'Account b',
          reason: 'quota',
          scope: 'account',
          until: '2026-01-02T05:01:01.000Z',
          detail: 'used up until 05:01',
        },
        { target: 'c/m', account: 'Account c', reason: 'auth', scope: 'account', detail: 'the key was refused' },
      ],
      bounds: { maxAttempts: 2, deadlineMs: 90_000, fallbackOn: ['rate', 'quota'] },
    });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(JSON.stringify(made)).not.toContain('account/a');
  });

  it('leaves out an end beyond all dates', () => {
    const blocked = (): Block => ({ reason: 'auth', scope: 'account', until: Number.POSITIVE_INFINITY, detail: 'x' });
    expect(explained(planFor('m', { ...WORLD, facts: { blocked } })).skipped[0]).not.toHaveProperty('until');
  });
});

describe('explainedText', () => {
  it('tells the order, why, and what is skipped with the time left', () => {
    expect(explainedText(explained(planFor('w', WORLD)), NOW)).toEqual([
      'w → work: combo "work", p2c',
      'Order:',
      '  1. a/m (account "Account a", groq, free, openai-chat): combo "work" (p2c); accounts of m (fill-first)',
      'Skipped:',
      '  b/m (account "Account b"): quota, 2 h 02 min left: used up until 05:01',
      '  c/m (account "Account c"): auth: the key was refused',
      'At most 2 attempts within 1 min 30 s; the next target after: rate, quota',
    ]);
  });

  it('says when nothing can be asked', () => {
    const facts: World['facts'] = { blocked: () => BLOCKS.c };
    expect(explainedText(explained(planFor('a/m', { ...WORLD, facts })), NOW).slice(0, 3)).toEqual([
      'a/m',
      'Order:',
      '  nothing can be asked now',
    ]);
  });

  it.each([
    [1, '1 s left'],
    [59_001, '1 min 00 s left'],
    [3_599_000, '59 min 59 s left'],
    [3_599_001, '1 h 00 min left'],
    [26 * 3_600_000, '1 d 2 h left'],
    [0, 'over now'],
    [-5000, 'over now'],
  ])('counts down: %i ms', (ms, said) => {
    const blocked = (): Block => ({ reason: 'rate', scope: 'account', until: NOW + ms, detail: 'x' });
    const lines = explainedText(explained(planFor('a/m', { ...WORLD, facts: { blocked } })), NOW);
    expect(lines).toContain(`  a/m (account "Account a"): rate, ${said}: x`);
  });
});
