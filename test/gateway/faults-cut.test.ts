import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { ask } from '../sdk/ask.ts';
import { ERROR_CLASS } from '../sdk/error-shapes.ts';
import { answers, type ChatRecording } from '../sdk/expected.ts';
import { configFor, gatewayWith, manyAccounts, prefixOf, type RunningGateway } from '../sdk/house.ts';
import { FailedAnswer, type Outcome } from '../sdk/neutral.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { DIALECTS } from '../sdk/target.ts';
import { eventPieces } from '../upstream/bytes.ts';
import { replyOf } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';
import { sampledCuts } from './sampled-cuts.ts';

const STREAMED = answers().filter((recording) => recording.response.sse !== undefined);

interface Cut {
  dialect: ClientDialectId;
  stream: boolean;
  after: number;
  by: 'end' | 'destroy';
}

/** A stream that breaks off is never taken for a whole answer, wherever it breaks and whoever asks. */
describe.each(STREAMED.map((recording) => [recording.file, recording] as const))('%s', (_file, recording) => {
  const pieces = eventPieces(recording.response.sse ?? '');
  const cuts = cutsOf(pieces.length);
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    provider = await scriptedProvider();
    gateway = await gatewayWith(configFor(manyAccounts(recording.format, provider.url, cuts.length)));
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  it.each(DIALECTS)('cut after any event is a failure for a client of %s', async (dialect) => {
    for (const [at, cut] of cuts.entries()) {
      if (cut.dialect !== dialect) continue;
      const got = await askCut(provider, gateway, recording, cut, at);
      if (isWhole(recording.format, pieces.slice(0, cut.after))) continue;
      const where = `${cut.stream ? 'streamed' : 'whole'}, after ${cut.after} of ${pieces.length}, by ${cut.by}`;
      if (got.ok) expect.fail(`${where}: the client got a clean answer: ${JSON.stringify(got.answer).slice(0, 400)}`);
      // Told by an error in the client's dialect: not by silence, nor by a connection that breaks.
      expect(toldBy(dialect, got.failure.error), `${where}: ${got.failure.name}: ${got.failure.message}`).toBe(true);
      expect(got.failure.name, where).not.toMatch(/timeout/i);
      expect(got.failure.message, where).not.toMatch(/\.ts:\d+|node_modules|at async/);
    }
  });
});

function toldBy(dialect: ClientDialectId, error: unknown): boolean {
  return error instanceof ERROR_CLASS[dialect] || error instanceof FailedAnswer;
}

function cutsOf(events: number): Cut[] {
  return DIALECTS.flatMap((dialect) =>
    sampledCuts(events).flatMap((after) => [
      { dialect, stream: true, after, by: 'end' as const },
      { dialect, stream: true, after, by: 'destroy' as const },
      ...(after % 3 === 0 ? [{ dialect, stream: false, after, by: 'destroy' as const }] : []),
    ]),
  );
}

async function askCut(
  provider: ScriptedProvider,
  gateway: RunningGateway,
  recording: ChatRecording,
  cut: Cut,
  at: number,
): Promise<Outcome> {
  const { dialect, stream, after, by } = cut;
  provider.always(replyOf(recording, { chunking: 'whole', cut: { after, by } }));
  const model = `${prefixOf(recording.format, at)}/${recording.model ?? 'model'}`;
  const got = await ask(dialect, { target: gateway, model, stream, body: PROMPTS[dialect] });
  provider.reset();
  return got;
}

/** The vendor's own word that the answer is over stands in what was sent: then an end is no lie. */
function isWhole(format: ClientDialectId, sent: string[]): boolean {
  const text = sent.join('');
  switch (format) {
    case 'openai-chat':
      return /"finish_reason"\s*:\s*"/.test(text) || text.includes('[DONE]');
    case 'openai-responses':
      return /"type"\s*:\s*"response\.(completed|incomplete)"/.test(text);
    case 'anthropic-messages':
      return /"stop_reason"\s*:\s*"/.test(text);
    case 'gemini':
      return /"finishReason"\s*:/.test(text) || /"blockReason"\s*:/.test(text);
  }
}
