import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FailureClass } from '../../../src/conversation/error.ts';
import { ERROR_BODY } from '../../sdk/error-shapes.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { failuresOf } from './failures.ts';
import { goodReply } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

const CLASSES = ['auth', 'quota', 'billing', 'rate', 'overload', 'capability', 'network', 'empty', 'request', 'context', 'policy'] as const;
const THREE = ['one/m', 'two/m', 'three/m'];

describe('what a combo may say for itself', () => {
  let scene: Scene;
  beforeAll(async () => {
    const failing = DIALECTS.map((dialect) => ({ name: `from-${dialect}`, dialect }));
    const plain = ['one', 'two', 'three'].map((name) => ({ name, dialect: 'anthropic-messages' as const }));
    const falling = CLASSES.flatMap((kind) =>
      DIALECTS.flatMap((dialect) => [
        { name: `after-${kind}-${dialect}`, targets: [`from-${dialect}/m`, 'one/m'], fallbackOn: [kind] },
        {
          name: `after-all-but-${kind}-${dialect}`,
          targets: [`from-${dialect}/m`, 'one/m'],
          fallbackOn: CLASSES.filter((other) => other !== kind),
        },
      ]),
    );
    const combos = [
      ...falling,
      { name: 'one-attempt', targets: THREE, maxAttempts: 1 },
      { name: 'two-attempts', targets: THREE, maxAttempts: 2 },
      { name: 'off', targets: THREE, enabled: false },
      { name: 'around-off', targets: ['off', 'three/m'] },
      { name: 'at-home', strategy: 'round-robin', targets: THREE },
      { name: 'restless', strategy: 'round-robin', targets: THREE, affinity: false },
    ];
    scene = await sceneWith([...failing, ...plain], { combos });
  });
  afterEach(() => scene.afresh());
  afterAll(() => scene.close());

  const accounts = (): string[] => scene.lastRecord().attempts.map(({ account }) => account);
  const failureOf = (kind: FailureClass) => {
    const [failing] = failuresOf(kind);
    if (!failing) throw new Error(`nothing of class ${kind}`);
    return failing;
  };

  describe.each(CLASSES)('fallbackOn and %s', (kind) => {
    it.each([true, false])('with it: the next one answers, streamed: %s', async (stream) => {
      const failing = failureOf(kind);
      scene.at(`from-${failing.dialect}`).always(failing.reply(stream));
      scene.at('one').script(goodReply('anthropic-messages', stream));
      expect(await scene.ask('openai-chat', `after-${kind}-${failing.dialect}`, stream)).toMatchObject({ ok: true });
      expect(accounts()).toEqual([`from-${failing.dialect}`, 'one']);
      expect(scene.counts()).toEqual({ [`from-${failing.dialect}`]: failing.asks, one: 1 });
    });

    it.each([true, false])('without it: the failure comes back, and nobody else is asked, streamed: %s', async (stream) => {
      const failing = failureOf(kind);
      scene.at(`from-${failing.dialect}`).always(failing.reply(stream));
      expect(await scene.ask('gemini', `after-all-but-${kind}-${failing.dialect}`, stream)).toMatchObject({ ok: false });
      expect(scene.lastRecord().error).toMatchObject({ class: kind });
      expect(scene.counts()).toEqual({ [`from-${failing.dialect}`]: failing.asks });
    });
  });

  it.each([
    ['one-attempt', ['one']],
    ['two-attempts', ['one', 'two']],
  ])('maxAttempts: %s asks no more than that', async (model, asked) => {
    const overload = failureOf('overload');
    for (const name of ['one', 'two', 'three']) scene.at(name).always(overload.reply(false));
    expect(await scene.ask('anthropic-messages', model, false)).toMatchObject({ ok: false, failure: { status: 529 } });
    expect(accounts()).toEqual(asked);
    expect(scene.counts()).toEqual(Object.fromEntries(asked.map((name) => [name, 1])));
  });

  it.each(DIALECTS)('enabled: false is not found for a client of %s, and nobody is asked', async (client) => {
    const response = await scene.raw(client, { model: 'off', stream: true });
    expect(response.status).toBe(404);
    const body: unknown = await response.json();
    expect(ERROR_BODY[client].safeParse(body)).toMatchObject({ success: true });
    expect(JSON.stringify(body)).toMatch(/off.*disabled/);
    expect(scene.counts()).toEqual({});
    expect(scene.lastRecord()).toMatchObject({ status: 404, attempts: [], error: { code: 'combo_disabled' } });
  });

  it('a disabled combo inside another is passed over', async () => {
    scene.at('three').script(goodReply('anthropic-messages', false));
    expect(await scene.ask('openai-chat', 'around-off', false)).toMatchObject({ ok: true });
    expect(accounts()).toEqual(['three']);
  });

  describe('affinity', () => {
    const turn = async (model: string, session: string): Promise<string> => {
      const response = await scene.raw('openai-chat', { model, stream: false, headers: { 'x-session-id': session } });
      expect(response.status, await response.text()).toBe(200);
      return scene.lastRecord().account ?? '';
    };
    const everywhere = (): void => {
      for (const name of ['one', 'two', 'three']) scene.at(name).always(goodReply('anthropic-messages', false));
    };

    it('on: a conversation stays, others take their turns', async () => {
      everywhere();
      const homes = [await turn('at-home', 'a'), await turn('at-home', 'b'), await turn('at-home', 'c')];
      expect([...homes].sort()).toEqual(['one', 'three', 'two']);
      for (const _again of [1, 2])
        expect([await turn('at-home', 'a'), await turn('at-home', 'b'), await turn('at-home', 'c')]).toEqual(homes);
    });

    it('a refusal moves it for good, a stumble only for that request', async () => {
      everywhere();
      const home = await turn('at-home', 'stumbling');
      scene.at(home).script(failureOf('overload').reply(false));
      expect(await turn('at-home', 'stumbling')).not.toBe(home);
      expect(await turn('at-home', 'stumbling')).toBe(home);
      scene.at(home).script(failureOf('billing').reply(false));
      const next = await turn('at-home', 'stumbling');
      expect(next).not.toBe(home);
      await scene.gateway.resetHealth();
      expect(await turn('at-home', 'stumbling')).toBe(next);
    });

    it('off: the same conversation takes turns', async () => {
      everywhere();
      const turns = [];
      for (let at = 0; at < 6; at += 1) turns.push(await turn('restless', 'a'));
      expect(turns.slice(0, 3).sort()).toEqual(['one', 'three', 'two']);
      expect(scene.counts()).toEqual({ one: 2, two: 2, three: 2 });
    });
  });
});
