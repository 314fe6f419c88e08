import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventPieces, isSilent } from '../upstream/bytes.ts';
import { answers, expectedFrom, unhurried } from './expected.ts';
import { type House, house } from './house.ts';
import { FailedAnswer } from './neutral.ts';
import { rawAsk } from './raw.ts';

const PLAIN = answers().filter(
  ({ response, features }) => !features.includes('stream-error') && !Array.isArray(response.body) && !isPending(response.body),
);

/** What background mode answers at once, which nobody gets here who did not ask for it: the answer is still to come. */
function isPending(body: unknown): boolean {
  const { status } = (body ?? {}) as { status?: unknown };
  return status === 'queued' || status === 'in_progress';
}

/**
 * Within one dialect nothing that the vendor said is lost or reworded, known to us or not. The chat dialect takes out what strict SDKs
 * trip over (fields of single hosts, nulls, an empty `object`): there, what arrives is what was sent.
 */
describe('a recorded answer in its own dialect', () => {
  let at: House;
  beforeAll(async () => {
    at = await house();
  });
  afterEach(() => at.provider.reset());
  afterAll(() => at.close());

  it.each(PLAIN.map((recording) => [recording.file, recording] as const))('%s reaches the client as it was', async (_file, recording) => {
    const expected = await expectedFrom(at.provider, recording);
    // Where the vendor's answer is itself a failure, or empty, the other tests ask that the client hears of it.
    if (!expected.ok && [FailedAnswer.name, 'empty'].includes(expected.failure.name)) return;
    await at.ready();
    at.provider.always(unhurried(recording));
    const { format, model, stream, response } = recording;
    const body =
      format === 'openai-chat' && stream
        ? { messages: [{ role: 'user', content: 'Hi' }], stream_options: { include_usage: true } }
        : undefined;
    const got = await rawAsk(format, { target: at.target, model: at.model(format, model), stream, ...(body ? { body } : {}) });
    const text = await got.text();
    const received = response.sse === undefined ? [JSON.parse(text) as unknown] : dataOf(text);
    const sent = response.sse === undefined ? [response.body as unknown] : dataOf(response.sse);
    if (format === 'openai-chat') expect(comparableEvents(sent)).toMatchObject(comparableEvents(received));
    else expect(comparableEvents(received)).toEqual(comparableEvents(sent));
  });
});

/**
 * Without the words that are put right on the way: an empty `object`, `eos` and enum numbers as finish reasons, a missing `[DONE]`,
 * Mistral's calls without their `type` and `index`, a thinking block's start without its (empty) signature, Groq's usage under a name of its own.
 */
function comparableEvents(events: unknown[]): unknown[] {
  const skipped = ['object', 'finish_reason', 'finishReason'];
  const text = JSON.stringify(events, (key, value: unknown) => {
    if (skipped.includes(key) || (key === 'signature' && value === '')) return undefined;
    const { x_groq: groq } = (value ?? {}) as { x_groq?: { usage?: unknown } };
    if (groq?.usage) return { ...(value as object), usage: groq.usage, x_groq: undefined };
    return key === 'tool_calls' && Array.isArray(value)
      ? value.map((call: object, index) => ({ index, type: 'function', ...call }))
      : value;
  });
  return (JSON.parse(text) as unknown[]).filter((event) => event !== '[DONE]');
}

function dataOf(sse: string): unknown[] {
  return eventPieces(sse)
    .filter((piece) => !isSilent(piece))
    .map((piece) => {
      const data = piece
        .split(/\r\n|\r|\n/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trim())
        .join('\n');
      return data.startsWith('{') ? (JSON.parse(data) as unknown) : data;
    });
}
