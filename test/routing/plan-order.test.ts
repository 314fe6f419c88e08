import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STRATEGIES } from '../../src/config/schema.ts';
import { FALLBACK_CLASSES, plan } from '../../src/routing/plan.ts';
import type { Target } from '../../src/routing/target.ts';
import { account, combo, cooling, inputFor, order, orderOf, planFor, skippedOf, type World } from './planning.ts';

const A = account('a');
const B = account('b');
const C = account('c');
const THREE: World = { accounts: [A, B, C], models: { a: ['m'], b: ['m'], c: ['m'] } };

describe('the accounts of a model', () => {
  it('go in the order of the account strategy, among equal priority only', () => {
    const accounts = [account('x', 'groq', { priority: 2 }), account('y', 'groq'), account('z', 'groq')];
    const world: World = { accounts, models: { x: ['m'], y: ['m'], z: ['m'] }, routing: { accountStrategy: 'round-robin' } };
    expect(order('m', { ...world, facts: { turn: () => 1 } })).toEqual(['z:m', 'y:m', 'x:m']);
    expect(order('m', { ...world, facts: { turn: () => 2 } })).toEqual(['y:m', 'z:m', 'x:m']);
  });

  it('go by priority also where the strategy would rather have another', () => {
    const accounts = [account('x', 'groq', { priority: 5 }), account('y', 'groq', { priority: 1 })];
    const world: World = { accounts, models: { x: ['m'], y: ['m'] }, routing: { accountStrategy: 'latency' } };
    expect(order('m', { ...world, facts: { latency: ({ account: { config } }) => (config.id === 'x' ? 1 : 999) } })).toEqual([
      'y:m',
      'x:m',
    ]);
  });
});

describe('nested combos', () => {
  const world: World = {
    accounts: [A, B, C, account('d')],
    models: {},
    combos: [
      combo('outer', ['left', 'right'], { strategy: 'round-robin' }),
      combo('left', ['a/m', 'b/m'], { strategy: 'round-robin' }),
      combo('right', ['c/m', 'd/m'], { strategy: 'least-used' }),
    ],
  };

  it('each have their own strategy', () => {
    const facts: World['facts'] = {
      turn: (group) => (group === 'outer' ? 1 : 3),
      used: ({ account: { config } }) => (config.id === 'd' ? 0 : 5),
    };
    expect(order('outer', { ...world, facts })).toEqual(['d:m', 'c:m', 'b:m', 'a:m']);
  });

  it('are measured by their first target that may be asked', () => {
    const cheapest: World = {
      ...world,
      combos: [combo('outer', ['left', 'right'], { strategy: 'latency' }), ...(world.combos ?? []).slice(1)],
    };
    const latency = ({ account: { config } }: { account: typeof A }): number => ({ a: 1, b: 50, c: 20, d: 30 })[config.id] ?? 0;
    expect(order('outer', { ...cheapest, facts: { latency } })).toEqual(['a:m', 'b:m', 'c:m', 'd:m']);
    expect(order('outer', { ...cheapest, facts: { latency, blocked: cooling('a') } })).toEqual(['c:m', 'd:m', 'b:m']);
  });

  it('turn independently: over many requests each target is first equally often', () => {
    const combos = [
      combo('outer', ['left', 'right'], { strategy: 'round-robin' }),
      combo('left', ['a/m', 'b/m'], { strategy: 'round-robin' }),
      combo('right', ['c/m', 'd/m'], { strategy: 'round-robin' }),
    ];
    const turns = new Map<string, number>();
    const firsts = Array.from({ length: 8 }, () => {
      const made = planFor('outer', { ...world, combos, facts: { turn: (group) => turns.get(group) ?? 0 } });
      for (const group of made.turns) turns.set(group, (turns.get(group) ?? 0) + 1);
      return orderOf(made)[0];
    });
    expect(firsts).toEqual(['a:m', 'c:m', 'b:m', 'd:m', 'a:m', 'c:m', 'b:m', 'd:m']);
  });

  it('that cannot answer now go last and take no turn', () => {
    const made = planFor('outer', { ...world, facts: { blocked: cooling('a', 'b') } });
    expect(orderOf(made)).toEqual(['c:m', 'd:m']);
    expect(made.turns).toEqual(['outer', 'right']);
  });
});

describe('turns', () => {
  it('are counted of groups with more than one child', () => {
    expect(planFor('m', THREE).turns).toEqual(['m']);
    expect(planFor('a/m', THREE).turns).toEqual([]);
    expect(planFor('c', { ...THREE, combos: [combo('c', ['m'])] }).turns).toEqual(['m']);
  });

  it('rotate among those that may be asked, so that the load of a cooling one is shared', () => {
    const world: World = { ...THREE, routing: { accountStrategy: 'round-robin' } };
    const firsts = [0, 1, 2, 3].map((turn) => order('m', { ...world, facts: { blocked: cooling('a'), turn: () => turn } })[0]);
    expect(firsts).toEqual(['b:m', 'c:m', 'b:m', 'c:m']);
  });
});

