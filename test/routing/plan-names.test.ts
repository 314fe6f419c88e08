import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/conversation/error.ts';
import { account, combo, cooling, order, planFor, skippedOf, type World } from './planning.ts';

const A = account('a');
const B = account('b');
const MODELS = { a: ['m', 'n'], b: ['m', 'vendor/x'] };
const TWO: World = { accounts: [A, B], models: MODELS };

function refusal(name: string, world: World): GatewayError {
  try {
    planFor(name, world);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error(`${name} was found`);
}

describe('what a name stands for', () => {
  it('prefix/model: every account with that prefix, also for a model nobody lists', () => {
    const twins = { accounts: [account('a1', 'groq', { prefix: 'groq' }), account('a2', 'groq', { prefix: 'groq' }), B] };
    expect(order('groq/brand-new', twins)).toEqual(['a1:brand-new', 'a2:brand-new']);
  });

  it('a bare id: every account that lists it', () => {
    expect(order('m', TWO)).toEqual(['a:m', 'b:m']);
    expect(order('vendor/x', TWO)).toEqual(['b:vendor/x']);
  });

  it('a prefix counts before a listed id with a slash', () => {
    expect(order('a/x', { accounts: [A, B], models: { a: [], b: ['a/x'] } })).toEqual(['a:x']);
  });

  it('the demo answers only what it lists', () => {
    const demo = { accounts: [account('d', 'demo', { prefix: 'demo' })] };
    expect(order('demo/echo', demo)).toEqual(['d:echo']);
    expect(refusal('demo/none', demo).code).toBe('model_not_found');
  });

  it('a combo before an alias, an alias before a route, a route before a model', () => {
    const everything = {
      ...TWO,
      combos: [combo('x', ['a/combo'])],
      aliases: { x: 'a/alias', y: 'a/alias' },
      routes: [{ match: '*', to: 'a/route' }],
    };
    expect(order('x', everything)).toEqual(['a:combo']);
    expect(order('y', everything)).toEqual(['a:alias']);
    expect(order('b/m', everything)).toEqual(['a:route']);
    expect(order('auto', everything)).toEqual(['a:m', 'b:m']);
  });

  it('an alias leads one step: to a model, a combo, automatic routing, and never to another alias', () => {
    const world = { ...TWO, combos: [combo('c', ['b/m'])], aliases: { model: 'a/n', combo: 'c', auto2: 'auto', twice: 'model' } };
    expect(order('model', world)).toEqual(['a:n']);
    expect(planFor('combo', world)).toMatchObject({ requested: 'combo', resolved: 'c', combo: { name: 'c' } });
    expect(order('auto2', world)).toEqual(['a:m', 'b:m']);
    expect(refusal('twice', world).code).toBe('model_not_found');
  });

  it('names of JavaScript’s own are no aliases', () => {
    expect(refusal('constructor', TWO).code).toBe('model_not_found');
    expect(refusal('__proto__', TWO).code).toBe('model_not_found');
  });

  it('a route fills what its first * caught into the model it leads to', () => {
    const world = {
      ...TWO,
      routes: [
        { match: 'claude-*-v*', to: 'a/c-*' },
        { match: 'claude-*', to: 'b/*' },
      ],
    };
    expect(order('claude-x-v2', world)).toEqual(['a:c-x']);
    expect(order('claude-$&', world)).toEqual(['b:$&']);
    expect(planFor('claude-x', world)).toMatchObject({ requested: 'claude-x', resolved: 'b/x' });
  });

  it('a route leads to a combo that holds the very names it catches, without a circle', () => {
    const world = { ...TWO, combos: [combo('c', ['a/m', 'b/m'])], routes: [{ match: 'a/*', to: 'c' }] };
    expect(planFor('a/anything', world)).toMatchObject({ resolved: 'c', combo: { name: 'c' } });
    expect(order('a/anything', world)).toEqual(['a:m', 'b:m']);
  });

  it('behind a route the * of a combo’s targets is what was caught, nested too', () => {
    const world = {
      ...TWO,
      combos: [combo('c', ['a/*', 'inner']), combo('inner', ['b/*'])],
      routes: [{ match: 'x/*', to: 'c' }],
    };
    expect(order('x/new', world)).toEqual(['a:new', 'b:new']);
    expect(order('x/a*', world)).toEqual(['a:a*', 'b:a*']);
  });

  it('a client cannot open a combo by what a route catches', () => {
    const world = { ...TWO, combos: [combo('secret', ['a/m'])], routes: [{ match: 'x/*', to: '*' }] };
    expect(refusal('x/secret', world).code).toBe('model_not_found');
    expect(order('x/m', world)).toEqual(['a:m', 'b:m']);
  });
});

describe('the targets of a combo', () => {
  it('are models, bare ids, combos, aliases, automatic routing; each account and model once, the first place wins', () => {
    const world = {
      ...TWO,
      combos: [combo('c', ['b/m', 'm', 'inner', 'short', 'auto']), combo('inner', ['a/n', 'b/m'])],
      aliases: { short: 'b/vendor/x' },
    };
    expect(order('c', world)).toEqual(['b:m', 'a:m', 'a:n', 'b:vendor/x']);
    expect(planFor('c', world).steps.map(({ why }) => why)).toEqual([
      ['combo "c" (fill-first)'],
      ['combo "c" (fill-first)', 'accounts of m (fill-first)'],
      ['combo "c" (fill-first)', 'combo "inner" (fill-first)'],
      ['combo "c" (fill-first)'],
    ]);
  });

  it('a * stands for every listed model that fits, in list order', () => {
    expect(order('c', { ...TWO, combos: [combo('c', ['*/m', 'b/*'])] })).toEqual(['a:m', 'b:m', 'b:vendor/x']);
    expect(order('c', { ...TWO, combos: [combo('c', ['v*'])] })).toEqual(['b:vendor/x']);
  });

  it('a * leaves out the demo, unless it is named', () => {
    const world = { accounts: [A, account('d', 'demo', { prefix: 'demo' })], models: { a: ['m'] } };
    expect(order('c', { ...world, combos: [combo('c', ['*'])] })).toEqual(['a:m']);
    expect(order('c', { ...world, combos: [combo('c', ['demo/e*'])] })).toEqual(['d:echo']);
  });

  it('nobody knows are simply not there', () => {
    expect(order('c', { ...TWO, combos: [combo('c', ['gone/x', 'a/m', 'off']), combo('off', ['b/m'], { enabled: false })] })).toEqual([
      'a:m',
    ]);
  });

  it('going round in a circle (a config no check has seen) end where the circle closes', () => {
    const world = { ...TWO, combos: [combo('c', ['d', 'a/m']), combo('d', ['c', 'b/m'])] };
    expect(order('c', world)).toEqual(['b:m', 'a:m']);
  });

  it('shared over and over cost no more than once: forty layers of two', () => {
    const layers = Array.from({ length: 40 }, (_, n) => [
      combo(`l${n}`, [`l${n + 1}`, `r${n + 1}`]),
      combo(`r${n}`, [`r${n + 1}`, `l${n + 1}`]),
    ]).flat();
    const world = { ...TWO, combos: [...layers, combo('l40', ['a/m']), combo('r40', ['b/m'])] };
    expect(order('l0', world)).toEqual(['a:m', 'b:m']);
  });
});

describe('who may not be asked', () => {
  it('by the account’s allow and deny lists, deny first', () => {
    const picky = account('a', 'openai-compatible', { models: { allow: ['m*'], deny: ['*-old'] } });
    const world = { ...TWO, accounts: [picky, B] };
    expect(order('a/m-new', world)).toEqual(['a:m-new']);
    expect(skippedOf(planFor('a/m-old', world))).toEqual(['a:m-old: not-allowed']);
    expect(skippedOf(planFor('a/n', world))).toEqual(['a:n: not-allowed']);
    expect(order('m', world)).toEqual(['a:m', 'b:m']);
  });

  it('by the blocked providers of the rules', () => {
    const world = { ...TWO, accounts: [account('a', 'groq'), B], blockedProviders: ['groq'] };
    const made = planFor('m', world);
    expect(skippedOf(made)).toEqual(['a:m: not-allowed']);
    expect(made.skipped[0]?.block).toMatchObject({ scope: 'provider', detail: 'the provider "groq" is blocked in the settings' });
    expect(made.steps).toHaveLength(1);
  });

  it('for now: everybody cooling is a plan without steps', () => {
    const made = planFor('m', { ...TWO, facts: { blocked: cooling('a', 'b') } });
    expect(made.steps).toEqual([]);
    expect(skippedOf(made)).toEqual(['a:m: rate', 'b:m: rate']);
    expect(made.turns).toEqual([]);
  });

  it('is asked of the facts with the outermost combo, once for each target', () => {
    const asked: string[] = [];
    const world: World = {
      ...TWO,
      combos: [combo('outer', ['inner', 'a/m']), combo('inner', ['a/m', 'b/m'])],
      facts: {
        blocked: (target, outermost) => {
          asked.push(`${target.name} in ${outermost?.name}`);
          return undefined;
        },
      },
    };
    planFor('outer', world);
    expect(asked).toEqual(['a/m in outer', 'b/m in outer']);
    asked.length = 0;
    planFor('a/m', world);
    expect(asked).toEqual(['a/m in undefined']);
  });
});

describe('the 404', () => {
  it('names the three nearest names that would lead somewhere', () => {
    const world = {
      accounts: [A],
      models: { a: ['gpt-4o', 'gpt-4o-mini', 'o3', 'claude'] },
      combos: [combo('gpt-40', ['a/o3'], { enabled: false }), combo('gpt-41', ['gone/x'])],
      aliases: { 'gpt-4x': 'gone', 'gpt-4y': 'gpt-40' },
    };
    const error = refusal('gpt-4', world);
    expect(error).toMatchObject({ class: 'capability', status: 404, code: 'model_not_found', param: 'model' });
    expect(error.message).toBe('There is no model "gpt-4" here. Did you mean "a/gpt-4o", "a/gpt-4o-mini", "auto"?');
  });

  it('leaves out what may not be used', () => {
    const picky = account('a', 'openai-compatible', { models: { deny: ['gpt-5'] } });
    expect(refusal('gpt-55', { accounts: [picky], models: { a: ['gpt-5', 'x', 'y', 'z'] } }).message).not.toContain('gpt-5"');
  });

  it('has three names however far they are, and says where the list is when there are none', () => {
    expect(refusal('zzzzzzzzzzzzzzzzzzzzzzzz', TWO).message.match(/"[^"]+"/g)).toHaveLength(4);
    expect(refusal('m', { accounts: [] }).message).toBe('There is no model "m" here. GET /v1/models lists what there is.');
  });

  it('says which targets of a combo are unknown', () => {
    const world = { ...TWO, combos: [combo('c', ['gone/x', 'off', 'nope']), combo('off', ['a/m'], { enabled: false })] };
    expect(refusal('c', world).message).toMatch(
      /^The combo "c" has no target left; not known here: "gone\/x", "off" \(disabled\), "nope"\. Did/,
    );
  });

  it('of a disabled combo says that it is', () => {
    const world = { ...TWO, combos: [combo('c', ['a/m'], { enabled: false })], aliases: { x: 'c' }, routes: [{ match: 'y*', to: 'c' }] };
    for (const name of ['c', 'x', 'yy']) {
      expect(refusal(name, world)).toMatchObject({ status: 404, code: 'combo_disabled', message: 'The combo "c" is disabled.' });
    }
  });

  it('tells what an alias made of the name', () => {
    expect(refusal('x', { ...TWO, aliases: { x: 'gone' } }).message).toMatch(/^There is no model "gone" here \(asked for as "x"\)\./);
  });

  it('of automatic routing without any account says so', () => {
    expect(refusal('auto/free', { accounts: [account('d', 'demo')] }).message).toMatch(/^No account has a model for "auto\/free"\./);
  });

  it('stays short and quick for a name of a million letters', () => {
    const error = refusal('x'.repeat(1_000_000), { ...TWO, routes: [{ match: 'x*y*z', to: 'a/m' }] });
    expect(error.message.length).toBeLessThan(400);
  });
});
