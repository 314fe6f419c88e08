import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import type { RequestRecord } from '../../src/ledger/record.ts';
import { ask } from './ask.ts';
import { comparable, isHomeOnly } from './compare.ts';
import { answers, type ChatRecording, expectedFrom, unhurried } from './expected.ts';
import { type House, house } from './house.ts';
import { isFreeForm, type Outcome } from './neutral.ts';
import { questionFor } from './prompts.ts';
import { DIALECTS } from './target.ts';

/** Every recorded answer of `from`, asked through all four SDKs, streamed and not: the user gets what the vendor's own SDK gives. */
export function runMatrix(from: ClientDialectId): void {
  describe(`recorded answers of ${from} through the gateway`, () => {
    let at: House;
    beforeAll(async () => {
      at = await house();
    });
    afterAll(() => at.close());

    describe.each(answers(from).map((recording) => [recording.file, recording] as const))('%s', (_file, recording) => {
      let expected: Outcome;
      beforeAll(async () => {
        expected = await expectedFrom(at.provider, recording);
      });
      it.each(DIALECTS.flatMap((to) => [[to, true] as const, [to, false] as const]))('%s, streamed: %s', async (to, stream) => {
        const got = await throughGateway(at, recording, to, stream, strictFor(expected, recording, to));
        hold(expected, got, from, to);
        holdRecord(expected, at.target.lastRecord());
      });
    });
  });
}

async function throughGateway(
  at: House,
  recording: ChatRecording,
  to: ClientDialectId,
  stream: boolean,
  strict: boolean,
): Promise<Outcome> {
  await at.ready();
  at.provider.always(unhurried(recording));
  const model = at.model(recording.format, recording.model);
  try {
    const got = await ask(to, { target: at.target, model, stream, strict, ...questionFor(recording, to) });
    expect(at.provider.seen.length, 'the vendor was asked').toBeGreaterThan(0);
    return got;
  } finally {
    at.provider.reset();
  }
}

/**
 * The SDKs' own accumulators judge what we write; on the same dialect they would judge the vendor. The chat SDK's cannot hold
 * custom tool calls (it wants `function.name`), though its types and the API have them.
 */
function strictFor(expected: Outcome, { format }: ChatRecording, to: ClientDialectId): boolean {
  if (to === format) return false;
  return !(
    to === 'openai-chat' &&
    expected.ok &&
    expected.answer.choices.some(({ toolCalls }) => toolCalls.some(({ args }) => isFreeForm(args)))
  );
}

function hold(expected: Outcome, got: Outcome, from: ClientDialectId, to: ClientDialectId): void {
  if (!expected.ok) {
    expect(got, `the vendor's answer is a failure (${expected.failure.message})`).toMatchObject({ ok: false });
    return;
  }
  if (!got.ok && isHomeOnly(expected, { from, to })) return;
  if (!got.ok) expect.fail(`the client got a failure: ${got.failure.name}: ${got.failure.message}`);
  const pair = comparable(expected.answer, got.answer, { from, to });
  expect(pair.got).toEqual(pair.expected);
}

/** The book tells every count the vendor told, whatever the client's dialect can say, and none that he did not. */
function holdRecord(expected: Outcome, record: RequestRecord | undefined): void {
  if (!expected.ok || record?.error) return;
  const { input, cacheRead, cacheWrite, output, reasoning } = record?.usage ?? {};
  expect({ input, cacheRead, cacheWrite, output, reasoning }, 'in the record').toEqual(expected.answer.usage);
}
