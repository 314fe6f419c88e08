import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { ask } from '../sdk/ask.ts';
import { type House, house } from '../sdk/house.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { DIALECTS } from '../sdk/target.ts';
import { eventPieces } from '../upstream/bytes.ts';
import { faults, type Reply, replyOf } from '../upstream/reply.ts';
import { longestText } from './longest-text.ts';

const SOON_MS = 1000;
const never = new Promise<never>(() => {});

const PAIRS = DIALECTS.flatMap((from) => DIALECTS.map((to) => [from, to] as const));

/** When the client goes away, the provider's connection goes too: tokens nobody reads are not paid for. */
describe('a client that goes away', () => {
  let at: House;
  beforeAll(async () => {
    at = await house();
  });
  afterAll(() => at.close());

  it.each(PAIRS)('%s for %s: before the headers, streamed', (from, to) => leaves(from, to, true, faults.hangBeforeHeaders(), 'on request'));
  it.each(PAIRS)('%s for %s: before the headers, not streamed', (from, to) =>
    leaves(from, to, false, faults.hangBeforeHeaders(), 'on request'),
  );
  it.each(PAIRS)('%s for %s: while a whole answer is on its way', (from, to) => leaves(from, to, false, held(from, 0.6), 'on request'));
  it.each(PAIRS)('%s for %s: after the first event', (from, to) => leaves(from, to, true, held(from, 0.5), 1));
  it.each(PAIRS)('%s for %s: in the middle of the stream', (from, to) => leaves(from, to, true, held(from, 0.9), 2));

  async function leaves(
    from: ClientDialectId,
    to: ClientDialectId,
    stream: boolean,
    reply: Reply,
    when: number | 'on request',
  ): Promise<void> {
    at.provider.script(reply);
    const leaving = new AbortController();
    let events = 0;
    const onEvent = (): void => {
      events += 1;
      if (events === when) leaving.abort();
    };
    const asked = ask(to, {
      target: at.target,
      model: at.model(from, 'model'),
      stream,
      body: PROMPTS[to],
      signal: leaving.signal,
      onEvent,
    });
    const seen = await at.provider.next();
    if (when === 'on request') leaving.abort();
    await asked;
    const left = performance.now();
    const aborted = await seen.aborted;
    at.provider.reset();
    expect(aborted - left).toBeLessThan(SOON_MS);
  }
});

/** A long text of the dialect that stops after a share of its events and waits for ever. */
function held(format: ClientDialectId, share: number): Reply {
  const recording = longestText(format);
  const events = eventPieces(recording.response.sse ?? '').length;
  return replyOf(recording, { chunking: 'events', hold: { after: Math.floor(events * share), until: never } });
}