describe('busy accounts', () => {
  it('come after those that are free, in the same order, and say so', () => {
    const made = planFor('m', { ...THREE, facts: { wait: ({ account: { config } }) => (config.id === 'c' ? 0 : 250.5) } });
    expect(orderOf(made)).toEqual(['c:m', 'a:m', 'b:m']);
    expect(made.steps[1]?.why).toContain('busy: its turn comes in about 251 ms');
  });

  it('keep their place when the session is at home there', () => {
    const facts: World['facts'] = {
      wait: ({ account: { config } }) => (config.id === 'b' ? 250 : 0),
      home: () => ({ account: 'b', model: 'm' }),
    };
    expect(order('m', { ...THREE, asker: { key: 'k', session: 's' }, facts })).toEqual(['b:m', 'a:m', 'c:m']);
  });
});

describe('a session’s home', () => {
  const asker = { key: 'k', session: 's' };
  const at = (id: string, model = 'm'): World['facts'] => ({ home: () => ({ account: id, model }) });

  it('goes first, says so, and takes no turn', () => {
    const made = planFor('m', { ...THREE, asker, facts: at('c') });
    expect(orderOf(made)).toEqual(['c:m', 'a:m', 'b:m']);
    expect(made.steps[0]?.why).toContain('session stays here');
    expect(made.turns).toEqual([]);
  });

  it('is looked for under the name the request resolves to', () => {
    const asked: string[] = [];
    const world: World = {
      ...THREE,
      asker,
      combos: [combo('c', ['a/m', 'b/m'])],
      aliases: { short: 'c', other: 'b/m' },
      facts: {
        home: (name, session) => {
          asked.push(`${name} of ${session}`);
          return undefined;
        },
      },
    };
    for (const name of ['c', 'short', 'other', 'm', 'auto']) expect(planFor(name, world).homeName).toBeDefined();
    expect(asked).toEqual(['c of s', 'c of s', 'b/m of s', 'm of s', 'auto of s']);
  });

  it('is none without a session, and with affinity off in the settings or the combo', () => {
    const combos = [combo('c', ['a/m', 'b/m'], { affinity: false })];
    expect(planFor('m', { ...THREE, facts: at('c') }).homeName).toBeUndefined();
    expect(planFor('m', { ...THREE, asker, routing: { affinity: false }, facts: at('c') }).homeName).toBeUndefined();
    const made = planFor('c', { ...THREE, combos, asker, facts: at('b') });
    expect(made.homeName).toBeUndefined();
    expect(orderOf(made)).toEqual(['a:m', 'b:m']);
  });

  it('is ignored when it is blocked, or gone', () => {
    const made = planFor('m', { ...THREE, asker, facts: { ...at('c'), blocked: cooling('c') } });
    expect(orderOf(made)).toEqual(['a:m', 'b:m']);
    expect(skippedOf(made)).toEqual(['c:m: rate']);
    expect(order('m', { ...THREE, asker, facts: at('c', 'other') })).toEqual(['a:m', 'b:m', 'c:m']);
  });

  const TIERS: World = {
    accounts: [account('dear', 'openai'), account('dear2', 'openai'), account('gratis', 'groq')],
    models: { dear: ['m'], dear2: ['m'], gratis: ['m'] },
    asker,
  };

  it('yields to a better tier that stands before it in a fill-first combo', () => {
    const targets = ['dear/m', 'dear2/m', 'gratis/m'];
    const world = (strategy: string): World => ({ ...TIERS, combos: [combo('c', targets, { strategy })] });
    const yielding = planFor('c', { ...world('fill-first'), facts: at('gratis') });
    expect(orderOf(yielding)).toEqual(['dear:m', 'dear2:m', 'gratis:m']);
    expect(yielding.steps.flatMap(({ why }) => why)).not.toContain('session stays here');
    expect(yielding.turns).toEqual(['c']);
    expect(order('c', { ...world('fill-first'), facts: at('dear2') })).toEqual(['dear2:m', 'dear:m', 'gratis:m']);
    expect(order('c', { ...world('round-robin'), facts: at('gratis') })).toEqual(['gratis:m', 'dear:m', 'dear2:m']);
  });

  it('does not yield to a better tier that the user put behind it, or that is cooling or busy', () => {
    const behind: World = { ...TIERS, combos: [combo('c', ['gratis/m', 'dear/m'])] };
    expect(order('c', { ...behind, facts: at('gratis') })).toEqual(['gratis:m', 'dear:m']);
    const busyHome = { ...at('gratis'), wait: ({ account: { config } }: Target) => (config.id === 'gratis' ? 9 : 0) };
    expect(order('c', { ...behind, facts: busyHome })).toEqual(['gratis:m', 'dear:m']);
    const before: World = { ...TIERS, combos: [combo('c', ['dear/m', 'gratis/m'])] };
    expect(order('c', { ...before, facts: { ...at('gratis'), blocked: cooling('dear') } })).toEqual(['gratis:m']);
    expect(
      order('c', { ...before, facts: { ...at('gratis'), wait: ({ account: { config } }) => (config.id === 'dear' ? 9 : 0) } }),
    ).toEqual(['gratis:m', 'dear:m']);
  });

  it('yields in auto, but not in auto/fast, whose order is about time', () => {
    expect(order('auto', { ...TIERS, facts: at('gratis') })).toEqual(['dear:m', 'dear2:m', 'gratis:m']);
    expect(order('auto/fast', { ...TIERS, facts: at('gratis') })).toEqual(['gratis:m', 'dear:m', 'dear2:m']);
  });

  it('is one for each model where a route fills the combo’s *', () => {
    const world: World = { ...THREE, asker, combos: [combo('c', ['a/*', 'b/*']), combo('d', ['a/m'])], routes: [] };
    const routed = {
      ...world,
      routes: [
        { match: 'x/*', to: 'c' },
        { match: 'y/*', to: 'd' },
      ],
    };
    expect(planFor('x/big', routed).homeName).not.toBe(planFor('x/small', routed).homeName);
    expect(planFor('y/big', routed).homeName).toBe('d');
  });
});

