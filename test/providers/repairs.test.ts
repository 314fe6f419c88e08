import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/conversation/json.ts';
import { providerById } from '../../src/providers/catalogue.ts';
import { endpointFor } from '../../src/providers/endpoint.ts';

/** The body as the provider gets it, and the names of the fields the user is told of. */
function sent(
  id: string,
  model: string,
  body: JsonObject,
  client: 'openai-chat' | 'openai-responses' | 'anthropic-messages' = 'openai-chat',
  stream = true,
) {
  const provider = providerById(id);
  const choice = provider && endpointFor(provider, client, model, {});
  if (!provider || !choice) throw new Error(`no endpoint of ${id}`);
  const warnings: string[] = [];
  const facts = { model, dialect: choice.dialect, stream };
  const result = [...(provider.quirks ?? []), ...(choice.endpoint.quirks ?? [])].reduce(
    (current, quirk) => ((quirk.when?.(facts) ?? true) ? quirk.apply(current, facts, (warning) => warnings.push(warning)) : current),
    body,
  );
  return { body: result, warnings };
}

/** A second turn after a tool call, as an OpenAI client that kept everything sends it. */
const secondTurn: JsonObject = {
  messages: [
    { role: 'developer', content: 'Be brief.' },
    { role: 'user', content: 'Look.', name: 'ann' },
    {
      role: 'assistant',
      content: null,
      reasoning_content: 'I should look.',
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'call_1', content: 'A cat.' },
  ],
  tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object', properties: {} } } }],
  max_completion_tokens: 100,
  stream: true,
  stream_options: { include_usage: true },
};

const roles = ({ body }: { body: JsonObject }) => (body.messages as JsonObject[]).map(({ role }) => role);
const message = ({ body }: { body: JsonObject }, index: number) => (body.messages as JsonObject[])[index];

