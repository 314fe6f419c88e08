import { describe, expect, it } from 'vitest';
import { type ComboConfig, comboSchema, type RouteConfig } from '../../src/config/combos.ts';
import { nameProblems, targetProblems } from '../../src/config/name-problems.ts';
import { nearest } from '../../src/config/nearest.ts';

const combo = (name: string, ...targets: string[]): ComboConfig => comboSchema.parse({ name, targets });

describe('nameProblems', () => {
  const circles = (combos: ComboConfig[], aliases: Record<string, string> = {}): string[] =>
    nameProblems({ combos, aliases }).map(({ path, message }) => `${path.join('.')}: ${message}`);

  it('names the place and the way of a circle', () => {
    expect(circles([combo('a', 'x/y', 'a')])).toEqual(['combos.0.targets.1: goes round in a circle: a → a']);
    expect(circles([combo('a', 'b'), combo('b', 'x/y', 'c'), combo('c', 'a')])).toEqual([
      'combos.0.targets.0: goes round in a circle: a → b → c → a',
      'combos.1.targets.1: goes round in a circle: b → c → a → b',
      'combos.2.targets.0: goes round in a circle: c → a → b → c',
    ]);
  });

  it('sees a circle that goes through an alias', () => {
    expect(circles([combo('a', 'short')], { short: 'a' })).toEqual(['combos.0.targets.0: goes round in a circle: a → short → a']);
  });

  it('finds none where combos only share others, nor beside a circle that is not their own', () => {
    expect(circles([combo('a', 'b', 'c'), combo('b', 'd'), combo('c', 'd'), combo('d', 'x/y')])).toEqual([]);
    expect(circles([combo('a', 'b'), combo('b', 'b')])).toEqual(['combos.1.targets.0: goes round in a circle: b → b']);
  });

  it('looks at each name once: forty layers of two that share everything below', () => {
    const layers = Array.from({ length: 40 }, (_, n) => [
      combo(`l${n}`, `l${n + 1}`, `r${n + 1}`),
      combo(`r${n}`, `l${n + 1}`, `r${n + 1}`),
    ]);
    expect(circles(layers.flat())).toEqual([]);
  });

  it('takes a chain of thousands', () => {
    expect(circles(Array.from({ length: 2000 }, (_, n) => combo(`c${n}`, `c${n + 1}`)))).toEqual([]);
  });

  it('refuses aliases of aliases, of themselves, and of names that are taken', () => {
    const said = circles([combo('a', 'x/y')], { a: 'x/y', auto: 'x/y', one: 'two', two: 'x/y', me: 'me', fine: 'constructor' });
    expect(said).toEqual([
      'aliases.a: "a" is already the name of a combo or of automatic routing',
      'aliases.auto: "auto" is already the name of a combo or of automatic routing',
      'aliases.one: "two" is an alias too; an alias names a model or a combo',
      'aliases.me: stands for itself',
    ]);
    expect(circles([combo('auto', 'x/y')])).toEqual(['combos.0.name: "auto" is the name of automatic routing']);
  });
});

describe('targetProblems', () => {
  const known = {
    prefixes: new Set(['groq', 'mock']),
    models: (id: string) => id === 'm' || id === 'vendor/m',
    suggestions: ['groq/llama'],
  };
  const problems = (targets: string[], more: { aliases?: Record<string, string>; routes?: RouteConfig[] } = {}): string[] =>
    targetProblems({ combos: [combo('c', ...targets), combo('d', 'mock/x')], aliases: {}, ...more }, known).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );

  it.each(['d', 'auto', 'auto/cheap', 'groq/anything', 'm', 'vendor/m', 'groq/*', 'gr*/x', '*/x', '*', 'gpt-*'])('knows %s', (target) => {
    expect(problems([target])).toEqual([]);
  });

  it.each(['gone/x', 'gone/*', 'go*/x', 'nope', 'groq/', '/x', 'autos', 'constructor'])('does not know %s', (target) => {
    expect(problems(['d', target])).toEqual([expect.stringMatching(/^combos\.0\.targets\.1: nobody here knows /)]);
  });

  it('knows aliases as targets of combos, and looks at what aliases and routes lead to', () => {
    const aliases = { short: 'mock/x', broken: 'gone/x' };
    const routes = [
      { match: 'a*', to: 'c' },
      { match: 'b*', to: 'gone/*' },
      { match: 'c*', to: 'mock/*' },
    ];
    expect(problems(['short'], { aliases, routes }).map((text) => text.replace(/: .*/, ''))).toEqual(['aliases.broken', 'routes.1.to']);
  });

  it('names what comes nearest, and the same model under a prefix there is', () => {
    expect(problems(['grok/llama-3'])).toEqual([
      'combos.0.targets.0: nobody here knows "grok/llama-3"; nearest: "groq/llama-3", "groq/llama", "mock/llama-3"',
    ]);
  });
});

describe('nearest', () => {
  it('goes by edit distance, and gives as many as there are', () => {
    expect(nearest('kitten', ['sitting', 'mitten', 'kitchen', 'zzz'], 3)).toEqual(['mitten', 'kitchen', 'sitting']);
    expect(nearest('x', ['aaaaaaaaaaaa'], 3)).toEqual(['aaaaaaaaaaaa']);
    expect(nearest('x', [], 3)).toEqual([]);
  });

  it('compares a bare name with the end of a longer one', () => {
    expect(nearest('gpt4o', ['auto', 'openai/gpt-4o'], 1)).toEqual(['openai/gpt-4o']);
    expect(nearest('GPT-4', ['x/gpt-4-turbo', 'x/gpt-4o'], 2)).toEqual(['x/gpt-4o', 'x/gpt-4-turbo']);
  });

  it('counts a date or size at the end little: ids have them, people leave them out', () => {
    expect(nearest('claude-sonet-4', ['claude-opus', 'x/claude-sonnet-4-20250514'], 1)).toEqual(['x/claude-sonnet-4-20250514']);
  });

  it('looks at the first hundred letters of a name that never ends', () => {
    const [a, b] = ['a'.repeat(100), 'b'.repeat(100)];
    expect(nearest(`${a}${'b'.repeat(1000)}`, [b, a], 1)).toEqual([a]);
  });

  it('names nothing twice, nothing that does not fit, and asks no further than it must', () => {
    const asked: string[] = [];
    const fits = (name: string): boolean => {
      asked.push(name);
      return name !== 'ab';
    };
    expect(nearest('a', ['abcd', 'ab', 'abc', 'abc'], 1, fits)).toEqual(['abc']);
    expect(asked).toEqual(['ab', 'abc']);
    expect(nearest('a', ['ab', 'ab', 'ac'], 3)).toEqual(['ab', 'ac']);
  });
});
