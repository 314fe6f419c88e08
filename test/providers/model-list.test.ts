import { describe, expect, it } from 'vitest';
import { parseModelList } from '../../src/providers/endpoint.ts';
import { recordings } from '../recordings.ts';

function answerOf(provider: string): unknown {
  return recordings((entry) => entry.file.startsWith('models/') && entry.provider === provider)[0]?.response.body;
}

describe('parseModelList', () => {
  it('reads a model as OpenAI describes it (recording of one model, put into a list)', () => {
    expect(parseModelList('openai', { object: 'list', data: [answerOf('openai')] })).toEqual([{ id: 'curie' }]);
  });

  it('reads Google’s list without prefix and with limits, chat models only (recording)', () => {
    const models = parseModelList('gemini', answerOf('google'));
    expect(models.length).toBeGreaterThan(0);
    for (const { id, contextWindow } of models) {
      expect(id).not.toMatch(/^models\//);
      expect(contextWindow).toBeGreaterThan(0);
    }
    expect(models.map(({ id }) => id).filter((id) => /embedding/.test(id))).toEqual([]);
  });

  it.each([
    [
      'OpenRouter',
      'openai',
      {
        data: [
          {
            id: 'a/b',
            name: 'B',
            context_length: 200_000,
            architecture: { input_modalities: ['text', 'image'] },
            top_provider: { max_completion_tokens: 64_000 },
            supported_parameters: ['tools', 'temperature'],
          },
        ],
      },
      { id: 'a/b', name: 'B', contextWindow: 200_000, maxOutput: 64_000, tools: true, vision: true, reasoning: false },
    ],
    [
      'Groq',
      'openai',
      { data: [{ id: 'g', context_window: 131_072, max_completion_tokens: 8192 }] },
      { id: 'g', contextWindow: 131_072, maxOutput: 8192 },
    ],
    [
      'Mistral',
      'openai',
      { data: [{ id: 'm', max_context_length: 128_000, capabilities: { function_calling: true, vision: false } }] },
      { id: 'm', contextWindow: 128_000, tools: true, vision: false },
    ],
    ['vLLM', 'openai', { data: [{ id: 'v', max_model_len: 4096 }] }, { id: 'v', contextWindow: 4096 }],
    ['Together', 'array', [{ id: 't', display_name: 'T', context_length: 32_768 }], { id: 't', name: 'T', contextWindow: 32_768 }],
    [
      'GitHub',
      'array',
      [
        {
          id: 'openai/gpt-4.1',
          name: 'GPT-4.1',
          limits: { max_input_tokens: 1_048_576, max_output_tokens: 32_768 },
          capabilities: ['streaming', 'tool-calling'],
          supported_input_modalities: ['text', 'image'],
        },
      ],
      { id: 'openai/gpt-4.1', name: 'GPT-4.1', contextWindow: 1_048_576, maxOutput: 32_768, tools: true, vision: true },
    ],
    ['Anthropic', 'anthropic', { data: [{ type: 'model', id: 'claude-x', display_name: 'X' }] }, { id: 'claude-x', name: 'X' }],
    [
      'Cohere',
      'cohere',
      {
        models: [
          { name: 'e', endpoints: ['embed'] },
          { name: 'c', endpoints: ['chat'], context_length: 256_000, features: ['tools'] },
        ],
      },
      { id: 'c', contextWindow: 256_000, tools: true, vision: false, reasoning: false },
    ],
    ['Ollama', 'ollama', { models: [{ name: 'q:8b', model: 'q:8b' }] }, { id: 'q:8b' }],
    [
      'Fireworks',
      'fireworks',
      {
        models: [
          { name: 'accounts/fireworks/models/x', displayName: 'X', contextLength: 9000, supportsTools: true, supportsImageInput: false },
        ],
      },
      { id: 'accounts/fireworks/models/x', name: 'X', contextWindow: 9000, tools: true, vision: false },
    ],
    [
      'Bedrock',
      'bedrock',
      {
        inferenceProfileSummaries: [
          { inferenceProfileId: 'us.anthropic.claude-x-v1:0', inferenceProfileName: 'US Claude X', status: 'ACTIVE' },
        ],
      },
      { id: 'us.anthropic.claude-x-v1:0', name: 'US Claude X' },
    ],
    [
      'Cloudflare',
      'cloudflare',
      {
        result: [
          { name: '@cf/a/embed', task: { name: 'Text Embeddings' } },
          {
            name: '@cf/a/b',
            task: { name: 'Text Generation' },
            properties: [
              { property_id: 'context_window', value: '24000' },
              { property_id: 'function_calling', value: 'true' },
            ],
          },
        ],
      },
      { id: '@cf/a/b', contextWindow: 24_000, tools: true },
    ],
  ] as const)('reads %s’s extra fields', (_, shape, body, expected) => {
    expect(parseModelList(shape, body)).toEqual([expected]);
  });

  it.each([undefined, null, 'text', 7, [], {}, { data: null }, { data: [null, 1, {}, { id: 7 }, { id: '' }] }, { models: 'x' }])(
    'gives no models for %o',
    (body) => {
      for (const shape of ['openai', 'array', 'anthropic', 'gemini', 'cohere', 'ollama', 'fireworks', 'bedrock', 'cloudflare'] as const) {
        expect(parseModelList(shape, body)).toEqual([]);
      }
    },
  );

  it('lists a model once and never takes 0 for a size', () => {
    expect(
      parseModelList(undefined, {
        data: [
          { id: 'a', context_length: 0, name: 'First' },
          { id: 'a', name: 'Second' },
        ],
      }),
    ).toEqual([{ id: 'a', name: 'First' }]);
  });
});
