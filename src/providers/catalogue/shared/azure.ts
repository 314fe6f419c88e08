import type { ModelInfo, ProviderParameter } from '../../provider.ts';

/** The first part of `https://{resource}.openai.azure.com`. */
export const azureResource: ProviderParameter = { name: 'resource', label: 'Resource name', example: 'my-resource' };

/** A model's name on Azure is the name of the user's deployment, by default the model's own. */
export const azureModels: ModelInfo[] = [
  { id: 'gpt-5.5', name: 'GPT-5.5', contextWindow: 1_050_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
  { id: 'gpt-5.4', name: 'GPT-5.4', contextWindow: 1_050_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
  { id: 'gpt-5.4-mini', name: 'GPT-5.4 mini', contextWindow: 400_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
  { id: 'gpt-5.1', name: 'GPT-5.1', contextWindow: 400_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
  { id: 'gpt-4.1', name: 'GPT-4.1', contextWindow: 1_047_576, maxOutput: 32_768, tools: true, vision: true, reasoning: false },
  { id: 'gpt-4o', name: 'GPT-4o', contextWindow: 128_000, maxOutput: 16_384, tools: true, vision: true, reasoning: false },
];
