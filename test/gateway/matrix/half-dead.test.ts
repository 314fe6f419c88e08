import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { STRATEGIES } from '../../../src/config/schema.ts';
import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { jsonReply, type Reply } from '../../upstream/reply.ts';
import { failuresOf } from './failures.ts';
import { goodReply } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

const REQUESTS = 16;
const MINUTE = 60_000;

/** A rate limit whose end the provider names, another it does not, a used-up quota, an empty balance. */
const DEAD: { name: string; dialect: ClientDialectId; reply: Reply; overAfterMs: number }[] = [
  {
    name: 'told',
    dialect: 'openai-chat',
    reply: jsonReply({ error: { message: 'slow down', code: 'rate_limit_exceeded' } }, 429, { 'retry-after': '120' }),
    overAfterMs: 2 * MINUTE,
  },
  { name: 'untold', dialect: 'anthropic-messages', reply: recorded('rate', 'anthropic-messages'), overAfterMs: 3000 },
  { name: 'spent', dialect: 'openai-responses', reply: recorded('quota', 'openai-responses'), overAfterMs: 10 * MINUTE },
  { name: 'unpaid', dialect: 'openai-chat', reply: recorded('billing', 'openai-chat'), overAfterMs: 10 * MINUTE },
];
const ALIVE = DIALECTS.map((dialect) => ({ name: `alive-${dialect}`, dialect }));
const MEMBERS = DEAD.flatMap(({ name, dialect }, at) => [{ name, dialect }, ...ALIVE.slice(at, at + 1)]);

/** Only the date is faked: sockets and timers work, and minutes pass when the test says so. */
describe('half of the accounts dead', () => {
  let scene: Scene;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const combos = STRATEGIES.map((strategy) => ({ name: strategy, strategy, targets: MEMBERS.map(({ name }) => `${name}/m`) }));
    scene = await sceneWith(MEMBERS, { combos });
  });
  afterEach(() => scene.afresh());
  afterAll(async () => {
    await scene.close();
    vi.useRealTimers();
  });

  const pass = (ms: number): void => void vi.setSystemTime(Date.now() + ms);
  const askAll = async (model: string): Promise<void> => {
    for (let at = 0; at < REQUESTS; at += 1) {
      const stream = at % 2 === 0;
      for (const { name, dialect } of ALIVE) scene.at(name).always(goodReply(dialect, stream));
      const client = DIALECTS[at % DIALECTS.length] ?? 'gemini';
      expect(await scene.ask(client, model, stream), `request ${at}`).toMatchObject({ ok: true });
    }
  };
  const deadCounts = (): number[] => DEAD.map(({ name }) => scene.at(name).seen.length);
  /** How often a strategy that came to all of them has asked them so far. */
  const expectAtMost = (each: number[], always: boolean): void => {
    const counts = deadCounts();
    for (const [at, count] of counts.entries()) expect(count, DEAD[at]?.name).toBeLessThanOrEqual(each[at] ?? 0);
    if (always) expect(counts).toEqual(each);
  };

  it.each(STRATEGIES)('%s: every request is answered, and a dead account is asked once until its time is over', async (strategy) => {
    for (const { name, reply } of DEAD) scene.at(name).always(reply);
    // These come to every target that is ready before they come to one a second time.
    const thorough = strategy === 'round-robin' || strategy === 'least-used';
    await askAll(strategy);
    expectAtMost([1, 1, 1, 1], thorough);
    const others = (await scene.records()).slice(-REQUESTS).flatMap(({ attempts }) => attempts.filter((attempt) => attempt.class));
    expect(others).toHaveLength(deadCounts().reduce((a, b) => a + b));

    pass(3000);
    await askAll(strategy);
    expectAtMost([1, 2, 1, 1], false);
    const soon = deadCounts();

    pass(2 * MINUTE);
    await askAll(strategy);
    expectAtMost([(soon[0] ?? 0) + 1, (soon[1] ?? 0) + 1, soon[2] ?? 0, soon[3] ?? 0], false);

    pass(20 * MINUTE);
    for (const { name, dialect } of DEAD) scene.at(name).always(goodReply(dialect, false));
    for (const { name, dialect } of ALIVE) scene.at(name).always(goodReply(dialect, false));
    for (const { name } of DEAD) expect(await scene.ask('openai-chat', `${name}/m`, false)).toMatchObject({ ok: true });
    expect(await scene.health()).toEqual([]);
  });

  it('answers a crowd that meets the dead ones all at once', async () => {
    for (const { name, reply } of DEAD) scene.at(name).always(reply);
    for (const { name, dialect } of ALIVE) scene.at(name).always(goodReply(dialect, true));
    const crowd = Array.from({ length: 32 }, (_, at) =>
      scene.ask(DIALECTS[at % 4] ?? 'gemini', STRATEGIES[at % STRATEGIES.length] ?? '', true),
    );
    for (const got of await Promise.all(crowd)) expect(got).toMatchObject({ ok: true });
    const before = deadCounts();
    await scene.ask('gemini', 'fill-first', true);
    expect(deadCounts()).toEqual(before);
  });
});

function recorded(kind: 'rate' | 'quota' | 'billing', dialect: ClientDialectId): Reply {
  const found = failuresOf(kind).find((failing) => failing.dialect === dialect);
  if (!found) throw new Error(`nothing recorded for ${kind}, ${dialect}`);
  return found.reply(false);
}
