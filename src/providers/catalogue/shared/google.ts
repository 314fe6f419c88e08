import type { FailureRule } from '../../../dialects/shared/classify.ts';
import type { ModelInfo, ProviderParameter } from '../../provider.ts';

/** Google's reasons (google.rpc.ErrorInfo). Quota ids and stated waits are judged by the dialect, which alone sees them. */
export const googleErrors: FailureRule[] = [
  { class: 'policy', status: 403, word: 'TOS_VIOLATION' },
  { class: 'auth', word: ['API_KEY_INVALID', 'VALIDATION_REQUIRED', 'UNAUTHENTICATED'] },
  { class: 'quota', status: 429, word: 'QUOTA_EXHAUSTED' },
  { class: 'billing', word: 'INSUFFICIENT_G1_CREDITS_BALANCE' },
  { class: 'overload', word: 'MODEL_CAPACITY_EXHAUSTED' },
  { class: 'rate', status: 429, word: 'RATE_LIMIT_EXCEEDED' },
];

/** Google Cloud's project and region; the host follows from the region (`global` has none in its name). */
export const cloudParameters: ProviderParameter[] = [
  { name: 'project', label: 'Google Cloud project ID', example: 'my-project-123456' },
  { name: 'region', label: 'Region', example: 'us-central1', default: 'global' },
  {
    name: 'host',
    label: 'Host',
    example: 'us-central1-aiplatform.googleapis.com',
    derived: { from: 'region', values: { global: 'aiplatform.googleapis.com' }, otherwise: '{value}-aiplatform.googleapis.com' },
  },
];

export const geminiModels: ModelInfo[] = [
  {
    id: 'gemini-3.5-flash',
    name: 'Gemini 3.5 Flash',
    contextWindow: 1_048_576,
    maxOutput: 65_536,
    tools: true,
    vision: true,
    reasoning: true,
  },
  {
    id: 'gemini-3.1-pro-preview',
    name: 'Gemini 3.1 Pro Preview',
    contextWindow: 1_048_576,
    maxOutput: 65_536,
    tools: true,
    vision: true,
    reasoning: true,
  },
  {
    id: 'gemini-3.1-flash-lite',
    name: 'Gemini 3.1 Flash Lite',
    contextWindow: 1_048_576,
    maxOutput: 65_536,
    tools: true,
    vision: true,
    reasoning: true,
  },
  {
    id: 'gemini-3-flash-preview',
    name: 'Gemini 3 Flash Preview',
    contextWindow: 1_048_576,
    maxOutput: 65_536,
    tools: true,
    vision: true,
    reasoning: true,
  },
  { id: 'gemini-2.5-pro', name: 'Gemini 2.5 Pro', contextWindow: 1_048_576, maxOutput: 65_536, tools: true, vision: true, reasoning: true },
  {
    id: 'gemini-2.5-flash',
    name: 'Gemini 2.5 Flash',
    contextWindow: 1_048_576,
    maxOutput: 65_536,
    tools: true,
    vision: true,
    reasoning: true,
  },
  {
    id: 'gemini-2.5-flash-lite',
    name: 'Gemini 2.5 Flash-Lite',
    contextWindow: 1_048_576,
    maxOutput: 65_536,
    tools: true,
    vision: true,
    reasoning: true,
  },
];
