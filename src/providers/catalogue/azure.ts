import { defineProvider } from '../provider.ts';
import { noEffortWithTools } from '../quirks/no-effort-with-tools.ts';
import { noSamplingOnReasoning } from '../quirks/no-sampling-on-reasoning.ts';
import { stripReasoningContent } from '../quirks/reasoning-content.ts';
import { maxCompletionTokens } from '../quirks/token-limit.ts';
import { azureModels, azureResource } from './shared/azure.ts';
import { openaiErrors, openaiModelDialects } from './shared/openai-models.ts';
import { openaiRateLimits } from './shared/rate-limits.ts';

/** The v1 API: no api-version, the deployment's name in the body's `model`. */
export const azure = defineProvider({
  id: 'azure',
  name: 'Azure OpenAI',
  prefix: 'azure',
  aliases: ['azure openai', 'foundry'],
  tier: 'api-key',
  auth: { type: 'header', header: 'api-key' },
  parameters: [azureResource],
  endpoints: {
    'openai-responses': { baseUrl: 'https://{resource}.openai.azure.com/openai/v1' },
    'openai-chat': { baseUrl: 'https://{resource}.openai.azure.com/openai/v1' },
  },
  modelDialects: openaiModelDialects,
  quirks: [maxCompletionTokens, noSamplingOnReasoning, noEffortWithTools, stripReasoningContent],
  models: { url: '/models', seed: azureModels },
  errors: openaiErrors,
  rateLimits: openaiRateLimits,
  // learn.microsoft.com/azure/ai-foundry/openai/quotas-limits: defined per region, subscription, and model or deployment.
  limitsPerModel: true,
  terms: { status: 'ok' },
  env: ['AZURE_API_KEY', 'AZURE_OPENAI_API_KEY'],
  keyUrl: 'https://ai.azure.com',
  modalities: { embeddings: '/embeddings' },
  unverified: [
    'The model list of the v1 API names base models, not the user’s deployments.',
    'A deployment named unlike its model hides what the model is: its quirks then do not apply and the repair after a 400 does their work.',
  ],
});
