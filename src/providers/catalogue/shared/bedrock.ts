import type { FailureRule } from '../../../dialects/shared/classify.ts';
import type { ProviderParameter } from '../../provider.ts';

export const bedrockRegion: ProviderParameter = { name: 'region', label: 'AWS region', example: 'us-east-1', default: 'us-east-1' };

/** Exceptions of the Bedrock runtime (Converse, "Errors"). */
export const bedrockErrors: FailureRule[] = [
  { class: 'quota', word: 'ServiceQuotaExceededException' },
  { class: 'quota', status: 429, text: /too many tokens per day/i },
  { class: 'rate', word: 'ThrottlingException' },
  { class: 'overload', word: ['ModelNotReadyException', 'ServiceUnavailableException', 'InternalServerException', 'ModelErrorException'] },
  { class: 'network', word: 'ModelTimeoutException' },
  {
    class: 'capability',
    text: /don't have access to the model|model identifier is invalid|on-demand throughput isn.t supported|isn't supported on this route/i,
  },
  { class: 'capability', word: 'ResourceNotFoundException' },
  { class: 'auth', word: ['AccessDeniedException', 'UnrecognizedClientException', 'ExpiredTokenException'] },
];
