import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../sdk/ask.ts';
import { answers, type ChatRecording } from '../sdk/expected.ts';
import { type House, house } from '../sdk/house.ts';
import type { Outcome } from '../sdk/neutral.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { DIALECTS } from '../sdk/target.ts';
import { type ReplyOptions, replyOf } from '../upstream/reply.ts';

/** Byte by byte a stream takes as many writes as it has bytes: the big ones say nothing more. */
const MOST_BYTES = 12_000;
const STREAMED = answers().filter(
  (recording) => (recording.response.sse?.length ?? MOST_BYTES) < MOST_BYTES && !recording.features.includes('stream-error'),
);

describe('how the network cuts a stream does not matter', () => {
  let at: House;
  beforeAll(async () => {
    at = await house();
  });
  afterAll(() => at.close());

  describe.each(STREAMED.map((recording) => [recording.file, recording] as const))('%s', (_file, recording) => {
    it.each(DIALECTS)('byte by byte, by events and with any line end it is the same answer for %s', async (dialect) => {
      const whole = await read(recording, dialect, {});
      for (const how of [
        { chunking: 'bytes' },
        { chunking: 'events' },
        { lineEnds: '\r\n' },
        { lineEnds: '\n' },
        { lineEnds: '\r' },
      ] as const) {
        expect(withoutMadeIds(await read(recording, dialect, how)), JSON.stringify(how)).toEqual(withoutMadeIds(whole));
      }
    });
  });

  async function read(recording: ChatRecording, dialect: (typeof DIALECTS)[number], how: ReplyOptions): Promise<Outcome> {
    at.provider.always(replyOf(recording, how));
    try {
      const model = at.model(recording.format, recording.model);
      return await ask(dialect, { target: at.target, model, stream: true, body: PROMPTS[dialect] });
    } finally {
      at.provider.reset();
    }
  }
});

/** Ids that the vendor did not give are new each time; the errors of failed answers carry the request's id. */
function withoutMadeIds(outcome: Outcome): unknown {
  if (!outcome.ok) return { ok: false, name: outcome.failure.name, status: outcome.failure.status };
  const { choices, usage } = outcome.answer;
  return {
    usage,
    choices: choices.map((choice) => ({ ...choice, toolCalls: choice.toolCalls.map(({ name, args }) => ({ name, args })) })),
  };
}