describe('the bounds', () => {
  it('are the combo’s, where it has its own', () => {
    const bounds = { maxAttempts: 3, deadlineMs: 5000, fallbackOn: ['rate', 'quota'] };
    const world: World = { ...THREE, combos: [combo('c', ['m'], bounds), combo('d', ['m'], { maxAttempts: 50 })] };
    expect(planFor('c', world).bounds).toEqual({ maxAttempts: 3, deadlineMs: 5000, fallbackOn: new Set(['rate', 'quota']) });
    expect(planFor('d', world).bounds.maxAttempts).toBe(50);
    expect(planFor('m', world).bounds).toEqual({ maxAttempts: 12, fallbackOn: FALLBACK_CLASSES });
  });
});

describe('every plan', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const target = fc.constantFrom(...ids.flatMap((id) => [`${id}/m`, `${id}/n`]), 'm', 'n', 'k0', 'k1', 'k2', 'auto', '*/m', 'gone/x');
  const worlds = fc.record({
    targets: fc.array(fc.array(target, { minLength: 1, maxLength: 5 }), { minLength: 3, maxLength: 3 }),
    strategy: fc.array(fc.constantFrom(...STRATEGIES), { minLength: 3, maxLength: 3 }),
    priority: fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
    blocked: fc.subarray(ids),
    busy: fc.subarray(ids),
    home: fc.option(fc.constantFrom(...ids), { nil: undefined }),
    turn: fc.nat(9),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });

  function worldOf(given: typeof worlds extends fc.Arbitrary<infer T> ? T : never): World {
    const { home } = given;
    return {
      accounts: ids.map((id, index) => account(id, 'openai-compatible', { priority: given.priority[index] ?? 1 })),
      models: Object.fromEntries(ids.map((id) => [id, ['m', 'n']])),
      combos: given.targets.map((targets, index) => combo(`k${index}`, ['a/m', ...targets], { strategy: given.strategy[index] })),
      asker: { key: 'k', session: 's' },
      facts: {
        blocked: cooling(...given.blocked),
        wait: ({ account: { config } }) => (given.busy.includes(config.id) ? 100 : 0),
        home: () => (home === undefined ? undefined : { account: home, model: 'm' }),
        turn: () => given.turn,
        random: () => given.random,
      },
    };
  }

  it('has each target once, either as a step or skipped, and the same ones whatever the strategies', () => {
    fc.assert(
      fc.property(worlds, (given) => {
        const made = planFor('k0', worldOf(given));
        const all = [...made.steps, ...made.skipped].map(({ target: { name } }) => name);
        expect(new Set(all).size).toBe(all.length);
        for (const { target: step } of made.steps) expect(given.blocked).not.toContain(step.account.config.id);
        for (const { target: skip } of made.skipped) expect(given.blocked).toContain(skip.account.config.id);
        const plain = planFor('k0', worldOf({ ...given, strategy: ['fill-first', 'fill-first', 'fill-first'] }));
        expect(new Set(all)).toEqual(new Set([...plain.steps, ...plain.skipped].map(({ target: { name } }) => name)));
      }),
    );
  });

  it('is the same for the same facts, and changes none of what it was given', () => {
    fc.assert(
      fc.property(worlds, (given) => {
        const input = inputFor('k0', worldOf(given));
        const before = structuredClone({ ...input, directory: input.directory.combos, facts: null });
        const [one, two] = [plan(input), plan(input)];
        expect(orderOf(one)).toEqual(orderOf(two));
        expect(one.turns).toEqual(two.turns);
        expect({ ...input, directory: input.directory.combos, facts: null }).toEqual(before);
      }),
    );
  });

  it('has free targets before busy ones, the home aside', () => {
    fc.assert(
      fc.property(worlds, (given) => {
        const steps = orderOf(planFor('k0', worldOf(given))).filter((name) => name !== `${given.home}:m`);
        const busy = steps.map((name) => given.busy.includes(name.slice(0, 1)));
        expect(busy.lastIndexOf(false)).toBeLessThan(busy.includes(true) ? busy.indexOf(true) : busy.length);
      }),
    );
  });
});
