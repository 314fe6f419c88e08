import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DIALECTS } from '../../sdk/target.ts';
import { faults } from '../../upstream/reply.ts';
import { eventsReply, failuresOf } from './failures.ts';
import { beginningOf } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

/** Who leaves is nobody's failure: nobody else is asked for him, and nothing is noted against anybody. */
describe('a client that leaves', () => {
  let scene: Scene;
  beforeAll(async () => {
    const members = DIALECTS.flatMap((dialect) => ['failing', 'silent', 'spare'].map((role) => ({ name: `${role}-${dialect}`, dialect })));
    const combos = DIALECTS.map((dialect) => ({
      name: `work-${dialect}`,
      targets: ['failing', 'silent', 'spare'].map((role) => `${role}-${dialect}/m`),
      affinity: false,
    }));
    scene = await sceneWith(members, { combos, settings: { routing: { retries: 2 } } });
  });
  afterEach(() => scene.afresh());
  afterAll(() => scene.close());

  describe.each(DIALECTS)('%s', (dialect) => {
    const [failing, silent] = [`failing-${dialect}`, `silent-${dialect}`];
    const leaveOnce = async (stream: boolean, arrived: () => Promise<unknown>): Promise<void> => {
      const leaving = new AbortController();
      const asked = scene.raw(dialect, { model: `work-${dialect}`, stream, signal: leaving.signal }).then((response) => response.text());
      asked.catch(() => {});
      await arrived();
      leaving.abort();
      await expect(asked).rejects.toThrow();
      expect(await scene.at(silent).seen[0]?.aborted).toBeGreaterThan(0);
      await vi.waitUntil(() => scene.gateway.lastRecord()?.requested === `work-${dialect}` && scene.lastRecord().cancelled);
    };

    it.each([true, false])('while the second is silent: the third is not asked, streamed: %s', async (stream) => {
      const fault =
        failuresOf('overload').find((each) => each.dialect === dialect) ?? failuresOf('network').find((each) => each.dialect === dialect);
      if (!fault) throw new Error(`no failure of ${dialect}`);
      scene.at(failing).always(fault.reply(stream));
      scene.at(silent).script(faults.hangBeforeHeaders());
      const before = (await scene.records()).length;
      await leaveOnce(stream, () => scene.at(silent).next());
      expect(scene.counts()).toEqual({ [failing]: fault.asks, [silent]: 1 });
      const records = await scene.records();
      expect(records).toHaveLength(before + 1);
      expect(records.at(-1)).toMatchObject({
        cancelled: true,
        attempts: [
          { account: failing, class: fault.class },
          { account: silent, class: 'cancelled' },
        ],
      });
      // What the first one did is noted; the second did nothing wrong.
      expect((await scene.health()).map(({ failures }) => failures)).toEqual([1]);
    });

    it('in the middle of an answer: it is ended at the provider, and nothing is noted', async () => {
      scene.at(failing).script(eventsReply('half an answer', beginningOf(dialect), 'hang'));
      const leaving = new AbortController();
      const response = await scene.raw(dialect, { model: `work-${dialect}`, stream: true, signal: leaving.signal });
      expect((await response.body?.getReader().read())?.value?.length).toBeGreaterThan(0);
      leaving.abort();
      expect(await scene.at(failing).seen[0]?.aborted).toBeGreaterThan(0);
      await vi.waitUntil(() => scene.gateway.lastRecord()?.status === 200);
      expect(scene.counts()).toEqual({ [failing]: 1 });
      expect(scene.lastRecord()).toMatchObject({ cancelled: true, target: `${failing}/m`, attempts: [{ account: failing }] });
      expect(await scene.health()).toEqual([]);
    });
  });
});
