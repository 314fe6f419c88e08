import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STRATEGIES } from '../../../src/config/schema.ts';
import type { Facts } from '../../../src/routing/facts.ts';
import { strategies } from '../../../src/routing/strategies/index.ts';
import type { Target } from '../../../src/routing/target.ts';
import { account, CALM } from '../planning.ts';

/** What one child's measures are; its place among the others is its identity. */
interface Measures {
  running: number;
  used: number;
  latency: number | undefined;
  price: { input: number; output: number } | undefined;
  tier: 'api-key' | 'free' | 'cheap';
}

const PROVIDERS = { 'api-key': 'openai-compatible', free: 'groq', cheap: 'deepseek' } as const;
const NEEDS = { tools: false, vision: false, inputTokens: 500 };

const measures = fc.record<Measures>({
  running: fc.nat(3),
  used: fc.nat(3),
  latency: fc.option(fc.nat(5000), { nil: undefined }),
  price: fc.option(fc.record({ input: fc.nat(5), output: fc.nat(20) }), { nil: undefined }),
  tier: fc.constantFrom('api-key', 'free', 'cheap'),
});
const list = fc.array(measures, { maxLength: 8 });

function childrenOf(all: readonly Measures[]): { lead: Target; is: Measures }[] {
  return all.map((is, index) => {
    const owner = account(`a${index}`, PROVIDERS[is.tier]);
    const lead: Target = { account: owner, model: 'm', name: `a${index}/m`, dialect: 'openai-chat', endpoint: { baseUrl: '' } };
    return { lead, is };
  });
}

function factsOf(children: readonly { lead: Target; is: Measures }[], more: Partial<Facts> = {}): Facts {
  const of = (id: string): Measures | undefined => children.find(({ lead }) => lead.account.config.id === id)?.is;
  return {
    ...CALM,
    running: (owner) => of(owner.config.id)?.running ?? 0,
    used: (target) => of(target.account.config.id)?.used ?? 0,
    latency: (target) => of(target.account.config.id)?.latency,
    price: (target) => of(target.account.config.id)?.price,
    ...more,
  };
}

/** Draws as a seed of numbers, over and over. */
function drawing(numbers: readonly number[]): () => number {
  let at = 0;
  return () => numbers[at++ % numbers.length] ?? 0;
}

const draws = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 8 });

describe.each(STRATEGIES)('%s', (name) => {
  it('gives every child once, and leaves what it was given as it was', () => {
    fc.assert(
      fc.property(list, draws, fc.nat(100), (all, numbers, turn) => {
        const children = childrenOf(all);
        const before = [...children];
        const facts = factsOf(children, { random: drawing(numbers), turn: () => turn });
        const given = strategies[name](children, { facts, needs: NEEDS, group: 'g' });
        expect(new Set(given)).toEqual(new Set(children));
        expect(given).toHaveLength(children.length);
        expect(children).toEqual(before);
      }),
    );
  });
});

describe('fill-first', () => {
  it('is the order as written', () => {
    const children = childrenOf(fc.sample(list, 1)[0] ?? []);
    expect(strategies['fill-first'](children, { facts: factsOf(children), needs: NEEDS, group: 'g' })).toEqual(children);
  });
});

describe('round-robin', () => {
  it('is fair: over n × k turns each of n is at each place k times', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 }), fc.nat(1000), (n, k, from) => {
        const children = childrenOf(Array.from({ length: n }, () => ({ ...CALM_MEASURES })));
        const counts = new Map<string, number>();
        for (let turn = from; turn < from + n * k; turn += 1) {
          const facts = factsOf(children, { turn: () => turn });
          const given = strategies['round-robin'](children, { facts, needs: NEEDS, group: 'g' });
          for (const [place, { lead }] of given.entries()) {
            const key = `${lead.name} at ${place}`;
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
        }
        expect([...counts.values()]).toEqual(Array.from({ length: n * n }, () => k));
      }),
    );
  });

  it('keeps the circle’s order, and asks for the turn of its own group', () => {
    const children = childrenOf([CALM_MEASURES, CALM_MEASURES, CALM_MEASURES]);
    const facts = factsOf(children, { turn: (group) => (group === 'mine' ? 4 : 0) });
    const given = strategies['round-robin'](children, { facts, needs: NEEDS, group: 'mine' });
    expect(given.map(({ lead }) => lead.name)).toEqual(['a1/m', 'a2/m', 'a0/m']);
  });
});

