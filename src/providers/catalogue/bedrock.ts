import { defineProvider } from '../provider.ts';
import { bedrockErrors, bedrockRegion } from './shared/bedrock.ts';

/** With a Bedrock API key as bearer token. Most models want the id of an inference profile: `us.`, `eu.`, `apac.` or `global.` in front. */
export const bedrock = defineProvider({
  id: 'bedrock',
  name: 'Amazon Bedrock',
  prefix: 'bedrock',
  tier: 'api-key',
  auth: { type: 'bearer' },
  parameters: [bedrockRegion],
  endpoints: { 'bedrock-converse': { baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com' } },
  models: {
    url: 'https://bedrock.{region}.amazonaws.com/inference-profiles?maxResults=1000',
    shape: 'bedrock',
    seed: [
      {
        id: 'global.anthropic.claude-sonnet-5',
        name: 'Claude Sonnet 5 (Global)',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'us.anthropic.claude-sonnet-5',
        name: 'Claude Sonnet 5 (US)',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'eu.anthropic.claude-sonnet-5',
        name: 'Claude Sonnet 5 (EU)',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'us.anthropic.claude-opus-4-8',
        name: 'Claude Opus 4.8 (US)',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'us.amazon.nova-pro-v1:0' },
      { id: 'us.amazon.nova-lite-v1:0' },
    ],
  },
  errors: bedrockErrors,
  terms: { status: 'ok' },
  env: ['AWS_BEARER_TOKEN_BEDROCK'],
  keyUrl: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  unverified: ['Signing with access keys (SigV4) is not offered.'],
});
