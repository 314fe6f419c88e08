import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STRATEGIES } from '../../../src/config/schema.ts';
import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import { ERROR_CLASS } from '../../sdk/error-shapes.ts';
import { FailedAnswer } from '../../sdk/neutral.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { bytePieces } from '../../upstream/bytes.ts';
import { faults, type Reply } from '../../upstream/reply.ts';
import { beginningOf, goodReply } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

const DEADLINE_MS = 1000;
/** What a busy machine may add. */
const SLACK_MS = 3000;

const PING: Record<ClientDialectId, string> = {
  'openai-chat': ': keep-alive\n\n',
  'openai-responses': ': keep-alive\n\n',
  'anthropic-messages': 'event: ping\ndata: {"type":"ping"}\n\n',
  gemini: '\r\n',
};

/** Providers that take their time without ever saying anything: silent ones, and those that always send a little more. */
const SLOW: [string, (dialect: ClientDialectId, stream: boolean) => Reply][] = [
  ['silence before the headers', () => faults.hangBeforeHeaders()],
  ['silence after the headers', (_dialect, stream) => faults.hangAfterHeaders(typeOf(stream))],
  ['pings for ever', (dialect, stream) => faults.slowLoris([PING[dialect]], 15, '', typeOf(stream))],
  ['comments for ever', (_dialect, stream) => faults.slowLoris([': still there\n\n'], 15, '', typeOf(stream))],
  ['half an event for ever', (_dialect, stream) => faults.slowLoris(['{"never":"ends",'], 15, 'data: ', typeOf(stream))],
  ['one byte at a time', (_dialect, stream) => faults.slowLoris(bytePieces(stream ? ': x\n' : ' '), 15, '', typeOf(stream))],
];
/** Each with a provider of its own, so that all can be asked at the same time. */
const CASES = SLOW.map(([name, reply], at) => ({
  name,
  reply,
  member: `slow-${at}`,
  dialect: DIALECTS[at % 4] ?? 'gemini',
  client: DIALECTS[(at + 1) % 4] ?? 'gemini',
}));

