import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STRATEGIES } from '../../../src/config/schema.ts';
import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import { ERROR_BODY, ERROR_CLASS } from '../../sdk/error-shapes.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { type Failing, failuresOf } from './failures.ts';
import { type Scene, sceneWith } from './scene.ts';

const FINAL: Failing[] = (['request', 'context', 'policy'] as const).flatMap(failuresOf);
const member = (dialect: ClientDialectId, at: number): string => `${dialect}-${at}`;

/** Nobody else would mend these, or may: they come back to the client whatever the strategy, and count against nobody. */
describe.each(STRATEGIES)('%s', (strategy) => {
  let scene: Scene;
  beforeAll(async () => {
    const members = DIALECTS.flatMap((dialect) => [0, 1, 2].map((at) => ({ name: member(dialect, at), dialect })));
    const combos = DIALECTS.map((dialect) => ({
      name: `three-${dialect}`,
      strategy,
      targets: [0, 1, 2].map((at) => `${member(dialect, at)}/m`),
    }));
    scene = await sceneWith(members, { combos, settings: { routing: { retries: 2, backoffMs: 1 } } });
  });
  afterEach(() => scene.afresh());
  afterAll(() => scene.close());

  describe.each(FINAL.map((failing) => [failing.class, failing.name, failing] as const))('%s: %s', (kind, _name, failing) => {
    const model = `three-${failing.dialect}`;
    const everywhere = (stream: boolean): void => {
      for (const at of [0, 1, 2]) scene.at(member(failing.dialect, at)).always(failing.reply(stream));
    };

    it.each(DIALECTS)('comes back to a client of %s, and nobody else is asked', async (client) => {
      for (const stream of [true, false]) {
        everywhere(stream);
        const got = await scene.ask(client, model, stream);
        expect(got).toMatchObject({ ok: false, failure: { status: 400, error: expect.any(ERROR_CLASS[client]) } });
        const record = scene.lastRecord();
        const [asked] = Object.keys(scene.counts());
        expect(scene.counts()).toEqual({ [asked ?? '']: 1 });
        expect(record.attempts).toEqual([
          { target: `${asked}/m`, account: asked, class: kind, status: 400, ms: expect.any(Number), startMs: expect.any(Number) },
        ]);
        expect(record).toMatchObject({ status: 400, target: `${asked}/m`, account: asked, error: { class: kind }, usage: undefined });
        expect(await scene.health()).toEqual([]);
        await scene.afresh();
      }
    });

    it('has the shape of the client’s dialect', async () => {
      everywhere(true);
      for (const client of DIALECTS) {
        const response = await scene.raw(client, { model, stream: true });
        expect(response.headers.get('retry-after')).toBeNull();
        const body: unknown = await response.json();
        expect(ERROR_BODY[client].safeParse(body), `${client}: ${JSON.stringify(body)}`).toMatchObject({ success: true });
      }
    });
  });
});
