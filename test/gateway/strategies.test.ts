import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STRATEGIES } from '../../src/config/schema.ts';
import { DIALECTS } from '../sdk/target.ts';
import { deferred } from '../upstream/deferred.ts';
import { answerOf, type Crew, crewOf, overloaded, spent } from './crew.ts';

const MEMBERS = ['one', 'two', 'three', 'four'];
const combos = STRATEGIES.map((strategy) => ({ name: strategy, strategy, targets: MEMBERS.map((name) => `${name}/m`) }));

let crew: Crew;
beforeAll(async () => {
  crew = await crewOf(
    MEMBERS.map((name) => ({ name })),
    {
      combos: [
        ...combos,
        { name: 'inner', strategy: 'round-robin', targets: ['one/m', 'two/m'] },
        { name: 'nested', strategy: 'round-robin', targets: ['inner', 'three/m'] },
      ],
    },
  );
});
afterEach(() => crew.afresh());
afterAll(() => crew.close());

/** Asks one after the other, each time as a conversation of its own, and gives who answered. */
async function askedOf(model: string, times: number, label = model): Promise<(string | null)[]> {
  const accounts: (string | null)[] = [];
  for (let at = 0; at < times; at += 1) accounts.push((await crew.ask(model, { turns: `${label} ${at}` })).account);
  return accounts;
}

describe('fill-first', () => {
  it('asks the first alone while it answers', async () => {
    await askedOf('fill-first', 12);
    expect(crew.counts()).toEqual([12, 0, 0, 0]);
  });

  it('fills the next one only when the first is spent', async () => {
    crew.at('one').script(spent());
    await askedOf('fill-first', 5, 'spent');
    expect(crew.counts()).toEqual([1, 5, 0, 0]);
  });
});

describe('round-robin', () => {
  it('gives each target its turn: exactly fair over distinct conversations of all four dialects', async () => {
    const accounts: (string | null)[] = [];
    for (let at = 0; at < 24; at += 1) {
      const dialect = DIALECTS[at % 3 === 0 ? 0 : at % 4];
      accounts.push((await crew.ask('round-robin', { turns: `talk ${at}`, ...(dialect ? { dialect } : {}) })).account);
    }
    expect(crew.counts()).toEqual([6, 6, 6, 6]);
    expect(accounts.slice(0, 8)).toEqual([...MEMBERS, ...MEMBERS]);
  });

  it('is fair when many come at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, at) => crew.ask('round-robin', { turns: `crowd ${at}` })));
    expect(crew.counts()).toEqual([10, 10, 10, 10]);
  });

  it('goes on among those left when one is spent', async () => {
    crew.at('two').script(spent());
    await askedOf('two/m', 1);
    await askedOf('round-robin', 12, 'left');
    expect(crew.counts()).toEqual([4, 1, 4, 4]);
  });

  it('of combos in combos turns each at its own pace', async () => {
    await askedOf('nested', 12);
    expect(crew.counts()).toEqual([3, 3, 6, 0]);
  });

  it('turns for requests, not for looks', async () => {
    const first = async () => (await crew.explain('model=round-robin')).steps[0]?.account;
    expect([await first(), await first()]).toEqual(['one', 'one']);
    expect(await askedOf('round-robin', 1, 'look')).toEqual(['one']);
    expect(await first()).toBe('two');
    await askedOf('round-robin', 3, 'rest');
  });
});

describe('power of two choices', () => {
  it('keeps away from who is busy', async () => {
    const release = deferred();
    crew.at('one').script(...Array.from({ length: 5 }, () => ({ ...answerOf('one'), before: release.promise })));
    const held = Array.from({ length: 5 }, (_, at) => crew.ask('one/m', { turns: `held ${at}` }));
    await expect.poll(() => crew.at('one').seen.length).toBe(5);
    await askedOf('p2c', 30);
    // Of two drawn the busy one is never the less busy.
    expect(crew.counts()[0]).toBe(5);
    expect(Math.min(...crew.counts().slice(1))).toBeGreaterThan(0);
    release.resolve();
    await Promise.all(held);
  });

  it('spreads a crowd', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, at) => crew.ask('p2c', { turns: `crowd ${at}` })));
    // Sixty at random would leave an account below 5 once in 900 times; two choices do better still.
    expect(Math.min(...crew.counts())).toBeGreaterThanOrEqual(5);
    expect(crew.counts().reduce((sum, count) => sum + count)).toBe(60);
  });
});

