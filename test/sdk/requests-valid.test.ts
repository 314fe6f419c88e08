import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { recordings } from '../recordings.ts';
import { REQUEST_TYPE, unexplained } from './body-types.ts';
import { answers, type ChatRecording, isClientDialect, unhurried } from './expected.ts';
import { type House, house } from './house.ts';
import { rawAsk } from './raw.ts';
import { DIALECTS } from './target.ts';
import { type NamedBody, typeErrors } from './vendor-types.ts';

const REQUESTS = recordings((entry) => entry.hasRequest && entry.status === 200 && isClientDialect(entry.format)) as ChatRecording[];

/** The compiler judges the bodies by the types of the official SDKs: evidence that does not come from us. */
describe.each(DIALECTS)('recorded requests of the other dialects, written for %s', (to) => {
  let at: House;
  beforeAll(async () => {
    at = await house();
  });
  afterAll(() => at.close());

  it('are valid by the vendor’s own types', { timeout: 120_000 }, async () => {
    const bodies: NamedBody[] = [];
    const refused: string[] = [];
    for (const recording of REQUESTS) {
      if (recording.format === to || isKeptAtVendor(recording)) continue;
      const result = await written(at, recording, to);
      if (typeof result === 'string') refused.push(`${recording.file}: ${result}`);
      else bodies.push({ name: recording.file, body: result });
    }
    expect(refused).toEqual([]);
    expect(unexplained(await typeErrors(REQUEST_TYPE[to], bodies))).toEqual([]);
  });
});

/**
 * The conversation itself lies with the vendor (a stored prompt or conversation, an answer that was not ours), or the answer would
 * (background mode): nobody else can be asked, and the gateway says so with a 400.
 */
function isKeptAtVendor({ request }: ChatRecording): boolean {
  const { prompt, conversation, previous_response_id, background } = request?.body ?? {};
  return [prompt, conversation, previous_response_id].some((id) => id !== undefined && id !== null) || background === true;
}

/** The body the provider received, or why it received none. */
async function written(at: House, recording: ChatRecording, to: ClientDialectId): Promise<object | string> {
  await at.ready();
  at.provider.always(unhurried(textAnswer(to)));
  const { stream: _stream, ...body } = recording.request?.body ?? {};
  const response = await rawAsk(recording.format, { target: at.target, model: at.model(to, modelOf(to)), stream: recording.stream, body });
  const answer = await response.text();
  const seen = at.provider.seen[0];
  at.provider.reset();
  return seen ? seen.json() : `${response.status} ${answer.slice(0, 300)}`;
}

/** A current model of the vendor, so that what it can do is not in question. */
function modelOf(dialect: ClientDialectId): string {
  return { 'openai-chat': 'gpt-5', 'openai-responses': 'gpt-5', 'anthropic-messages': 'claude-sonnet-4-5', gemini: 'gemini-2.5-pro' }[
    dialect
  ];
}

function textAnswer(format: ClientDialectId): ChatRecording {
  const found = answers(format).find(({ features, stream }) => !stream && features.includes('text'));
  if (!found) throw new Error(`no text recorded for ${format}`);
  return found;
}
