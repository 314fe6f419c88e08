import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STRATEGIES, type Strategy } from '../../../src/config/schema.ts';
import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import { ERROR_CLASS } from '../../sdk/error-shapes.ts';
import { FailedAnswer } from '../../sdk/neutral.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { eventPieces } from '../../upstream/bytes.ts';
import { type Reply, recordedText } from '../../upstream/reply.ts';
import { beginningOf, goodRecording, goodReply } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

/** Where in its answer the provider's socket is killed. */
interface Stage {
  name: string;
  /** What was sent by then; absent: not even the status line. */
  sent(dialect: ClientDialectId): string | undefined;
  /** The client has got some of it. */
  begun: boolean;
}

const END: Record<ClientDialectId, RegExp> = {
  'openai-chat': /"finish_reason"\s*:\s*"/,
  'openai-responses': /response\.completed/,
  'anthropic-messages': /"stop_reason"\s*:\s*"/,
  gemini: /"finishReason"/,
};

const STREAMED: Stage[] = [
  { name: 'before the headers', sent: () => undefined, begun: false },
  { name: 'after the headers', sent: () => '', begun: false },
  { name: 'in the first event', sent: (dialect) => recordedText(goodRecording(dialect, true)).slice(0, 25), begun: false },
  { name: 'after the first text', sent: (dialect) => beginningOf(dialect).join(''), begun: true },
  { name: 'before the end mark', sent: beforeEnd, begun: true },
];
const WHOLE: Stage[] = [
  { name: 'before the headers', sent: () => undefined, begun: false },
  { name: 'after the headers', sent: () => '', begun: false },
  { name: 'in the first bytes', sent: (dialect) => recordedText(goodRecording(dialect, false)).slice(0, 25), begun: false },
  { name: 'before the last byte', sent: (dialect) => recordedText(goodRecording(dialect, false)).slice(0, -1), begun: false },
];
const HOW = ['destroy', 'reset'] as const;

describe('a provider whose socket is killed', () => {
  let scene: Scene;
  beforeAll(async () => {
    const members = DIALECTS.map((dialect) => ({ name: `killed-${dialect}`, dialect }));
    const combos = DIALECTS.flatMap((dialect) =>
      STRATEGIES.map((strategy) => ({ name: `${strategy}-${dialect}`, strategy, targets: [`killed-${dialect}/m`, 'sound/m'] })),
    );
    scene = await sceneWith([...members, { name: 'sound', dialect: 'anthropic-messages' }], { combos });
    // Measured once, so that the strategy that goes by time prefers what was not.
    scene.at('sound').script(goodReply('anthropic-messages', false));
    await scene.ask('openai-chat', 'sound/m', false);
    await scene.afresh();
  });
  afterEach(() => scene.afresh());
  afterAll(() => scene.close());

  const killed = async (
    dialect: ClientDialectId,
    stage: Stage,
    how: (typeof HOW)[number],
    stream: boolean,
    strategy: Strategy,
  ): Promise<void> => {
    const client = DIALECTS[(DIALECTS.indexOf(dialect) + STRATEGIES.indexOf(strategy)) % 4] ?? 'gemini';
    const name = `killed-${dialect}`;
    scene.at(name).always(replyOf(stage.sent(dialect), how, stream));
    scene.at('sound').always(goodReply('anthropic-messages', stream));
    const got = await scene.ask(client, `${strategy}-${dialect}`, stream);
    const { attempts, error } = scene.lastRecord();
    const where = `${dialect} for ${client}, ${strategy}, ${how}: ${attempts.map(({ account, class: kind }) => `${account} ${kind ?? 'ok'}`)}`;
    const counts = scene.counts();
    if (attempts[0]?.account === 'sound') {
      expect(counts, where).toEqual({ sound: 1 });
      expect(got.ok, where).toBe(true);
    } else if (attempts.length === 1) {
      // A reset may overtake what was sent before it; what the client got of it is then nothing.
      expect(stage.begun, where).toBe(true);
      expect(counts, where).toEqual({ [name]: 1 });
      if (got.ok) expect.fail(`${where}: the client got a clean answer`);
      expect(got.failure.error instanceof ERROR_CLASS[client] || got.failure.error instanceof FailedAnswer, where).toBe(true);
      expect(error, where).toMatchObject({ class: 'network' });
    } else {
      expect(attempts, where).toMatchObject([{ account: name, class: 'network' }, { account: 'sound' }]);
      expect(got.ok, where).toBe(true);
      expect(error, where).toBeUndefined();
      expect(stage.begun && how === 'destroy', where).toBe(false);
      // Killed before the status line it may have been an old connection, and is tried anew at once.
      const tries = stage.sent(dialect) === undefined || how === 'reset' ? [1, 2] : [1];
      expect(tries, where).toContain(counts[name]);
      expect(counts.sound, where).toBe(1);
    }
    await scene.afresh();
  };

  describe.each(STREAMED.map((stage) => [stage.name, stage] as const))('streamed, %s', (_name, stage) => {
    it.each(STRATEGIES)('%s', async (strategy) => {
      for (const [at, dialect] of DIALECTS.entries()) await killed(dialect, stage, howOf(strategy, at), true, strategy);
    });
  });

  describe.each(WHOLE.map((stage) => [stage.name, stage] as const))('not streamed, %s', (_name, stage) => {
    it.each(STRATEGIES)('%s', async (strategy) => {
      for (const [at, dialect] of DIALECTS.entries()) await killed(dialect, stage, howOf(strategy, at), false, strategy);
    });
  });
});

/** Each dialect meets both ways at each stage, under one strategy or another. */
function howOf(strategy: Strategy, at: number): (typeof HOW)[number] {
  return (STRATEGIES.indexOf(strategy) + at) % 2 === 0 ? 'destroy' : 'reset';
}

function beforeEnd(dialect: ClientDialectId): string {
  const pieces = eventPieces(recordedText(goodRecording(dialect, true)));
  const end = pieces.findIndex((piece) => END[dialect].test(piece));
  // Where the only text stands in the event that ends it, a longer recording is cut.
  return end > 1 ? pieces.slice(0, end).join('') : beginningOf(dialect).join('');
}

function replyOf(sent: string | undefined, how: (typeof HOW)[number], stream: boolean): Reply {
  if (sent === undefined) return { label: how, steps: [{ do: how }] };
  const headers = { 'content-type': stream ? 'text/event-stream' : 'application/json' };
  return { label: how, head: { status: 200, headers }, steps: [{ do: 'send', bytes: sent }, { do: how }] };
}
