import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Recording, recordings } from '../recordings.ts';
import { recordedText, replyOf } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';
import { ask } from './ask.ts';
import { ERROR_BODY, ERROR_CLASS } from './error-shapes.ts';
import { type ChatRecording, isClientDialect } from './expected.ts';
import { configFor, gatewayWith, manyAccounts, prefixOf, type RunningGateway } from './house.ts';
import { PROMPTS } from './prompts.ts';
import { rawAsk } from './raw.ts';
import { DIALECTS } from './target.ts';

const ERRORS = recordings((entry) => entry.features.includes('error') && isClientDialect(entry.format)) as ChatRecording[];
const ASKS = DIALECTS.flatMap((dialect) => [
  { dialect, stream: true },
  { dialect, stream: false },
]);

describe.each(ERRORS.map((recording) => [recording.file, recording] as const))('%s', (_file, recording) => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    provider = await scriptedProvider();
    gateway = await gatewayWith(configFor(manyAccounts(recording.format, provider.url, ASKS.length * 2)));
    provider.always(replyOf(recording));
  });
  // Accounts are not shared, but their host is.
  beforeEach(() => gateway.resetHealth());
  afterEach(() => {
    expect(provider.seen.length, 'the vendor was asked').toBeGreaterThan(0);
    provider.seen.length = 0;
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  it.each(ASKS.map((how, at) => [how.dialect, how.stream, at] as const))(
    '%s, streamed: %s: the SDK throws it',
    async (dialect, stream, at) => {
      const model = `${prefixOf(recording.format, at)}/${recording.model ?? 'model'}`;
      const got = await ask(dialect, { target: gateway, model, stream, body: PROMPTS[dialect] });
      if (got.ok) expect.fail(`the client got an answer: ${JSON.stringify(got.answer)}`);
      for (const words of vendorWords(recording)) expect(got.failure.message).toSatisfy((message: string) => holds(message, words));
      const midStream = stream && hasContent(recording);
      if (midStream) return;
      expect(got.failure.error).toBeInstanceOf(ERROR_CLASS[dialect]);
      if (recording.response.status >= 400) expect(got.failure.status).toBe(recording.response.status);
      else expect(got.failure.status).toBeGreaterThanOrEqual(400);
    },
  );

  it.each(ASKS.map((how, at) => [how.dialect, how.stream, at + ASKS.length] as const))(
    '%s, streamed: %s: the body has the shape of the dialect',
    async (dialect, stream, at) => {
      const model = `${prefixOf(recording.format, at)}/${recording.model ?? 'model'}`;
      const response = await rawAsk(dialect, { target: gateway, model, stream });
      if (stream && hasContent(recording)) return void (await response.text());
      expect(response.headers.get('content-type')).toContain('application/json');
      const body = await response.json();
      // The vendor's own body is passed on within its dialect, odd ones too (xAI's `error` is a string).
      if (dialect === recording.format && JSON.stringify(body) === JSON.stringify(recording.response.body)) return;
      expect(ERROR_BODY[dialect].safeParse(body)).toMatchObject({ success: true });
    },
  );
});

/** An answer had begun before the error came. */
function hasContent(recording: Recording): boolean {
  return recording.features.includes('text');
}

/** The vendor's own message, without what looks like a key: that may be redacted further. */
function vendorWords(recording: Recording): string[] {
  const whole = recordedText(recording);
  // Its `error` says it, where a proxy put words of its own before that.
  const inside = /"error"\s*:\s*\{/.exec(whole);
  const text = inside ? whole.slice(inside.index) : whole;
  const message = /"(?:message|detail|error)"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? '';
  const plain = JSON.parse(`"${message}"`) as string;
  return plain
    .split(/\S*(?:REDACTED|\*{3,}|sk-)\S*/)
    .map((words) => words.trim())
    .filter((words) => words.length > 3);
}

/** As it is, or inside JSON: the Gemini SDK's message is the whole body. */
function holds(message: string, words: string): boolean {
  return [message, message.replace(/\s+/g, ' ')].some((text) =>
    [words, JSON.stringify(words).slice(1, -1), JSON.stringify(JSON.stringify(words).slice(1, -1)).slice(1, -1)].some((form) =>
      text.includes(form),
    ),
  );
}
