import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STRATEGIES, type Strategy } from '../../../src/config/schema.ts';
import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import type { FailureClass } from '../../../src/conversation/error.ts';
import type { HealthEntry } from '../../../src/routing/books.ts';
import type { Outcome } from '../../sdk/neutral.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { type Failing, failuresOf } from './failures.ts';
import { goodReply } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

const CLASSES = ['auth', 'quota', 'billing', 'rate', 'overload', 'capability', 'network', 'empty'] as const satisfies FailureClass[];

/** Two failures of one class, as a rule of two dialects. */
const PAIRS: [Failing, Failing][] = CLASSES.flatMap((kind) => {
  const all = failuresOf(kind);
  return all.map((failing, at): [Failing, Failing] => [failing, all[(at + 1) % all.length] ?? failing]);
});

/** Where a failure of the class is noted in `GET /admin/health`. A single empty answer is not: that happens anywhere. */
const LEAVES: Partial<Record<FailureClass, HealthEntry['scope']>> = {
  auth: 'account',
  quota: 'account',
  billing: 'account',
  rate: 'account',
  overload: 'provider',
  capability: 'model',
  network: 'provider',
};

/** Strategies that come to the sound target last, as the combos below are written: it is the last, and the only one ever measured. */
const SOUND_LAST: ReadonlySet<Strategy> = new Set(['fill-first', 'cost-optimized', 'latency']);

const first = (dialect: ClientDialectId): string => `first-${dialect}`;
const second = (dialect: ClientDialectId): string => `second-${dialect}`;
const comboName = (strategy: Strategy, one: Failing, two: Failing): string => `${strategy}.${one.dialect}.${two.dialect}`;

describe('a failure before the answer has begun', () => {
  let scene: Scene;
  const sound = new Map<string, Outcome>();
  const met = new Map<Strategy, number>();
  beforeAll(async () => {
    const failing = DIALECTS.flatMap((dialect) => [
      { name: first(dialect), dialect },
      { name: second(dialect), dialect },
    ]);
    const combos = STRATEGIES.flatMap((strategy) =>
      DIALECTS.flatMap((one) =>
        DIALECTS.map((two) => ({
          name: `${strategy}.${one}.${two}`,
          strategy,
          targets: [`${first(one)}/m`, `${second(two)}/m`, 'sound/m'],
        })),
      ),
    );
    scene = await sceneWith([...failing, { name: 'sound', dialect: 'anthropic-messages' }], { combos });
    for (const dialect of DIALECTS) {
      for (const stream of [true, false]) {
        scene.at('sound').always(goodReply('anthropic-messages', stream));
        sound.set(`${dialect} ${stream}`, await scene.ask(dialect, 'sound/m', stream));
      }
    }
    await scene.afresh();
  });
  afterEach(() => scene.afresh());
  afterAll(() => scene.close());

  it('has a sound answer to compare with', () => {
    for (const answer of sound.values()) expect(answer).toMatchObject({ ok: true, answer: { usage: { input: expect.any(Number) } } });
  });

  describe.each(STRATEGIES)('%s', (strategy) => {
    describe.each(PAIRS.map(([one, two], at) => [one.class, one.name, two.name, one, two, at] as const))(
      '%s: %s, then %s',
      (kind, _one, _two, one, two, at) => {
        it.each([true, false])('is not seen by the client, streamed: %s', async (stream) => {
          const client = DIALECTS[(at + STRATEGIES.indexOf(strategy) + Number(stream)) % DIALECTS.length] ?? 'gemini';
          scene.at(first(one.dialect)).always(one.reply(stream));
          scene.at(second(two.dialect)).always(two.reply(stream));
          scene.at('sound').always(goodReply('anthropic-messages', stream));
          expect(await scene.ask(client, comboName(strategy, one, two), stream)).toEqual(sound.get(`${client} ${stream}`));

          const record = scene.lastRecord();
          const failed = record.attempts.slice(0, -1);
          const asks = new Map([
            [first(one.dialect), one.asks],
            [second(two.dialect), two.asks],
          ]);
          expect(scene.counts()).toEqual({ ...Object.fromEntries(failed.map(({ account }) => [account, asks.get(account)])), sound: 1 });
          if (SOUND_LAST.has(strategy)) expect(failed.map(({ account }) => account)).toEqual([first(one.dialect), second(two.dialect)]);
          expect(new Set(failed.map((attempt) => attempt.account)).size).toBe(failed.length);
          for (const attempt of failed) {
            expect(attempt).toEqual({
              target: `${attempt.account}/m`,
              account: attempt.account,
              class: kind,
              status: expect.any(Number),
              ms: expect.any(Number),
              startMs: expect.any(Number),
            });
            expect(attempt.status).toBeGreaterThanOrEqual(400);
          }
          expect(record.attempts.at(-1)).toEqual({
            target: 'sound/m',
            account: 'sound',
            ms: expect.any(Number),
            startMs: expect.any(Number),
          });
          expect(record).toMatchObject({
            combo: comboName(strategy, one, two),
            requested: comboName(strategy, one, two),
            target: 'sound/m',
            account: 'sound',
            status: 200,
            streamed: stream,
            skipped: [],
            cancelled: false,
            error: undefined,
            usage: { input: expect.any(Number), output: expect.any(Number) },
          });
          const entries = await scene.health();
          const scope = LEAVES[kind];
          expect(entries.map((entry) => entry.scope)).toEqual(scope ? failed.map(() => scope) : []);
          if (scope && scope !== 'provider')
            expect(entries.map(({ id }) => id).sort()).toEqual(failed.map(({ account }) => account).sort());
          met.set(strategy, (met.get(strategy) ?? 0) + failed.length);
        });
      },
    );

    it('came to failing targets too', () => {
      expect(met.get(strategy)).toBeGreaterThan(PAIRS.length / 2);
    });
  });
});
