import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { ask } from '../sdk/ask.ts';
import { ERROR_CLASS } from '../sdk/error-shapes.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { FailedAnswer } from '../sdk/neutral.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { rawAsk } from '../sdk/raw.ts';
import { DIALECTS } from '../sdk/target.ts';
import { eventPieces } from '../upstream/bytes.ts';
import { deferred } from '../upstream/deferred.ts';
import { type Reply, replyOf } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';
import { longestText } from './longest-text.ts';

const PAIRS = DIALECTS.flatMap((from) => DIALECTS.map((to) => [from, to] as const));

describe('a provider that falls silent in the middle of a stream', () => {
  let provider: ScriptedProvider;
  let pinging: RunningGateway;
  let impatient: RunningGateway;
  beforeAll(async () => {
    provider = await scriptedProvider();
    const accounts = DIALECTS.map((dialect) => accountFor(dialect, provider.url));
    pinging = await gatewayWith(configFor(accounts, { stream: { pingMs: 40 } }));
    // One account a pair: the failure cools it.
    const each = PAIRS.map(([from, to]) => ({ ...accountFor(from, provider.url), id: `${from}-${to}`, prefix: `${from}-${to}` }));
    impatient = await gatewayWith(configFor(each, { timeouts: { firstByteMs: 5000, idleMs: 300 } }));
  });
  afterAll(async () => {
    await Promise.all([pinging.close(), impatient.close()]);
    await provider.close();
  });

  it.each(PAIRS)('%s for %s: pings keep the connection alive and the answer stays whole', async (from, to) => {
    const { promise: pinged, resolve: goOn } = deferred();
    provider.script(textHeld(from, pinged));
    const model = `${accountFor(from, provider.url).prefix}/model`;
    const response = await rawAsk(to, { target: pinging, model, stream: true });
    let text = '';
    for await (const bytes of response.body ?? []) {
      text += Buffer.from(bytes).toString();
      if (PING.test(text)) goOn();
    }
    expect(text).toMatch(PING);
    expect(text).toMatch(END[to]);
    // A second beginning would end the answer for most clients.
    expect(text.match(/^event: (?:message_start|response\.created)/gm) ?? []).toHaveLength(
      to === 'anthropic-messages' || to === 'openai-responses' ? 1 : 0,
    );
    provider.reset();
  });

  it.each(PAIRS)('%s for %s: after the idle time the client gets an error', async (from, to) => {
    provider.script(textHeld(from, new Promise<never>(() => {})));
    const got = await ask(to, { target: impatient, model: `${from}-${to}/model`, stream: true, body: PROMPTS[to] });
    expect(got).toMatchObject({ ok: false });
    if (got.ok) return;
    expect(got.failure.message).not.toMatch(/abort/i);
    expect(got.failure.error instanceof ERROR_CLASS[to] || got.failure.error instanceof FailedAnswer, got.failure.name).toBe(true);
    provider.reset();
  });
});

/** A comment, or Anthropic's event. */
const PING = /^:|^event: ping/m;

const END: Record<ClientDialectId, RegExp> = {
  'openai-chat': /data: \[DONE\]/,
  'openai-responses': /response\.completed/,
  'anthropic-messages': /message_stop/,
  gemini: /"finishReason"/,
};

/** A plain text that waits after most of its events. */
function textHeld(format: ClientDialectId, until: Promise<unknown>): Reply {
  const recording = longestText(format);
  const sse = withoutPings(recording.response.sse ?? '');
  const after = Math.floor(eventPieces(sse).length * 0.7);
  return replyOf({ ...recording, response: { ...recording.response, sse } }, { chunking: 'events', hold: { after, until } });
}

/** The vendor's own pings would hide that ours are missing. */
function withoutPings(sse: string): string {
  return eventPieces(sse)
    .filter((piece) => !/^event: ping/m.test(piece))
    .join('');
}
