import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STRATEGIES } from '../../../src/config/schema.ts';
import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { faults, type Reply, recordedText } from '../../upstream/reply.ts';
import { eventsReply } from './failures.ts';
import { beginningOf, goodRecording, goodReply } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

/** Providers that fall silent before their answer has begun. */
const SILENT: [string, (dialect: ClientDialectId, stream: boolean) => Reply][] = [
  ['before the headers', () => faults.hangBeforeHeaders()],
  ['after the headers', (_dialect, stream) => faults.hangAfterHeaders(stream ? 'text/event-stream' : 'application/json')],
  ['inside the first event', (dialect) => eventsReply('half an event', [recordedText(goodRecording(dialect, true)).slice(0, 20)], 'hang')],
  ['after a ping', () => eventsReply('a ping', [': ping\n\n'], 'hang')],
  // Only a client that gets the answer whole is spared this one: a streaming client has its text by then.
  ['in the middle of the text', (dialect) => eventsReply('half', beginningOf(dialect), 'hang')],
];

describe('a provider that falls silent', () => {
  let scene: Scene;
  beforeAll(async () => {
    const members = SILENT.map((_silent, at) => ({ name: `silent-${at}`, dialect: DIALECTS[at % 4] ?? 'gemini' }));
    const combos = members.flatMap(({ name }) =>
      STRATEGIES.map((strategy) => ({ name: `${strategy}-${name}`, strategy, targets: [`${name}/m`, 'sound/m'], affinity: false })),
    );
    const settings = { timeouts: { firstByteMs: 500, idleMs: 500 }, routing: { retries: 2 }, health: { breakerFailures: 1000 } };
    scene = await sceneWith([...members, { name: 'sound', dialect: 'anthropic-messages' }], { combos, settings });
  });
  afterEach(() => scene.afresh());
  afterAll(() => scene.close());

  it.each([true, false])('is given up after its time and the next one answers, under every strategy, streamed: %s', async (stream) => {
    const cases = stream ? SILENT.slice(0, -1) : SILENT;
    for (const [at, [, reply]] of cases.entries()) scene.at(`silent-${at}`).always(reply(DIALECTS[at % 4] ?? 'gemini', stream));
    scene.at('sound').always(goodReply('anthropic-messages', stream));
    const asks = STRATEGIES.flatMap((strategy) =>
      cases.map((_case, at) => ({ model: `${strategy}-silent-${at}`, client: DIALECTS[(at + 1) % 4] ?? 'gemini' })),
    );
    const before = (await scene.records()).length;
    const got = await Promise.all(asks.map(({ client, model }) => scene.ask(client, model, stream)));
    for (const [at, each] of got.entries()) expect(each.ok, `${asks[at]?.model}: ${JSON.stringify(each)}`).toBe(true);

    const records = (await scene.records()).slice(before);
    expect(records).toHaveLength(asks.length);
    const failed = records.flatMap(({ attempts }) => attempts.filter(({ account }) => account !== 'sound'));
    for (const attempt of failed) expect(attempt).toMatchObject({ class: 'network', status: 504 });
    // Once each, and never again within the request.
    for (const { attempts } of records) expect(attempts.length).toBeLessThanOrEqual(2);
    const { sound, ...silent } = scene.counts();
    expect(sound).toBe(asks.length);
    expect(Object.values(silent).reduce((a, b) => a + b, 0)).toBe(failed.length);
    expect(failed.length).toBeGreaterThan(asks.length / 4);
    for (const [at] of cases.entries()) for (const seen of scene.at(`silent-${at}`).seen) expect(await seen.aborted).toBeGreaterThan(0);
  });
});