describe('p2c', () => {
  it('never puts the busier of its two first; the rest stays as written', () => {
    fc.assert(
      fc.property(fc.array(measures, { minLength: 2, maxLength: 8 }), draws, (all, numbers) => {
        const children = childrenOf(all);
        const facts = factsOf(children, { random: drawing(numbers) });
        const given = strategies.p2c(children, { facts, needs: NEEDS, group: 'g' });
        expect(given[0]?.is.running).toBeLessThanOrEqual(given[1]?.is.running ?? 0);
        const rest = given.slice(2).map((child) => children.indexOf(child));
        expect(rest).toEqual([...rest].sort((a, b) => a - b));
      }),
    );
  });

  it('draws every ordered pair equally often', () => {
    const children = childrenOf([CALM_MEASURES, CALM_MEASURES, CALM_MEASURES]);
    const counts = new Map<string, number>();
    for (let one = 0; one < 3; one += 1) {
      for (let two = 0; two < 2; two += 1) {
        const facts = factsOf(children, { random: drawing([(one + 0.5) / 3, (two + 0.5) / 2]) });
        const given = strategies.p2c(children, { facts, needs: NEEDS, group: 'g' });
        const pair = `${given[0]?.lead.name} ${given[1]?.lead.name}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
    expect([...counts.values()]).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe('random', () => {
  it('gives every order equally often', () => {
    const children = childrenOf([CALM_MEASURES, CALM_MEASURES, CALM_MEASURES]);
    const orders = new Set<string>();
    for (let one = 0; one < 3; one += 1) {
      for (let two = 0; two < 2; two += 1) {
        const facts = factsOf(children, { random: drawing([(one + 0.5) / 3, (two + 0.5) / 2, 0]) });
        const given = strategies.random(children, { facts, needs: NEEDS, group: 'g' });
        orders.add(given.map(({ lead }) => lead.name).join());
      }
    }
    expect(orders.size).toBe(6);
  });
});

/** Each neighbour pair is in order by `measure`, and equals stand as written. */
function expectSorted(name: 'least-used' | 'cost-optimized' | 'latency', measure: (is: Measures) => readonly number[]): void {
  fc.assert(
    fc.property(list, (all) => {
      const children = childrenOf(all);
      const given = strategies[name](children, { facts: factsOf(children), needs: NEEDS, group: 'g' });
      const wanted = [...children].sort((a, b) => {
        const [left, right] = [measure(a.is), measure(b.is)];
        const at = left.findIndex((value, index) => value !== right[index]);
        if (at < 0) return 0;
        return (left[at] ?? 0) < (right[at] ?? 0) ? -1 : 1;
      });
      expect(given.map(({ lead }) => lead.name)).toEqual(wanted.map(({ lead }) => lead.name));
    }),
  );
}

describe('the measured ones', () => {
  it('least-used: by requests of the last hour, then by those under way, then as written', () => {
    expectSorted('least-used', ({ used, running }) => [used, running]);
  });

  it('cost-optimized: by price × tokens, what costs nothing first, unknown last, then as written', () => {
    expectSorted('cost-optimized', ({ tier, price }) => {
      if (tier === 'free') return [0];
      return [price ? price.input * 500 + price.output * 1000 : Number.POSITIVE_INFINITY];
    });
  });

  it('cost-optimized: the client’s limit of the output counts, up to 4,000 tokens', () => {
    const [wordy, curt] = [
      { ...CALM_MEASURES, price: { input: 0, output: 2 } },
      { ...CALM_MEASURES, price: { input: 10, output: 1 } },
    ];
    const children = childrenOf([wordy, curt]);
    const first = (outputTokens: number): string | undefined =>
      strategies['cost-optimized'](children, { facts: factsOf(children), needs: { ...NEEDS, outputTokens }, group: 'g' })[0]?.lead.name;
    expect(first(4000)).toBe('a0/m');
    expect(first(1_000_000)).toBe('a0/m');
    const longer = childrenOf([wordy, { ...curt, price: { input: 7, output: 1 } }]);
    const given = strategies['cost-optimized'](longer, { facts: factsOf(longer), needs: { ...NEEDS, outputTokens: 3600 }, group: 'g' });
    expect(given[0]?.lead.name).toBe('a1/m');
  });

  it('latency: what was not measured lately first, then the soonest', () => {
    expectSorted('latency', ({ latency }) => [latency ?? -1]);
  });
});

const CALM_MEASURES: Measures = { running: 0, used: 0, latency: undefined, price: undefined, tier: 'api-key' };