describe('a second turn with tools reaches', () => {
  it('Groq with no field it refuses', () => {
    const result = sent('groq', 'openai/gpt-oss-120b', { ...secondTurn, reasoning_effort: 'minimal', logprobs: true });
    expect(roles(result)).toEqual(['system', 'user', 'assistant', 'tool']);
    expect(Object.keys(message(result, 1) ?? {})).toEqual(['role', 'content']);
    expect(Object.keys(message(result, 2) ?? {})).toEqual(['role', 'content', 'tool_calls']);
    expect(result.body).toMatchObject({ reasoning_effort: 'low', max_completion_tokens: 100, stream_options: { include_usage: true } });
    expect(result.body).not.toHaveProperty('logprobs');
    expect(result.warnings).toEqual([expect.stringContaining('logprobs')]);
  });

  it('Mistral with its ids, its limit and no stream_options', () => {
    const result = sent('mistral', 'mistral-large-latest', { ...secondTurn, seed: 3, store: true });
    expect(message(result, 2)).toMatchObject({ tool_calls: [{ id: '74196fe72' }] });
    expect(message(result, 3)).toMatchObject({ tool_call_id: '74196fe72' });
    expect(message(result, 2)).not.toHaveProperty('reasoning_content');
    expect(message(result, 1)).toHaveProperty('name', 'ann');
    expect(result.body).toMatchObject({ max_tokens: 100, random_seed: 3 });
    for (const gone of ['stream_options', 'max_completion_tokens', 'seed', 'store']) expect(result.body).not.toHaveProperty(gone);
  });

  it('Cerebras with its name of the thoughts', () => {
    const result = sent('cerebras', 'gpt-oss-120b', secondTurn);
    expect(message(result, 2)).toMatchObject({ reasoning: 'I should look.' });
    expect(message(result, 2)).not.toHaveProperty('reasoning_content');
  });

  it('DeepSeek with the thoughts it wants back', () => {
    const result = sent('deepseek', 'deepseek-v4-pro', { ...secondTurn, reasoning_effort: 'high' });
    expect(message(result, 2)).toMatchObject({ reasoning_content: 'I should look.', content: '' });
    expect(result.body).toMatchObject({ thinking: { type: 'enabled' }, reasoning_effort: 'high', max_tokens: 100 });
  });

  it('Kimi with a placeholder where another model wrote the turn', () => {
    const foreign = { ...secondTurn, messages: (secondTurn.messages as JsonObject[]).map(({ reasoning_content: _, ...rest }) => rest) };
    expect(message(sent('moonshot', 'kimi-k2.6', foreign), 2)).toMatchObject({ reasoning_content: ' ', content: '' });
    const off = sent('moonshot', 'kimi-k2.6', { ...foreign, reasoning_effort: 'none', temperature: 0.1 });
    expect(message(off, 2)).not.toHaveProperty('reasoning_content');
    expect(off.body).toMatchObject({ thinking: { type: 'disabled' } });
    expect(off.warnings).toEqual([expect.stringContaining('temperature')]);
  });

  it('GLM 4.7 without a system message, GLM 5.2 with one', () => {
    const old = sent('glm', 'glm-4.7', secondTurn);
    expect(roles(old)).toEqual(['user', 'assistant', 'tool']);
    expect(message(old, 0)).toMatchObject({ content: 'Be brief.\n\nLook.' });
    expect(roles(sent('glm', 'glm-5.2', secondTurn))[0]).toBe('system');
  });

  it('Perplexity as turns of text', () => {
    const result = sent('perplexity', 'sonar', secondTurn);
    expect(roles(result)).toEqual(['system', 'user', 'assistant', 'user']);
    for (const gone of ['tools', 'stream_options']) expect(result.body).not.toHaveProperty(gone);
    expect(result.warnings).toEqual([expect.stringContaining('no tools')]);
  });

  it('OpenAI and Azure with the developer’s message and no foreign thoughts', () => {
    for (const id of ['openai', 'azure', 'azure-deployments']) {
      const result = sent(id, 'gpt-5.1', { ...secondTurn, max_completion_tokens: undefined, max_tokens: 50, temperature: 0 });
      expect(roles(result)[0]).toBe('developer');
      expect(message(result, 2)).not.toHaveProperty('reasoning_content');
      expect(result.body).toMatchObject({ max_completion_tokens: 50 });
      expect(result.body).not.toHaveProperty('temperature');
    }
  });

  it('Azure by deployment with reasoning off where chat refuses it beside tools', () => {
    expect(sent('azure-deployments', 'gpt-5.6', secondTurn).body).toMatchObject({ reasoning_effort: 'none' });
  });

  it('a custom host as it was: what it knows, the user knows best', () => {
    expect(sent('openai-compatible', 'anything', secondTurn)).toMatchObject({ body: secondTurn, warnings: [] });
  });

  it('OpenRouter as it was, but for the developer’s role', () => {
    const result = sent('openrouter', 'anthropic/claude-sonnet-5', secondTurn);
    expect(result.body).toEqual({
      ...secondTurn,
      messages: [{ role: 'system', content: 'Be brief.' }, ...(secondTurn.messages as JsonObject[]).slice(1)],
    });
  });
});

describe('a Messages request reaches', () => {
  const request: JsonObject = { model: 'x', max_tokens: 10, temperature: 0.3, messages: [{ role: 'user', content: 'a' }] };

  it('Claude on Vertex with its version and without a model', () => {
    const { body } = sent('vertex-partner', 'claude-sonnet-4-6@default', request, 'anthropic-messages');
    expect(body).toEqual({ anthropic_version: 'vertex-2023-10-16', max_tokens: 10, temperature: 0.3, messages: request.messages });
  });

  it('the newest Claude without sampling', () => {
    const { body, warnings } = sent('anthropic', 'claude-opus-4-8', request, 'anthropic-messages');
    expect(body).not.toHaveProperty('temperature');
    expect(warnings).toEqual([expect.stringContaining('temperature')]);
  });

  it('DeepSeek, MiniMax and Z.ai as it was', () => {
    for (const [id, model] of [
      ['deepseek', 'deepseek-v4-pro'],
      ['minimax', 'MiniMax-M3'],
      ['glm', 'glm-4.7'],
      ['moonshot', 'kimi-k2.6'],
    ] as const) {
      expect(sent(id, model, request, 'anthropic-messages').body).toBe(request);
    }
  });
});
