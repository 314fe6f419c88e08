import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Account, mayUse } from '../../src/accounts/account.ts';
import { GatewayError } from '../../src/conversation/error.ts';
import type { ModelInfo } from '../../src/providers/provider.ts';
import { chatModels } from '../../src/routing/auto-models.ts';
import type { Block } from '../../src/routing/block.ts';
import { inability } from '../../src/routing/capability.ts';
import type { Facts, Price } from '../../src/routing/facts.ts';
import { plan } from '../../src/routing/plan.ts';
import { COSTS_NOTHING, expectedCost } from '../../src/routing/strategies/expected-cost.ts';
import type { Target } from '../../src/routing/target.ts';
import { tierRank } from '../../src/routing/tier-rank.ts';
import { account, at, inputFor, orderOf, type World } from './planning.ts';

/** The targets of `auto` and `auto/cheap` in so many words: every model of every account is judged, every time. */
function plainly(name: 'auto' | 'auto/cheap', world: World): { steps: string[]; skipped: string[] } {
  const { directory, needs, facts, settings } = inputFor(name, world);
  const judged = (entry: Account, model: string) => {
    const info = directory.modelsOf(entry).find(({ id }) => id === model);
    const target = { account: entry, model, info } as Target;
    const banned: Block | undefined = settings.rules.blockedProviders.includes(entry.provider.id)
      ? { reason: 'not-allowed', scope: 'provider', detail: '' }
      : undefined;
    const refused: Block | undefined = mayUse(entry, model) ? undefined : { reason: 'not-allowed', scope: 'model', detail: '' };
    const block = banned ?? refused ?? facts.blocked(target, undefined);
    const unable = block ? undefined : inability(info, needs);
    return { target, block, unable, ready: !block && unable === undefined };
  };
  type Judged = ReturnType<typeof judged>;
  const usual = (entry: Account): Judged | undefined => {
    const { preferred } = entry.config.models ?? {};
    const all = [...(preferred === undefined ? [] : [preferred]), ...chatModels(entry, directory)].map((id) => judged(entry, id));
    const end = all.findIndex(({ ready, block }) => ready || (block && block.scope !== 'model'));
    if (end >= 0) return all[end];
    return all.toSorted((a, b) => hindrance(a) - hindrance(b))[0];
  };
  const hindrance = ({ block }: Judged): number => (block ? (block.reason === 'not-allowed' ? 2 : 1) : 0);
  const cheapest = (entry: Account): Judged | undefined => {
    const first = usual(entry);
    if (!first?.ready || COSTS_NOTHING.has(entry.provider.tier)) return first;
    const priced = chatModels(entry, directory)
      .map((id) => judged(entry, id))
      .filter(({ ready }) => ready)
      .map((found) => ({ found, cost: expectedCost(found.target, needs, facts) }))
      .filter(({ cost }) => Number.isFinite(cost));
    return priced.toSorted((a, b) => a.cost - b.cost)[0]?.found ?? first;
  };
  const accounts = directory.accounts.toSorted((a, b) => tierRank(a.provider.tier) - tierRank(b.provider.tier));
  const chosen = accounts.flatMap((entry) => (name === 'auto' ? usual(entry) : cheapest(entry)) ?? []);
  const cost = ({ target }: Judged): number => expectedCost(target, needs, facts);
  const ready = chosen.filter((found) => found.ready);
  // When nothing can be asked but what seems unable, that is asked all the same.
  const asked = ready.length > 0 ? ready : chosen.filter(({ block }) => !block);
  const sorted = name === 'auto' ? asked : asked.toSorted((a, b) => (cost(a) === cost(b) ? 0 : cost(a) - cost(b)));
  return {
    steps: sorted.map(({ target }) => at(target)),
    skipped: chosen
      .filter((found) => !asked.includes(found))
      .map(({ target }) => at(target))
      .sort(),
  };
}

const words = ['gpt', 'mini', 'embed', 'sonnet', 'flash', 'tts', 'v3', 'whisper', 'pro'];
const id = fc
  .tuple(fc.constantFrom('x/', 'y/', ''), fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }), fc.nat(6))
  .map(([vendor, parts, at]) => `${vendor}${parts.join('-')}-${at}`);
