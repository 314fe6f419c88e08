import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recordings } from '../recordings.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { DIALECTS } from '../sdk/target.ts';
import { replyOf } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

interface Chunk {
  candidates?: { content?: { parts?: { text?: string; thought?: boolean }[] } }[];
}

/** The visible words of a list of Gemini chunks. */
function wordsOf(chunks: Chunk[]): string {
  const parts = chunks.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);
  return parts.map(({ text, thought }) => (thought ? '' : (text ?? ''))).join('');
}

describe('a Gemini client that streams without alt=sse', () => {
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

  it.each(DIALECTS)('gets one JSON array from a provider of %s', async (dialect) => {
    const recording = recordings((entry) => entry.format === dialect && entry.stream && entry.status === 200).find(
      ({ features, response }) => response.sse && features.includes('text') && !features.includes('stream-error'),
    );
    if (!recording) throw new Error(`no recorded text stream of ${dialect}`);
    provider.script(replyOf(recording, { chunking: 'events' }));
    const response = await fetch(`${gateway.url}/v1beta/models/${accountFor(dialect, provider.url).prefix}/m:streamGenerateContent`, {
      method: 'POST',
      headers: { 'x-goog-api-key': gateway.key },
      body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'x' }] }] }),
    });
    expect(response.headers.get('content-type')).toContain('application/json');
    const chunks = JSON.parse(await response.text()) as Chunk[];
    expect(wordsOf(chunks).length).toBeGreaterThan(0);
  });
});
