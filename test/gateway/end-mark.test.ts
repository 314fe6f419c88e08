import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { recordings } from '../recordings.ts';
import { ask } from '../sdk/ask.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { DIALECTS } from '../sdk/target.ts';
import { eventPieces } from '../upstream/bytes.ts';
import { replyOf } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const MARKED = ['openai-chat', 'openai-responses', 'anthropic-messages'] as const;
const PAIRS = MARKED.flatMap((from) => DIALECTS.map((to) => [from, to] as const));

/** A recorded stream of plain text with its end mark. */
function textStream(from: ClientDialectId) {
  const found = recordings(
    (entry) => entry.format === from && entry.stream && entry.status === 200 && entry.features.includes('text'),
  ).find(
    ({ response, features }) =>
      /\[DONE\]|message_stop|response\.completed/.test((response.sse ?? '').slice(-100_000)) &&
      !features.includes('stream-error') &&
      !features.includes('citations'),
  );
  if (!found) throw new Error(`no recorded text stream of ${from}`);
  return found;
}

describe('a host that keeps the connection open after its last event', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    provider = await scriptedProvider();
    gateway = await gatewayWith(configFor(DIALECTS.map((dialect) => accountFor(dialect, provider.url))));
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });
  afterEach(() => provider.reset());

  it.each(PAIRS)('%s for %s: the answer ends at once, and the connection is closed soon after', async (from, to) => {
    const recording = textStream(from);
    const pieces = eventPieces(recording.response.sse ?? '').length;
    provider.script(replyOf(recording, { chunking: 'events', cut: { after: pieces, by: 'hang' } }));
    const got = await ask(to, { target: gateway, model: `${accountFor(from, provider.url).prefix}/m`, stream: true, body: PROMPTS[to] });
    expect(got).toMatchObject({ ok: true });
    await (await provider.next()).aborted;
  });
});
