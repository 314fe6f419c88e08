import { describe, expect, it } from 'vitest';
import { isSmall } from '../../src/routing/auto-models.ts';
import type { Block } from '../../src/routing/block.ts';
import type { Price } from '../../src/routing/facts.ts';
import type { Target } from '../../src/routing/target.ts';
import { account, combo, cooling, order, planFor, skippedOf, type World } from './planning.ts';

const LOCKED: Block = { reason: 'model', scope: 'model', detail: 'not on this account' };

/** One account of every tier there is in the catalogue, the worst first. */
const TIERS: World = {
  accounts: [account('local', 'ollama-local'), account('free', 'groq'), account('cheap', 'deepseek'), account('key', 'openai')],
  models: { local: ['l'], free: ['f'], cheap: ['c'], key: ['k'] },
};

describe('auto', () => {
  it('takes one model of each account, by tier, then by priority', () => {
    expect(order('auto', TIERS)).toEqual(['key:k', 'cheap:c', 'free:f', 'local:l']);
    const more = { ...TIERS, accounts: [...TIERS.accounts, account('first', 'openai', { priority: -1, models: { preferred: 'p' } })] };
    expect(order('auto', more)).toEqual(['first:p', 'key:k', 'cheap:c', 'free:f', 'local:l']);
  });

  it('never takes the demo, nor an account without any known model', () => {
    const world: World = { accounts: [account('d', 'demo'), account('none'), account('some')], models: { none: [], some: ['m'] } };
    expect(order('auto', world)).toEqual(['some:m']);
  });

  it('takes the preferred model, also when the list does not name it; another one when it cannot be asked', () => {
    const liked = account('a', 'openai-compatible', { models: { preferred: 'p' } });
    const world: World = { accounts: [liked], models: { a: ['m'] } };
    expect(order('auto', world)).toEqual(['a:p']);
    expect(order('auto', { ...world, facts: { blocked: ({ model }) => (model === 'p' ? LOCKED : undefined) } })).toEqual(['a:m']);
  });

  it('takes the first of the list that is allowed, able and not blocked', () => {
    const picky = account('a', 'openai-compatible', { models: { deny: ['one'] } });
    const models = { a: [{ id: 'one' }, { id: 'two', tools: false }, { id: 'three' }, { id: 'four' }] };
    const world: World = { accounts: [picky], models, needs: { tools: true } };
    expect(order('auto', { ...world, facts: { blocked: ({ model }) => (model === 'three' ? LOCKED : undefined) } })).toEqual(['a:four']);
  });

  it('asks an account that is blocked as a whole about one model only', () => {
    let asked = 0;
    const blocked = (target: Target): Block | undefined => {
      asked += 1;
      return cooling('a')(target, undefined);
    };
    const made = planFor('auto', { accounts: [account('a')], models: { a: ['x', 'y', 'z'] }, facts: { blocked } });
    expect(skippedOf(made)).toEqual(['a:x: rate']);
    expect(asked).toBe(1);
  });

  it('takes what the catalogue knows before what a live list begins with, and nothing that does not chat', () => {
    const world: World = {
      accounts: [account('g', 'groq'), account('a')],
      models: { g: ['whisper-large-v3', 'old-thing', 'llama-3.1-8b-instant'], a: ['text-embedding-3-small', 'tts-1', 'm'] },
    };
    expect(order('auto', world)).toEqual(['a:m', 'g:llama-3.1-8b-instant']);
  });

  it('is a combo’s target, too', () => {
    expect(order('c', { ...TIERS, combos: [combo('c', ['local/l', 'auto'])] })).toEqual(['local:l', 'key:k', 'cheap:c', 'free:f']);
  });
});

describe('auto/free', () => {
  it('takes the free and the local accounts, and every model marked as free on any account', () => {
    const models = { ...TIERS.models, key: ['k', 'x:free', 'y:free', 'free-z'] };
    expect(order('auto/free', { ...TIERS, models })).toEqual(['key:x:free', 'key:y:free', 'free:f', 'local:l']);
    const accounts = [
      account('local', 'ollama-local', { priority: -5 }),
      account('key', 'openai'),
      account('free', 'groq', { priority: 0 }),
    ];
    expect(order('auto/free', { ...TIERS, accounts, models })).toEqual(['free:f', 'key:x:free', 'key:y:free', 'local:l']);
  });
});

