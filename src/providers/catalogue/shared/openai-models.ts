import type { FailureRule } from '../../../dialects/shared/classify.ts';
import type { ModelDialect } from '../../provider.ts';

/**
 * Models of OpenAI and Azure that answer on the Responses API only (Codex, pro, deep research), and those that refuse function tools on
 * Chat Completions unless reasoning is off: gpt-5.4 and later (openai/openai-openapi#541).
 */
export const openaiModelDialects: ModelDialect[] = [
  { match: /codex|deep-research|^computer-use/, dialect: 'openai-responses' },
  { match: /^(?:o\d|gpt-[5-9][\w.]*)-pro\b/, dialect: 'openai-responses' },
  { match: /^gpt-(?:5\.(?:[4-9]|\d\d)|[6-9])(?!.*-chat)/, dialect: 'openai-responses' },
];

/** OpenAI's error codes (platform.openai.com/docs/guides/error-codes). */
export const openaiErrors: FailureRule[] = [
  { class: 'quota', status: 429, word: 'insufficient_quota' },
  {
    class: 'billing',
    word: [
      'credit_balance_exhausted',
      'organization_spend_limit_exceeded',
      'project_spend_limit_exceeded',
      'organization_usage_limit_exceeded',
      'billing_hard_limit_reached',
    ],
  },
  { class: 'rate', status: 429, word: ['rate_limit_exceeded', 'slow_down'] },
  { class: 'overload', word: 'server_is_overloaded' },
  { class: 'capability', status: 404, word: 'model_not_found' },
  // "Invalid token in prompt" means a number in the prompt, not the credential (recordings/errors/openai-completions-post-ec9c4d9d).
  { class: 'request', status: 400, text: /invalid token in prompt/i },
];