/** The user waits for the beginning of an answer at most as long as the combo says, whatever its providers do. */
describe('a combo’s deadline', () => {
  let scene: Scene;
  beforeAll(async () => {
    const combos = CASES.flatMap(({ member }) => [
      { name: `alone-${member}`, targets: [`${member}/m`], deadlineMs: DEADLINE_MS },
      { name: `pair-${member}`, targets: [`${member}/m`, 'sound/m'], deadlineMs: DEADLINE_MS },
      ...STRATEGIES.map((strategy) => ({
        name: `${strategy}-${member}`,
        strategy,
        targets: [`${member}/m`, 'sound/m'],
        deadlineMs: 2 * DEADLINE_MS,
        affinity: false,
      })),
    ]);
    const members = CASES.map(({ member, dialect }) => ({ name: member, dialect }));
    const settings = { routing: { retries: 2 }, health: { breakerFailures: 1000 } };
    scene = await sceneWith([...members, { name: 'sound', dialect: 'anthropic-messages' }], { combos, settings });
  });
  afterEach(() => scene.afresh());
  afterAll(() => scene.close());

  const timed = async (client: ClientDialectId, model: string, stream: boolean) => {
    const began = performance.now();
    const got = await scene.ask(client, model, stream);
    const record = (await scene.records()).findLast(({ requested }) => requested === model);
    return { got, took: performance.now() - began, record };
  };

  it.each([true, false])('leaves the next one time to answer, streamed: %s', async (stream) => {
    for (const { member, dialect, reply } of CASES) scene.at(member).script(reply(dialect, stream));
    scene.at('sound').always(goodReply('anthropic-messages', stream));
    const all = await Promise.all(CASES.map(async ({ member, client }) => await timed(client, `pair-${member}`, stream)));
    for (const [at, { got, took, record }] of all.entries()) {
      const { name, member } = CASES[at] ?? {};
      expect(got.ok, `${name}: ${JSON.stringify(got)}`).toBe(true);
      expect(took, name).toBeLessThan(DEADLINE_MS + SLACK_MS);
      expect(record?.attempts, name).toMatchObject([{ account: member, class: 'network', status: 504 }, { account: 'sound' }]);
      expect(record?.attempts[0]?.ms, name).toBeGreaterThanOrEqual(DEADLINE_MS / 2 - 5);
    }
    expect(scene.counts()).toEqual({ ...Object.fromEntries(CASES.map(({ member }) => [member, 1])), sound: CASES.length });
    // Nothing runs on behind the client's back.
    for (const { member } of CASES) expect(await scene.at(member).seen[0]?.aborted).toBeGreaterThan(0);
  });

  it.each([true, false])('is an error in time when nobody else is there, streamed: %s', async (stream) => {
    for (const { member, dialect, reply } of CASES) scene.at(member).script(reply(dialect, stream));
    const all = await Promise.all(CASES.map(async ({ member, client }) => await timed(client, `alone-${member}`, stream)));
    for (const [at, { got, took, record }] of all.entries()) {
      const { name, client = 'gemini' } = CASES[at] ?? {};
      expect(took, name).toBeGreaterThanOrEqual(DEADLINE_MS - 5);
      expect(took, name).toBeLessThan(DEADLINE_MS + SLACK_MS);
      expect(got, name).toMatchObject({ ok: false, failure: { status: 504, error: expect.any(ERROR_CLASS[client]) } });
      expect(record, name).toMatchObject({ status: 504, error: { class: 'network', code: 'deadline' } });
    }
    expect(scene.counts()).toEqual(Object.fromEntries(CASES.map(({ member }) => [member, 1])));
    for (const { member } of CASES) expect(await scene.at(member).seen[0]?.aborted).toBeGreaterThan(0);
  });

  it('holds under every strategy', async () => {
    for (const { member, dialect, reply } of CASES) scene.at(member).always(reply(dialect, true));
    scene.at('sound').always(goodReply('anthropic-messages', true));
    const models = STRATEGIES.flatMap((strategy) => CASES.map(({ member, client }) => ({ client, model: `${strategy}-${member}` })));
    const all = await Promise.all(models.map(async ({ client, model }) => await timed(client, model, true)));
    for (const { got, took } of all) {
      expect(got.ok, JSON.stringify(got)).toBe(true);
      expect(took).toBeLessThan(2 * DEADLINE_MS + SLACK_MS);
    }
    const slow = all.flatMap(({ record }) => record?.attempts.filter(({ account }) => account !== 'sound') ?? []);
    const { sound, ...others } = scene.counts();
    expect(sound).toBe(models.length);
    expect(Object.values(others).reduce((a, b) => a + b, 0)).toBe(slow.length);
    expect(slow.length).toBeGreaterThan(models.length / 2);
  });
});

describe('the deadline of the whole request', () => {
  let scene: Scene;
  beforeAll(async () => {
    const members = DIALECTS.map((dialect) => ({ name: dialect, dialect }));
    const combos = DIALECTS.map((dialect) => ({ name: `combo-${dialect}`, targets: [`${dialect}/m`], deadlineMs: DEADLINE_MS / 2 }));
    scene = await sceneWith(members, { combos, settings: { timeouts: { totalMs: DEADLINE_MS } } });
  });
  afterAll(() => scene.close());

  it.each(DIALECTS)('ends an answer of %s that began and only drips, with an error the client sees', async (dialect) => {
    const client = DIALECTS[(DIALECTS.indexOf(dialect) + 2) % 4] ?? 'gemini';
    scene.at(dialect).script(faults.slowLoris([PING[dialect]], 15, beginningOf(dialect).join('')));
    const began = performance.now();
    const got = await scene.ask(client, `combo-${dialect}`, true);
    const took = performance.now() - began;
    // The combo's deadline is over by then: it is for the beginning alone.
    expect(took).toBeGreaterThanOrEqual(DEADLINE_MS - 5);
    expect(took).toBeLessThan(DEADLINE_MS + SLACK_MS);
    if (got.ok) expect.fail('the client got a clean answer');
    expect(got.failure.error instanceof ERROR_CLASS[client] || got.failure.error instanceof FailedAnswer, got.failure.name).toBe(true);
    expect(scene.lastRecord()).toMatchObject({
      status: 200,
      error: { class: 'network', code: 'total_timeout' },
      attempts: [{ account: dialect }],
    });
    expect(await scene.at(dialect).seen[0]?.aborted).toBeGreaterThan(0);
  });
});

function typeOf(stream: boolean): string {
  return stream ? 'text/event-stream' : 'application/json';
}