describe('auto/cheap', () => {
  const prices: Record<string, Price> = {
    dear: { input: 10, output: 30 },
    mid: { input: 1, output: 3 },
    low: { input: 0.1, output: 0.4 },
    c: { input: 0.2, output: 0.5 },
  };
  const world: World = {
    ...TIERS,
    accounts: [...TIERS.accounts, account('unknown')],
    models: { ...TIERS.models, key: ['dear', 'mid', { id: 'low', tools: false }], unknown: ['u'] },
    facts: { price: ({ model }) => prices[model] },
  };

  it('goes by cost: nothing first, in the order of tiers, then each account’s cheapest, unknown prices last', () => {
    expect(order('auto/cheap', world)).toEqual(['free:f', 'local:l', 'key:low', 'cheap:c', 'unknown:u']);
  });

  it('takes the cheapest that can do what is asked', () => {
    expect(order('auto/cheap', { ...world, needs: { tools: true } })).toEqual(['free:f', 'local:l', 'cheap:c', 'key:mid', 'unknown:u']);
  });

  it('does not take an embedding model, cheap as they are', () => {
    const models = { key: ['dear', 'text-embedding-3-small'] };
    const facts = { price: ({ model }: Target) => (model === 'dear' ? prices.dear : { input: 0.02, output: 0 }) };
    expect(order('auto/cheap', { accounts: [account('key', 'openai')], models, facts })).toEqual(['key:dear']);
  });
});

describe('auto/fast', () => {
  it('takes small models by their name, soonest first token first; unmeasured ones before them, by tier, to be measured', () => {
    const models = { local: ['l', 'l-mini'], free: ['f', 'f.flash'], cheap: ['big'], key: ['k', 'k-nano'] };
    const measured: Record<string, number> = { 'l-mini': 900, big: 200 };
    const facts = { latency: ({ model }: Target) => measured[model] };
    expect(order('auto/fast', { ...TIERS, models, facts })).toEqual(['key:k-nano', 'free:f.flash', 'cheap:big', 'local:l-mini']);
  });

  it('takes a big one where the small one cannot be asked', () => {
    const world: World = { accounts: [account('a')], models: { a: ['big', 'mini'] } };
    expect(order('auto/fast', { ...world, facts: { blocked: ({ model }) => (model === 'mini' ? LOCKED : undefined) } })).toEqual(['a:big']);
  });

  it('tells small ones by whole words of their names', () => {
    const small = ['gemini-2.5-flash', 'gpt-4o-mini', 'claude-haiku-4-5', 'x/llama-3.1-8b-instant', 'GPT-5-NANO', 'grok:fast'];
    expect(small.filter((id) => !isSmall(id))).toEqual([]);
    expect(['gemini-2.5-pro', 'minimax-m2', 'breakfast', 'smaller'].filter(isSmall)).toEqual([]);
  });
});

describe('what a model cannot do', () => {
  const models = { a: [{ id: 'm', tools: false, vision: false, contextWindow: 1000 }], b: [{ id: 'm' }] };
  const world: World = { accounts: [account('a'), account('b')], models, combos: [combo('c', ['a/m', 'b/m'])] };

  it.each([
    ['tools', { tools: true }, 'the model has no tools'],
    ['images', { vision: true }, 'the model takes no images'],
    ['so long a context', { inputTokens: 1101 }, 'the model takes 1000 tokens, the request has about 1101'],
  ])('%s: skipped in a combo and in auto while another target remains', (_, needs, detail) => {
    for (const name of ['c', 'auto']) {
      const made = planFor(name, { ...world, needs });
      expect(made.skipped).toEqual([{ target: expect.anything(), block: { reason: 'incapable', scope: 'request', detail } }]);
      expect(made.steps.map(({ target }) => target.name)).toEqual(['b/m']);
    }
  });

  it('is not held against a model that the request asks none of it, or whose window is only just too small', () => {
    expect(order('c', { ...world, needs: { inputTokens: 1100 } })).toEqual(['a:m', 'b:m']);
  });

  it('is asked all the same when nothing else is left, and says so', () => {
    const made = planFor('c', { ...world, needs: { tools: true }, facts: { blocked: cooling('b') } });
    expect(made.steps.map(({ target, why }) => [target.name, why.at(-1)])).toEqual([
      ['a/m', 'nothing else is left, though the model has no tools'],
    ]);
    expect(skippedOf(made)).toEqual(['b:m: rate']);
  });

  it('keeps the strategy’s order among models that are all in doubt', () => {
    const both = { a: [{ id: 'm', tools: false }], b: [{ id: 'm', tools: false }] };
    const combos = [combo('c', ['a/m', 'b/m'], { strategy: 'round-robin' })];
    const made = planFor('c', { ...world, models: both, combos, needs: { tools: true }, facts: { turn: () => 1 } });
    expect(made.steps.map(({ target }) => target.name)).toEqual(['b/m', 'a/m']);
    expect(made.turns).toEqual(['c']);
  });

  it('is never held against a model asked for by its very name, an alias or a route to it', () => {
    const named: World = { ...world, needs: { tools: true }, aliases: { x: 'a/m' }, routes: [{ match: 'y*', to: 'a/m' }] };
    for (const name of ['a/m', 'x', 'yy']) expect(order(name, named)).toEqual(['a:m']);
    expect(order('m', named)).toEqual(['a:m', 'b:m']);
  });
});
