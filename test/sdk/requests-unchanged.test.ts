import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recordings } from '../recordings.ts';
import { answers, type ChatRecording, isClientDialect, unhurried } from './expected.ts';
import { type House, house, PROVIDER_KEY } from './house.ts';
import { rawAsk } from './raw.ts';

/** Every recorded request of the four formats, those whose answer was an error too: but for requests whose long strings were elided. */
const REQUESTS = recordings((entry) => entry.hasRequest && isClientDialect(entry.format)) as ChatRecording[];

describe('a recorded request in its own dialect', () => {
  let shared: House;
  beforeAll(async () => {
    shared = await house();
  });
  afterEach(() => shared.provider.reset());
  afterAll(() => shared.close());

  it.each(REQUESTS.map((recording) => [recording.file, recording] as const))(
    '%s reaches the provider unchanged',
    async (_file, recording) => {
      const { body = {}, headers } = recording.request ?? {};
      const { format, model } = recording;
      // A gateway that gave the earlier answer continues it itself: here, one that never saw it.
      const at = body.previous_response_id ? await house() : shared;
      await at.ready();
      at.provider.always(unhurried(anyAnswer(recording)));
      const response = await rawAsk(format, {
        target: at.target,
        model: at.model(format, model),
        stream: recording.stream,
        body,
        ...(headers ? { headers } : {}),
      });
      expect(await response.text()).toBeTruthy();
      // What the vendor calls malformed may be refused here already.
      if (recording.response.status === 400 && response.status === 400) return;
      expect(at.provider.seen).toHaveLength(1);
      const seen = await at.provider.next();
      expect(comparableBody(seen.json())).toEqual(comparableBody({ ...body, ...(format === 'gemini' ? {} : { model: model ?? 'model' }) }));
      expect(JSON.stringify(seen.headers)).toContain(PROVIDER_KEY);
      expect(JSON.stringify(seen.headers)).not.toContain(at.target.key);
      for (const [name, value] of Object.entries(headers ?? {})) expect(seen.headers[name]).toBe(value);
      at.provider.reset();
      if (at !== shared) await at.close();
    },
  );
});

/** What may differ: the usage of a chat stream is asked for on the client's behalf. */
function comparableBody({ stream_options, ...body }: Record<string, unknown>): unknown {
  const { include_usage: _asked, ...options } = (stream_options ?? {}) as Record<string, unknown>;
  return Object.keys(options).length > 0 ? { ...body, stream_options: options } : body;
}

/** A failed account would be cooled: requests whose answer was an error get an answer of the same kind that was not. */
function anyAnswer(recording: ChatRecording): ChatRecording {
  if (recording.response.status === 200 && !recording.features.includes('stream-error')) return recording;
  const fine = answers(recording.format).find(
    (other) => other.stream === recording.stream && other.features.includes('text') && !other.features.includes('stream-error'),
  );
  return fine ?? recording;
}
