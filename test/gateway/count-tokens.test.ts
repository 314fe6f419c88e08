import Anthropic from '@anthropic-ai/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recordings } from '../recordings.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { replyOf } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const cases = recordings((entry) => entry.format === 'count-tokens').filter((recording) => recording.request);

describe('counting tokens', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    provider = await scriptedProvider();
    gateway = await gatewayWith(
      configFor([
        accountFor('anthropic-messages', provider.url),
        accountFor('gemini', provider.url),
        accountFor('openai-chat', provider.url),
      ]),
    );
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });
  afterEach(() => provider.reset());

  it.each(cases.map((recording) => [recording.file, recording] as const))(
    '%s: the provider counts, and its count or refusal is the answer',
    async (_file, recording) => {
      const gemini = recording.provider !== 'anthropic';
      const model = `${gemini ? 'gem' : 'anth'}/${recording.model}`;
      const path = gemini ? `/v1beta/models/${model}:countTokens` : '/v1/messages/count_tokens';
      const body = gemini ? recording.request?.body : { ...recording.request?.body, model };
      provider.script(replyOf(recording));
      const response = await fetch(gateway.url + path, {
        method: 'POST',
        headers: { 'x-api-key': gateway.key, 'anthropic-version': '2023-06-01' },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      expect(response.status, JSON.stringify(answer)).toBe(recording.response.status);
      const recorded = recording.response.body as Record<string, unknown>;
      for (const field of ['input_tokens', 'totalTokens', 'error']) {
        if (field in recorded) expect(answer[field]).toEqual(recorded[field]);
      }
      expect(response.headers.get('x-omniroute-estimated')).toBeNull();
    },
  );

  it('estimates where the provider cannot count, and marks it', async () => {
    const client = new Anthropic({ baseURL: gateway.url, apiKey: gateway.key, maxRetries: 0 });
    const { data, response } = await client.messages
      .countTokens({ model: 'chat/m', messages: [{ role: 'user', content: 'What is the capital of France?' }] })
      .withResponse();
    expect(response.headers.get('x-omniroute-estimated')).toBe('true');
    // Seven tokens of text by o200k (counted with OpenAI's tokenizer page), three for the turn.
    expect(data.input_tokens).toBe(10);
  });
});
