import { defineProvider } from '../provider.ts';
import { anthropicSampling } from '../quirks/anthropic-sampling.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { bedrockErrors, bedrockRegion } from './shared/bedrock.ts';

/** The compatible endpoints: Claude speaks Anthropic Messages only, every other model the OpenAI forms. */
export const bedrockMantle = defineProvider({
  id: 'bedrock-mantle',
  name: 'Amazon Bedrock (OpenAI- and Anthropic-compatible)',
  prefix: 'mantle',
  tier: 'api-key',
  auth: { type: 'bearer' },
  parameters: [bedrockRegion],
  endpoints: {
    'openai-chat': { baseUrl: 'https://bedrock-mantle.{region}.api.aws/v1' },
    'openai-responses': { baseUrl: 'https://bedrock-mantle.{region}.api.aws/v1' },
    'anthropic-messages': { baseUrl: 'https://bedrock-mantle.{region}.api.aws/anthropic/v1' },
  },
  modelDialects: [{ match: /anthropic\.|claude/, dialect: 'anthropic-messages' }],
  quirks: [...compatibleHost, anthropicSampling],
  models: {
    url: '/models',
    seed: [
      {
        id: 'anthropic.claude-sonnet-5',
        name: 'Claude Sonnet 5',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'anthropic.claude-opus-4-8',
        name: 'Claude Opus 4.8',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'openai.gpt-oss-120b',
        name: 'gpt-oss-120b',
        contextWindow: 128_000,
        maxOutput: 16_384,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  errors: bedrockErrors,
  // docs.aws.amazon.com/bedrock/latest/userguide/quotas.html: each endpoint has its own quotas per model.
  limitsPerModel: true,
  terms: { status: 'ok' },
  env: ['AWS_BEARER_TOKEN_BEDROCK'],
  keyUrl: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  unverified: ['Some models are served under /openai/v1 instead of /v1 and refuse the other.'],
});
