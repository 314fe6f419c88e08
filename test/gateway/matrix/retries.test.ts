import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FailureClass } from '../../../src/conversation/error.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { faults, type Reply } from '../../upstream/reply.ts';
import { type Failing, failuresOf } from './failures.ts';
import { goodReply } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

const AGAIN: Failing[] = (['overload', 'network', 'empty'] as const).flatMap(failuresOf);
const ONCE: Failing[] = (['auth', 'quota', 'billing', 'rate', 'capability', 'request', 'context', 'policy'] as const).flatMap(failuresOf);

/** With the gateway's own number of retries. */
describe('asking the same target again', () => {
  let scene: Scene;
  beforeAll(async () => {
    const members = DIALECTS.flatMap((dialect) => [
      { name: dialect, dialect },
      { name: `two-${dialect}`, dialect },
    ]);
    const both = DIALECTS.map((dialect) => [`${dialect}/m`, `two-${dialect}/m`]);
    const combos = DIALECTS.flatMap((dialect, at) => [
      { name: `pair-${dialect}`, targets: both[at], affinity: false },
      { name: `three-${dialect}`, targets: both[at], affinity: false, maxAttempts: 3 },
    ]);
    const settings = {
      routing: { backoffMs: 1, maxBackoffMs: 4 },
      health: { breakerFailures: 1000 },
      timeouts: { firstByteMs: 400, idleMs: 400 },
    };
    scene = await sceneWith(members, { combos, settings });
  });
  afterEach(() => scene.afresh());
  afterAll(() => scene.close());

  const classes = (): (FailureClass | 'ok')[] => scene.lastRecord().attempts.map((attempt) => attempt.class ?? 'ok');
  const times = (reply: Reply, count: number): Reply[] => Array.from({ length: count }, () => reply);

  describe.each(AGAIN.map((failing, at) => [failing.name, failing, DIALECTS[at % 4] ?? 'gemini'] as const))(
    '%s',
    (_name, failing, client) => {
      const { dialect, asks, class: kind } = failing;

      it.each([true, false])('is asked twice more when nobody else is there, streamed: %s', async (stream) => {
        scene.at(dialect).script(...times(failing.reply(stream), 3 * asks));
        expect(await scene.ask(client, `${dialect}/m`, stream)).toMatchObject({ ok: false });
        expect(classes()).toEqual([kind, kind, kind]);
        expect(scene.counts()).toEqual({ [dialect]: 3 * asks });
      });

      it.each([true, false])('is answered by the first try that succeeds, streamed: %s', async (stream) => {
        scene.at(dialect).script(...times(failing.reply(stream), 2 * asks), goodReply(dialect, stream));
        expect(await scene.ask(client, `${dialect}/m`, stream)).toMatchObject({ ok: true });
        expect(classes()).toEqual([kind, kind, 'ok']);
        expect(scene.lastRecord()).toMatchObject({ status: 200, error: undefined, account: dialect });
      });

      it('comes again only after the others had their turn', async () => {
        scene.at(dialect).script(...times(failing.reply(true), 3 * asks));
        scene.at(`two-${dialect}`).script(...times(failing.reply(true), 3 * asks));
        expect(await scene.ask(client, `pair-${dialect}`, true)).toMatchObject({ ok: false });
        const [one, two] = [dialect, `two-${dialect}`];
        expect(scene.lastRecord().attempts.map(({ account }) => account)).toEqual([one, two, one, two, one, two]);
      });

      it('is bound by the combo’s own number of attempts', async () => {
        scene.at(dialect).script(...times(failing.reply(true), 2 * asks));
        scene.at(`two-${dialect}`).script(...times(failing.reply(true), asks));
        expect(await scene.ask(client, `three-${dialect}`, true)).toMatchObject({ ok: false });
        expect(scene.lastRecord().attempts.map(({ account }) => account)).toEqual([dialect, `two-${dialect}`, dialect]);
      });
    },
  );

  it.each(ONCE.map((failing) => [failing.class, failing.name, failing] as const))('%s is asked once: %s', async (kind, _name, failing) => {
    for (const stream of [true, false]) {
      scene.at(failing.dialect).script(failing.reply(stream));
      expect(await scene.ask('openai-chat', `${failing.dialect}/m`, stream)).toMatchObject({ ok: false });
      expect(classes()).toEqual([kind]);
      await scene.afresh();
    }
  });

  it.each([
    ['before the headers', faults.hangBeforeHeaders()],
    ['after the headers', faults.hangAfterHeaders()],
  ] as const)('a wait %s that was had is not had again', async (_name, reply) => {
    scene.at('gemini').script(reply);
    expect(await scene.ask('anthropic-messages', 'gemini/m', true)).toMatchObject({ ok: false, failure: { status: 504 } });
    expect(classes()).toEqual(['network']);
    expect(scene.counts()).toEqual({ gemini: 1 });
  });
});

describe('the pause before asking again', () => {
  it('grows, and is left out where it would outlast the deadline', async () => {
    const combos = [{ name: 'hasty', targets: ['one/m'], deadlineMs: 20 }];
    const routing = { retries: 2, backoffMs: 400, maxBackoffMs: 800 };
    const scene = await sceneWith([{ name: 'one', dialect: 'anthropic-messages' }], { combos, settings: { routing } });
    const [overload] = failuresOf('overload');
    if (!overload) throw new Error('no overload recorded');
    scene.at('one').always(overload.reply(false));
    await scene.ask('anthropic-messages', 'one/m', false);
    expect(scene.counts()).toEqual({ one: 3 });
    // A tenth of each ceiling at least: 40 ms and 80 ms; a timer may come a millisecond early.
    expect(scene.lastRecord().totalMs).toBeGreaterThanOrEqual(118);
    await scene.ask('anthropic-messages', 'hasty', false);
    expect(scene.lastRecord().attempts).toHaveLength(1);
    expect(scene.lastRecord().error).toMatchObject({ class: 'overload' });
    await scene.close();
  });
});