const info: fc.Arbitrary<ModelInfo> = fc.record(
  { id, tools: fc.boolean(), vision: fc.boolean(), contextWindow: fc.constantFrom(500, 8000, 128_000) },
  { requiredKeys: ['id'] },
);
const price: fc.Arbitrary<Price | undefined> = fc.option(
  fc.record({ input: fc.constantFrom(0, 0.1, 1, 3), output: fc.constantFrom(0, 0.4, 2, 15) }),
  { nil: undefined },
);
const lists = fc.constantFrom(undefined, ['x/*'], ['*mini*', 'y/*'], ['nothing']);
const accounts = fc.array(
  fc.record({
    provider: fc.constantFrom('openai', 'openai-compatible', 'deepseek', 'groq', 'ollama-local'),
    models: fc.array(info, { maxLength: 30 }),
    preferred: fc.option(id, { nil: undefined }),
    allow: lists,
    deny: lists,
    priority: fc.nat(2),
    block: fc.constantFrom<Block['scope'] | undefined>(undefined, undefined, undefined, 'account', 'provider'),
  }),
  { minLength: 1, maxLength: 4 },
);
const needs = fc.record({ tools: fc.boolean(), vision: fc.boolean(), inputTokens: fc.constantFrom(10, 1000, 50_000, 500_000) });

describe('automatic routing over many models', () => {
  it.each(['auto', 'auto/cheap'] as const)('%s has the order that judging each model every time would have', (name) =>
    fc.assert(
      fc.property(
        accounts,
        needs,
        fc.array(price, { minLength: 5, maxLength: 9 }),
        fc.boolean(),
        fc.boolean(),
        (made, wants, prices, keep, ban) => {
          const facts: Partial<Facts> = {
            price: ({ model }) => prices[hash(model) % prices.length],
            blocked: ({ account: { config }, model }) => {
              const scope = made[Number(config.id.slice(1))]?.block;
              if (scope) return { reason: 'rate', scope, detail: '' };
              return hash(model) % 4 === 0 ? { reason: 'model', scope: 'model', detail: '' } : undefined;
            },
            ...(keep ? { priceList: {} } : {}),
          };
          const world: World = {
            accounts: made.map(({ provider, priority, preferred, allow, deny }, at) =>
              account(`a${at}`, provider, { priority, models: { preferred, allow, deny } }),
            ),
            models: Object.fromEntries(made.map(({ models }, at) => [`a${at}`, models])),
            needs: wants,
            facts,
            blockedProviders: ban ? ['openai'] : [],
          };
          const expected = plainly(name, world);
          const input = inputFor(name, world);
          // Twice: what was kept must not change it.
          for (let i = 0; i < 2; i++) expect(planned(input)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    ),
  );

  it('asks for prices once for a list of models and of prices, and again when one of them is another', () => {
    let asked = 0;
    const count: Facts['price'] = ({ model }) => {
      asked += 1;
      return { input: model.length, output: 1 };
    };
    const world: World = {
      accounts: [account('a')],
      models: { a: Array.from({ length: 6000 }, (_, at) => `model-${at}`) },
      facts: { price: count, priceList: {} },
    };
    const input = inputFor('auto/cheap', world);
    plan(input);
    expect(asked).toBeGreaterThanOrEqual(6000);
    asked = 0;
    plan(input);
    expect(asked).toBeLessThan(10);
    plan({ ...input, facts: { ...input.facts, priceList: {} } });
    expect(asked).toBeGreaterThanOrEqual(6000);
  });
});

function planned(input: Parameters<typeof plan>[0]): ReturnType<typeof plainly> {
  try {
    const { steps, skipped } = plan(input);
    return { steps: orderOf({ steps }), skipped: skipped.map(({ target }) => at(target)).sort() };
  } catch (error) {
    // No account has a model.
    if (error instanceof GatewayError) return { steps: [], skipped: [] };
    throw error;
  }
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 10_007, 7);
}
