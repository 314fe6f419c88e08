import { describe, expect, it } from 'vitest';
import type { ComboConfig, ModelView } from '../../../src/editor/admin/api.ts';
import {
  choicesOf,
  filtered,
  isFilter,
  leadsTo,
  NO_FILTER,
  providersOf,
  sorted,
  typedTarget,
} from '../../../webview/pages/combos/choices.ts';
import { EMPTY } from '../../../webview/pages/combos/drafts.ts';

const model = (name: string, more: Partial<ModelView> = {}): ModelView => ({
  name,
  title: name,
  kind: 'model',
  providers: [{ id: name.split('/')[0] ?? '', name: (name.split('/')[0] ?? '').toUpperCase() }],
  accounts: [],
  tier: 'api-key',
  contextWindow: null,
  maxOutput: null,
  tools: null,
  vision: null,
  reasoning: null,
  price: null,
  ...more,
});
const combo = (name: string, ...targets: string[]): ComboConfig => ({ ...EMPTY, name, targets });

const MODELS = [
  model('z/paid', { price: { input: 2, output: 8 }, contextWindow: 200_000, tools: true }),
  model('a/free', { tier: 'free', price: { input: 0, output: 0 }, contextWindow: 8000 }),
  model('b/eyes', { vision: true, tools: true }),
  model('auto', { kind: 'auto', providers: [] }),
  model('short', { kind: 'alias', targets: ['best'] }),
];
const COMBOS = [combo('best', 'z/paid', 'inner'), combo('inner', 'a/*'), combo('outer', 'best')];
const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);

describe('what can be added to a combo', () => {
  it('is everything but itself, and what leads back to it', () => {
    expect(names(choicesOf(MODELS, COMBOS, 'best'))).toEqual(['inner', 'auto', 'b/eyes', 'z/paid', 'a/free']);
    expect(leadsTo(COMBOS, 'outer', 'inner')).toBe(true);
    expect(leadsTo([combo('x', 'y'), combo('y', 'x')], 'x', 'z')).toBe(false);
  });

  it('is found by all words typed, names before providers', () => {
    const choices = choicesOf([...MODELS, model('b/zeta')], [], '');
    expect(names(filtered(choices, { ...NO_FILTER, text: 'Z' }))).toEqual(['b/zeta', 'z/paid']);
    expect(names(filtered(choices, { ...NO_FILTER, text: 'paid z' }))).toEqual(['z/paid']);
    expect(names(filtered(choicesOf([model('k/z'), model('z/k', { title: 'Zed' })], [], ''), { ...NO_FILTER, text: 'zed' }))).toEqual([
      'z/k',
    ]);
    expect(names(filtered(choices, { ...NO_FILTER, text: 'b/*' }))).toEqual(['b/eyes', 'b/zeta']);
  });

  it('is narrowed by what is known, never by what is not', () => {
    const choices = choicesOf(MODELS, COMBOS, 'new');
    const only = (filter: Partial<typeof NO_FILTER>): string[] => names(filtered(choices, { ...NO_FILTER, ...filter }));
    expect(only({ tools: true })).toEqual(['b/eyes', 'z/paid']);
    expect(only({ vision: true })).toEqual(['b/eyes']);
    expect(only({ free: true })).toEqual(['a/free']);
    expect(only({ provider: 'z' })).toEqual(['z/paid']);
    expect(only({ tier: 'free' })).toEqual(['a/free']);
    expect(only({ tier: 'combo' })).toEqual(['best', 'inner', 'outer']);
  });

  it('is sorted with the unknown last, whichever way', () => {
    const choices = choicesOf(MODELS, [], '');
    expect(names(sorted(choices, { by: 'context', down: false })).slice(0, 2)).toEqual(['a/free', 'z/paid']);
    expect(names(sorted(choices, { by: 'context', down: true })).slice(0, 2)).toEqual(['z/paid', 'a/free']);
    expect(names(sorted(choices, { by: 'price', down: true })).slice(0, 2)).toEqual(['z/paid', 'a/free']);
    expect(names(sorted(choices, { by: 'name', down: true }))[0]).toBe('z/paid');
    expect(sorted(choices, undefined)).toBe(choices);
  });

  it('names each provider once, by name', () => {
    expect(providersOf(choicesOf([...MODELS, model('z/more')], [], ''))).toEqual([
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
      { id: 'z', name: 'Z' },
    ]);
  });

  it('is quick with six thousand models', () => {
    const many = choicesOf(
      Array.from({ length: 6000 }, (_, at) => model(`p${at % 40}/model-${at}`)),
      [],
      '',
    );
    const began = performance.now();
    expect(filtered(many, { ...NO_FILTER, text: 'p3/ 59' }).length).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(100);
  });
});

describe('Enter in the search', () => {
  const choices = choicesOf(MODELS, [], '');
  it('adds a name or a pattern as it was typed, else the first found, else what was typed', () => {
    expect(typedTarget(' a/free ', choices, [])).toBe('a/free');
    expect(typedTarget('z/*', choices, filtered(choices, { ...NO_FILTER, text: 'z/*' }))).toBe('z/*');
    expect(typedTarget('eye', choices, filtered(choices, { ...NO_FILTER, text: 'eye' }))).toBe('b/eyes');
    expect(typedTarget('nobody', choices, [])).toBe('nobody');
    expect(typedTarget('  ', choices, choices)).toBeUndefined();
  });
});

it('a filter that was kept is taken only when it is one', () => {
  expect(isFilter(JSON.parse(JSON.stringify(NO_FILTER)))).toBe(true);
  expect(isFilter({ ...NO_FILTER, tools: 'yes' })).toBe(false);
  expect(isFilter(null)).toBe(false);
});
