import { defineProvider } from '../provider.ts';
import { anthropicSampling } from '../quirks/anthropic-sampling.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { vertexAnthropic } from '../quirks/vertex-anthropic.ts';
import { cloudParameters, googleErrors } from './shared/google.ts';

/** Claude by its own API inside the cloud, all other vendors (`vendor/model-maas`) by the OpenAI-compatible endpoint. */
export const vertexPartner = defineProvider({
  id: 'vertex-partner',
  name: 'Google Vertex AI (partner models)',
  prefix: 'vxp',
  tier: 'api-key',
  auth: { type: 'google-service-account' },
  parameters: cloudParameters,
  endpoints: {
    'openai-chat': { baseUrl: 'https://{host}/v1/projects/{project}/locations/{region}/endpoints/openapi' },
    'anthropic-messages': {
      baseUrl: 'https://{host}/v1/projects/{project}/locations/{region}/publishers/anthropic/models',
      path: '/{model}:rawPredict',
      streamPath: '/{model}:streamRawPredict',
      quirks: [vertexAnthropic, anthropicSampling],
    },
  },
  modelDialects: [
    { match: /^claude/, dialect: 'anthropic-messages' },
    { match: /./, dialect: 'openai-chat' },
  ],
  quirks: compatibleHost,
  models: {
    seed: [
      {
        id: 'claude-sonnet-5@default',
        name: 'Claude Sonnet 5',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'claude-opus-4-8@default',
        name: 'Claude Opus 4.8',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'claude-sonnet-4-6@default',
        name: 'Claude Sonnet 4.6',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'zai-org/glm-5-maas', name: 'GLM-5', contextWindow: 202_752, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      {
        id: 'moonshotai/kimi-k2-thinking-maas',
        name: 'Kimi K2 Thinking',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'deepseek-ai/deepseek-v3.2-maas',
        name: 'DeepSeek V3.2',
        contextWindow: 163_840,
        maxOutput: 65_536,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  errors: googleErrors,
  terms: { status: 'ok' },
  env: ['GOOGLE_APPLICATION_CREDENTIALS_JSON'],
  keyUrl: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
});
