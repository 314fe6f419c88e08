import { defineProvider } from '../provider.ts';
import { noEffortWithTools } from '../quirks/no-effort-with-tools.ts';
import { noSamplingOnReasoning } from '../quirks/no-sampling-on-reasoning.ts';
import { stripReasoningContent } from '../quirks/reasoning-content.ts';
import { maxCompletionTokens } from '../quirks/token-limit.ts';
import { azureModels, azureResource } from './shared/azure.ts';
import { openaiErrors } from './shared/openai-models.ts';
import { openaiRateLimits } from './shared/rate-limits.ts';

/** The older form of the URL: one path a deployment, the API version in the query. */
export const azureDeployments = defineProvider({
  id: 'azure-deployments',
  name: 'Azure OpenAI (deployments with api-version)',
  prefix: 'azured',
  tier: 'api-key',
  auth: { type: 'header', header: 'api-key' },
  parameters: [azureResource, { name: 'apiVersion', label: 'API version', example: '2024-10-21', default: '2024-10-21' }],
  endpoints: {
    'openai-chat': {
      baseUrl: 'https://{resource}.openai.azure.com/openai',
      path: '/deployments/{model}/chat/completions',
      query: { 'api-version': '{apiVersion}' },
    },
  },
  quirks: [maxCompletionTokens, noSamplingOnReasoning, noEffortWithTools, stripReasoningContent],
  models: { seed: azureModels },
  errors: openaiErrors,
  rateLimits: openaiRateLimits,
  // learn.microsoft.com/azure/ai-foundry/openai/quotas-limits: defined per region, subscription, and model or deployment.
  limitsPerModel: true,
  terms: { status: 'ok' },
  env: ['AZURE_API_KEY', 'AZURE_OPENAI_API_KEY'],
  keyUrl: 'https://ai.azure.com',
  unverified: ['2024-10-21 is the last stable version of this API known here.'],
});
