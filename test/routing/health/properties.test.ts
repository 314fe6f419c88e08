import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAILURE_CLASSES, type FailureClass } from '../../../src/conversation/error.ts';
import { failure, HOUR, MINUTE, World } from './world.ts';

/** `openai` twice, so that two accounts share a breaker; `gemini` counts limits per model. */
const ACCOUNTS = { a: 'openai', b: 'openai', g: 'gemini' } as const;
type Id = keyof typeof ACCOUNTS;

type Step =
  | { do: 'pass'; ms: number }
  | { do: 'admit'; id: Id; model: string; lastResort: boolean }
  | { do: 'succeed' | 'abandon'; id: Id; model: string }
  | { do: 'fail'; id: Id; model: string; kind: FailureClass; status?: number; code?: string; retryAfterMs?: number }
  | { do: 'restart' };

const id = fc.constantFrom<Id>('a', 'b', 'g');
const model = fc.constantFrom('m', 'n');
const whom = { id, model };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.oneof(fc.nat(30_000), fc.nat(6 * HOUR)) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('admit' as const), ...whom, lastResort: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('succeed' as const, 'abandon' as const), ...whom }) },
  {
    weight: 6,
    arbitrary: fc.record(
      {
        do: fc.constant('fail' as const),
        ...whom,
        kind: fc.oneof(fc.constantFrom<FailureClass>('network', 'overload'), fc.constantFrom(...FAILURE_CLASSES)),
        status: fc.constantFrom(200, 400, 404, 429, 500, 503, 504),
        code: fc.constantFrom('model_not_found', 'connect_timeout', 'insufficient_quota', 'account_parameter'),
        retryAfterMs: fc.oneof(fc.integer({ min: -5, max: 2 * HOUR }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1e300)),
      },
      { requiredKeys: ['do', 'id', 'model', 'kind'] },
    ),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

function newWorld(): World {
  const world = new World();
  for (const [name, provider] of Object.entries(ACCOUNTS)) world.account(name, provider);
  return world;
}

function take(world: World, action: Step): boolean | undefined {
  switch (action.do) {
    case 'pass':
      world.pass(action.ms);
      return undefined;
    case 'restart':
      world.restart();
      return undefined;
    case 'admit':
      return world.health.admit(world.target(action.id, action.model), action.lastResort);
    case 'succeed':
      world.health.succeeded(world.target(action.id, action.model), 100);
      return undefined;
    case 'abandon':
      world.health.abandoned(world.target(action.id, action.model));
      return undefined;
    case 'fail': {
      const { kind, status, code, retryAfterMs } = action;
      world.health.failed(world.target(action.id, action.model), failure(kind, { status, code, retryAfterMs }));
      return undefined;
    }
  }
}

const targets = (world: World) => Object.keys(ACCOUNTS).flatMap((name) => ['m', 'n'].map((modelId) => world.target(name, modelId)));

describe('whatever happens', () => {
  it('nothing is blocked beyond the time it names, nor by what is over', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const world = newWorld();
        for (const action of steps) take(world, action);
        for (const target of targets(world)) {
          const block = world.health.blocked(target);
          if (block?.until === undefined) {
            expect(block?.reason ?? 'auth').toBe('auth');
            continue;
          }
          expect(block.until).toBeGreaterThan(world.now);
          const { now } = world;
          world.now = block.until;
          // A probe under way frees its place within 2 minutes; nobody tells of it here.
          if (world.health.blocked(target)?.reason === 'breaker') world.pass(2 * MINUTE);
          expect(world.health.blocked(target)).toBeUndefined();
          world.now = now;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('requests that were wrong, too long, forbidden, cancelled or our fault change nothing', () => {
    const innocent = fc.constantFrom<FailureClass>('request', 'context', 'policy', 'cancelled', 'internal');
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        innocent,
        id,
        model,
        fc.constantFrom(400, 404, 429, 500),
        (steps, kind, who, what, status) => {
          const world = newWorld();
          for (const action of steps) take(world, action);
          const before = { list: world.health.list(), saved: world.health.toJSON(), changes: world.changes };
          world.health.failed(world.target(who, what), failure(kind, { status, code: 'model_not_found', retryAfterMs: 1000 }));
          expect({ list: world.health.list(), saved: world.health.toJSON(), changes: world.changes }).toEqual(before);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a breaker that is not closed has one attempt under way at most', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const world = newWorld();
        let probe: { pair: string; since: number } | undefined;
        for (const action of steps) {
          const closed = !world.health.list().some((entry) => entry.id === 'openai' && entry.state !== 'closed');
          const admitted = take(world, action);
          if (action.do === 'restart') probe = undefined;
          if (!('id' in action) || action.id === 'g') continue;
          const pair = `${action.id}/${action.model}`;
          if (action.do === 'succeed') probe = undefined;
          if (action.do !== 'admit' && probe?.pair === pair) probe = undefined;
          if (admitted && !closed) {
            if (probe) expect(world.now - probe.since).toBeGreaterThanOrEqual(2 * MINUTE);
            probe = { pair, since: world.now };
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('what is not blocked is admitted, and what is blocked is not', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), id, model, (steps, who, what) => {
        const world = newWorld();
        for (const action of steps) take(world, action);
        const target = world.target(who, what);
        const isFree = world.health.blocked(target) === undefined;
        expect(world.health.admit(target, false)).toBe(isFree);
      }),
      { numRuns: 300 },
    );
  });

  it('an entry of the list can be shown: its block ends in the future and has a sentence', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const world = newWorld();
        for (const action of steps) take(world, action);
        for (const { block, scope } of world.health.list()) {
          if (scope !== 'provider') expect(block).toBeDefined();
          if (block) expect(block.detail).not.toMatch(/NaN|undefined|Infinity|-\d/);
        }
        world.restart();
        expect(world.health.reset()).toBeGreaterThanOrEqual(0);
        expect(world.health.list()).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