describe('random', () => {
  it('gives everybody about the same', async () => {
    await Promise.all(Array.from({ length: 120 }, (_, at) => crew.ask('random', { turns: `draw ${at}` })));
    // 30 each are expected, with a deviation of 4.7: outside of these bounds about once in 10,000 runs.
    for (const count of crew.counts()) expect(count).toSatisfy((n: number) => n > 10 && n < 52);
  });
});

describe('least-used', () => {
  it('evens out what was sent, whoever asked for it', async () => {
    const fresh = await crewOf(
      ['one', 'two', 'three'].map((name) => ({ name })),
      { combos: [{ name: 'least', strategy: 'least-used', targets: ['one/m', 'two/m', 'three/m'] }] },
    );
    for (let at = 0; at < 6; at += 1) await fresh.ask('one/m', { turns: `direct ${at}` });
    for (let at = 0; at < 12; at += 1) await fresh.ask('least', { turns: `talk ${at}` });
    expect(fresh.counts()).toEqual([6, 6, 6]);
    // An attempt that failed was sent as well.
    fresh.at('two').script(overloaded());
    for (let at = 0; at < 3; at += 1) await fresh.ask('least', { turns: `more ${at}` });
    expect(fresh.counts().reduce((sum, count) => sum + count)).toBe(22);
    expect(Math.max(...fresh.counts()) - Math.min(...fresh.counts())).toBeLessThanOrEqual(1);
    await fresh.close();
  });
});

describe('cost-optimized', () => {
  it('asks the cheapest for this request; whose price nobody knows comes last', async () => {
    const fresh = await crewOf(
      [
        { name: 'unknown' },
        { name: 'dear', provider: 'openai' },
        { name: 'cheap', provider: 'deepseek' },
        { name: 'plan', provider: 'groq' },
      ],
      {
        combos: [
          { name: 'cost', strategy: 'cost-optimized', targets: ['unknown/m', 'dear/gpt-4.1', 'dear/gpt-4.1-mini', 'cheap/deepseek-chat'] },
          { name: 'free-too', strategy: 'cost-optimized', targets: ['dear/gpt-4.1-mini', 'plan/x'] },
        ],
      },
    );
    const order = async () => (await fresh.explain('model=cost&tokens=1000')).steps.map(({ target }) => target);
    // Prices are loaded behind the first question for them.
    await expect.poll(order).toEqual(['cheap/deepseek-chat', 'dear/gpt-4.1-mini', 'dear/gpt-4.1', 'unknown/m']);
    expect((await fresh.ask('cost', { turns: 'a' })).target).toBe('cheap/deepseek-chat');
    fresh.at('cheap').script(spent());
    expect((await fresh.ask('cost', { turns: 'b' })).target).toBe('dear/gpt-4.1-mini');
    expect((await fresh.ask('cost', { turns: 'c' })).target).toBe('dear/gpt-4.1-mini');
    expect((await fresh.ask('free-too')).target).toBe('plan/x');
    await fresh.close();
  });
});

describe('latency', () => {
  it('measures each once, then prefers the fastest', async () => {
    const fresh = await crewOf(
      ['one', 'two', 'three'].map((name) => ({ name })),
      { combos: [{ name: 'latency', strategy: 'latency', targets: ['one/m', 'two/m', 'three/m'] }] },
    );
    const asked = async (turns: string) => (await fresh.ask('latency', { turns })).account;
    for (const [name, ms] of [
      ['one', 200],
      ['two', 0],
      ['three', 400],
    ] as const) {
      fresh.at(name).script({ ...answerOf(name), before: new Promise((resolve) => setTimeout(resolve, ms)) });
      expect(await asked(`measure ${name}`)).toBe(name);
    }
    expect([await asked('a'), await asked('b'), await asked('c')]).toEqual(['two', 'two', 'two']);
    fresh.at('two').script(spent());
    expect([await asked('d'), await asked('e')]).toEqual(['one', 'one']);
    await fresh.close();
  });
});
