import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STRATEGIES } from '../../../src/config/schema.ts';
import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import { recordings } from '../../recordings.ts';
import { ERROR_CLASS } from '../../sdk/error-shapes.ts';
import { FailedAnswer } from '../../sdk/neutral.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { type Reply, recordedText } from '../../upstream/reply.ts';
import { eventsReply, failuresOf } from './failures.ts';
import { beginningOf } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

/** How an answer that had begun ends, in the words of its dialect. */
interface Break {
  name: string;
  dialect: ClientDialectId;
  reply: Reply;
  /** What the record must say where the provider's words tell it. */
  class: string;
}

/** Without the status it had, a body that has no word of its own for what it means is the provider's failure. */
const WORDLESS = new Set([
  'deepseek-rate-limit-429',
  'ollama-cloud-real-error-scenarios-ollama-cloud-gpt-oss-120b-handles-context-length-exceede',
]);

const CLASSES = ['auth', 'quota', 'billing', 'rate', 'overload', 'capability', 'context', 'policy'] as const;
const BREAKS: Break[] = [...CLASSES.flatMap(errorEvents), ...DIALECTS.flatMap(silent), midStreamRecording()];

const member = (dialect: ClientDialectId, at: number): string => `${dialect}-${at}`;

describe.each(STRATEGIES)('%s: a failure after the answer has begun', (strategy) => {
  let scene: Scene;
  beforeAll(async () => {
    const members = DIALECTS.flatMap((dialect) => [0, 1, 2].map((at) => ({ name: member(dialect, at), dialect })));
    const combos = DIALECTS.map((dialect) => ({
      name: `three-${dialect}`,
      strategy,
      targets: [0, 1, 2].map((at) => `${member(dialect, at)}/m`),
    }));
    const settings = { routing: { retries: 2, backoffMs: 1 }, timeouts: { idleMs: 120 }, health: { breakerFailures: 1000 } };
    scene = await sceneWith(members, { combos, settings });
  });
  afterEach(() => scene.afresh());
  afterAll(() => scene.close());

  it.each(BREAKS.map((cut, at) => [cut.name, cut, at] as const))(
    '%s: is told in the client’s dialect, and nobody else is asked',
    async (_name, cut, at) => {
      const client = DIALECTS[(at + STRATEGIES.indexOf(strategy)) % DIALECTS.length] ?? 'gemini';
      for (const which of [0, 1, 2]) scene.at(member(cut.dialect, which)).always(cut.reply);
      const got = await scene.ask(client, `three-${cut.dialect}`, true);
      if (got.ok) expect.fail(`the client got a clean answer: ${JSON.stringify(got.answer)}`);
      expect(got.failure.error instanceof ERROR_CLASS[client] || got.failure.error instanceof FailedAnswer, got.failure.name).toBe(true);

      const [asked = ''] = Object.keys(scene.counts());
      expect(scene.counts()).toEqual({ [asked]: 1 });
      const record = scene.lastRecord();
      expect(record.attempts).toEqual([{ target: `${asked}/m`, account: asked, ms: expect.any(Number), startMs: expect.any(Number) }]);
      expect(record).toMatchObject({ status: 200, target: `${asked}/m`, account: asked, error: { class: cut.class }, streamed: true });
      expect(record.cancelled).toBe(false);
      // The next request knows.
      const noted = (await scene.health()).map(({ scope, id }) => (scope === 'provider' ? scope : `${scope} ${id}`));
      expect(noted).toEqual(noteOf(cut.class, asked));
      // What the provider had told by then was used: Anthropic tells the input at the start, Gemini all with each event, OpenAI at the end.
      const told = cut.dialect === 'anthropic-messages' || cut.dialect === 'gemini';
      expect(record.usage).toEqual(told ? expect.objectContaining({ input: expect.any(Number) }) : undefined);
    },
  );
});

/** Where a failure is noted, as before the commit. */
function noteOf(kind: string, account: string): string[] {
  switch (kind) {
    case 'overload':
    case 'network':
      return ['provider'];
    case 'capability':
      return [`model ${account}`];
    case 'context':
    case 'policy':
      return [];
    default:
      return [`account ${account}`];
  }
}

/** The error bodies of a class as the event that ends a stream of their dialect. */
function errorEvents(kind: (typeof CLASSES)[number]): Break[] {
  const seen = new Set<ClientDialectId>();
  return failuresOf(kind).flatMap(({ name, dialect, reply }) => {
    const body = reply(false)
      .steps.map((step) => (step.do === 'send' ? String(step.bytes) : ''))
      .join('');
    if (seen.has(dialect) || !body.startsWith('{')) return [];
    seen.add(dialect);
    const event = dialect === 'anthropic-messages' || dialect === 'openai-responses' ? `event: error\n` : '';
    return [
      {
        name: `${kind}: ${name}`,
        dialect,
        reply: eventsReply(name, [...beginningOf(dialect), `${event}data: ${body}\n\n`]),
        class: WORDLESS.has(name) ? 'overload' : kind,
      },
    ];
  });
}

function silent(dialect: ClientDialectId): Break[] {
  return (['end', 'destroy', 'hang'] as const).map((last) => ({
    name: `network: ${dialect}, ${last}`,
    dialect,
    reply: eventsReply(last, beginningOf(dialect), last),
    class: 'network',
  }));
}

function midStreamRecording(): Break {
  const [recording] = recordings(({ name }) => name === 'anthropic-overloaded-mid-stream');
  if (!recording) throw new Error('anthropic-overloaded-mid-stream is absent');
  return {
    name: recording.name,
    dialect: 'anthropic-messages',
    reply: eventsReply(recording.name, [recordedText(recording)]),
    class: 'overload',
  };
}
