import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recordings } from '../recordings.ts';
import { replyOf } from '../upstream/reply.ts';
import { answers, type ChatRecording, isClientDialect } from './expected.ts';
import { type House, house, PROVIDER_KEY } from './house.ts';
import { rawAsk } from './raw.ts';

/** Every recorded request of the four formats, those whose answer was an error too: but for requests whose long strings were elided. */
const REQUESTS = recordings((entry) => entry.hasRequest && isClientDialect(entry.format)) as ChatRecording[];

describe('a recorded request in its own dialect', () => {
  let at: House;
  beforeAll(async () => {
    at = await house();
  });
  afterEach(() => at.provider.reset());
  afterAll(() => at.close());

  it.each(REQUESTS.map((recording) => [recording.file, recording] as const))(
    '%s reaches the provider unchanged',
    async (_file, recording) => {
      const { body = {}, headers } = recording.request ?? {};
      const { format, model } = recording;
      at.provider.always(replyOf(anyAnswer(recording)));
      const { stream: _stream, ...rest } = body;
      const response = await rawAsk(format, {
        target: at.target,
        model: at.model(format, model),
        stream: recording.stream,
        body: rest,
        ...(headers ? { headers } : {}),
      });
      expect(await response.text()).toBeTruthy();
      expect(at.provider.seen).toHaveLength(1);
      const seen = await at.provider.next();
      expect(comparableBody(seen.json())).toEqual(comparableBody({ ...body, ...(format === 'gemini' ? {} : { model: model ?? 'model' }) }));
      expect(JSON.stringify(seen.headers)).toContain(PROVIDER_KEY);
      expect(JSON.stringify(seen.headers)).not.toContain(at.target.key);
      for (const [name, value] of Object.entries(headers ?? {})) expect(seen.headers[name]).toBe(value);
      at.provider.reset();
    },
  );
});

/**
 * What may differ: the usage of a stream is asked for on the client's behalf, an explicit `stream: false` says nothing, and hosts that
 * only are OpenAI-compatible know neither `developer` nor `max_completion_tokens` (the catalogue's quirk `compatible-host`).
 */
function comparableBody({
  stream_options: _options,
  stream,
  max_tokens,
  max_completion_tokens,
  ...body
}: Record<string, unknown>): unknown {
  const most = max_completion_tokens ?? max_tokens;
  const text = JSON.stringify({ ...body, ...(stream ? { stream } : {}), ...(most === undefined ? {} : { most }) });
  return JSON.parse(text.replaceAll('"role":"developer"', '"role":"system"'));
}

/** A failed account would be cooled: requests whose answer was an error get an answer of the same kind that was not. */
function anyAnswer(recording: ChatRecording): ChatRecording {
  if (recording.response.status === 200 && !recording.features.includes('stream-error')) return recording;
  const fine = answers(recording.format).find(
    (other) => other.stream === recording.stream && other.features.includes('text') && !other.features.includes('stream-error'),
  );
  return fine ?? recording;
}
