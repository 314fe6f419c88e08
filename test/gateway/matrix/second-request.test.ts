import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Block } from '../../../src/routing/block.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { type Failing, failuresOf } from './failures.ts';
import { goodReply } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

/** What a failure leaves behind for the requests after it. */
interface Aftermath {
  reason: Block['reason'];
  scope: Block['scope'];
  /** It ends by itself. */
  ends: boolean;
}

const AFTERMATH: [Failing['class'], Aftermath][] = [
  ['auth', { reason: 'auth', scope: 'account', ends: false }],
  ['quota', { reason: 'quota', scope: 'account', ends: true }],
  ['billing', { reason: 'billing', scope: 'account', ends: true }],
  ['rate', { reason: 'rate', scope: 'account', ends: true }],
  ['capability', { reason: 'model', scope: 'model', ends: true }],
];

/** Two models of one account, then another account of the same provider, then one of another provider. */
const targets = (dialect: string): string[] => [`one-${dialect}/m`, `one-${dialect}/other`, `two-${dialect}/m`, 'sound/m'];

describe('the request after one that failed', () => {
  let scene: Scene;
  beforeAll(async () => {
    const members = DIALECTS.flatMap((dialect) => [
      { name: `one-${dialect}`, dialect },
      { name: `two-${dialect}`, dialect, at: `one-${dialect}` },
    ]);
    const combos = DIALECTS.map((dialect) => ({ name: `work-${dialect}`, targets: targets(dialect), affinity: false }));
    const settings = { health: { breakerFailures: 6 } };
    scene = await sceneWith([...members, { name: 'sound', dialect: 'anthropic-messages' }], { combos, settings });
  });
  afterEach(() => scene.afresh());
  afterAll(() => scene.close());

  const attempted = (): string[] => scene.lastRecord().attempts.map(({ target, class: kind }) => `${target} ${kind ?? 'ok'}`);

  describe.each(AFTERMATH)('%s', (kind, { reason, scope, ends }) => {
    const cases = failuresOf(kind).flatMap((failing) => [true, false].map((stream) => [failing.name, stream, failing] as const));

    it.each(cases)('%s: is spared what is cooling, and nothing else, streamed: %s', async (_name, stream, failing) => {
      const { dialect } = failing;
      const [first = '', other = '', neighbour = ''] = targets(dialect);
      const provider = scene.at(`one-${dialect}`);
      const before = Date.now();

      provider.script(failing.reply(stream), goodReply(dialect, stream));
      expect(await scene.ask('openai-chat', `work-${dialect}`, stream)).toMatchObject({ ok: true });
      const next = scope === 'account' ? neighbour : other;
      expect(attempted()).toEqual([`${first} ${kind}`, `${next} ok`]);
      expect(scene.counts()).toEqual({ [`one-${dialect}`]: 2 });

      provider.script(goodReply(dialect, stream));
      expect(await scene.ask('gemini', `work-${dialect}`, stream)).toMatchObject({ ok: true });
      expect(attempted()).toEqual([`${next} ok`]);
      expect(scene.counts()).toEqual({ [`one-${dialect}`]: 3 });
      const spared = scope === 'account' ? [first, other] : [first];
      expect(scene.lastRecord().skipped).toEqual(spared.map((target) => ({ target, account: `one-${dialect}`, reason })));

      const explained = await scene.explain(`work-${dialect}`);
      expect(explained.skipped.map(({ target, reason: why, scope: what }) => [target, why, what])).toEqual(
        spared.map((target) => [target, reason, scope]),
      );
      expect(explained.steps.map(({ target }) => target)).toEqual(targets(dialect).filter((target) => !spared.includes(target)));
      for (const { until, detail } of explained.skipped) {
        expect(detail).not.toBe('');
        if (ends) expect(Date.parse(until ?? '')).toBeGreaterThan(before);
        else expect(until).toBeUndefined();
      }
    });
  });

  const HOST = [...failuresOf('overload'), ...failuresOf('network')];

  it.each(HOST.map((failing) => [failing.name, failing] as const))(
    '%s: counts for the host alone, and spares it when it goes on',
    async (_name, failing) => {
      const { dialect } = failing;
      const [first, other, neighbour] = targets(dialect);
      scene.at(`one-${dialect}`).always(failing.reply(true));
      scene.at('sound').always(goodReply('anthropic-messages', true));
      const failed = [first, other, neighbour].map((target) => `${target} ${failing.class}`);
      for (const round of [1, 2]) {
        expect(await scene.ask('anthropic-messages', `work-${dialect}`, true)).toMatchObject({ ok: true });
        expect(attempted()).toEqual([...failed, 'sound/m ok']);
        expect(scene.counts()).toEqual({ [`one-${dialect}`]: 3 * failing.asks * round, sound: round });
        expect(await scene.health()).toMatchObject([{ scope: 'provider', failures: 3 * round, state: round === 1 ? 'closed' : 'open' }]);
      }
      expect(await scene.ask('openai-responses', `work-${dialect}`, true)).toMatchObject({ ok: true });
      expect(attempted()).toEqual(['sound/m ok']);
      expect(scene.counts()).toEqual({ [`one-${dialect}`]: 6 * failing.asks, sound: 3 });
      expect(scene.lastRecord().skipped.map(({ target, reason }) => `${target} ${reason}`)).toEqual(
        [first, other, neighbour].map((target) => `${target} breaker`),
      );
      expect((await scene.explain(`work-${dialect}`)).skipped.every(({ scope }) => scope === 'provider')).toBe(true);
    },
  );

  it('asks a signed-out account again when the user says so', async () => {
    const [failing] = failuresOf('auth');
    if (!failing) throw new Error('no refusal recorded');
    const { dialect } = failing;
    scene.at(`one-${dialect}`).script(failing.reply(false), goodReply(dialect, false), goodReply(dialect, false));
    await scene.ask('openai-chat', `work-${dialect}`, false);
    const body = JSON.stringify({ account: `one-${dialect}` });
    expect(await scene.admin('/health/reset', { method: 'POST', body })).toEqual({ reset: 1 });
    await scene.ask('openai-chat', `work-${dialect}`, false);
    expect(attempted()).toEqual([`one-${dialect}/m ok`]);
  });

  it('leaves a model alone after three empty answers in a row', async () => {
    const [failing] = failuresOf('empty');
    if (!failing) throw new Error('no empty answer');
    const { dialect } = failing;
    scene.at('sound').always(goodReply('anthropic-messages', false));
    for (let round = 0; round < 3; round += 1) {
      scene.at(`one-${dialect}`).script(failing.reply(false), goodReply(dialect, false));
      await scene.ask('openai-chat', `work-${dialect}`, false);
      expect(attempted()).toEqual([`one-${dialect}/m empty`, `one-${dialect}/other ok`]);
    }
    scene.at(`one-${dialect}`).script(goodReply(dialect, false));
    await scene.ask('openai-chat', `work-${dialect}`, false);
    expect(attempted()).toEqual([`one-${dialect}/other ok`]);
    expect(scene.lastRecord().skipped).toEqual([{ target: `one-${dialect}/m`, account: `one-${dialect}`, reason: 'model' }]);
  });
});
