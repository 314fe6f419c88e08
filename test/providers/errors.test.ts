import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../src/conversation/dialect-id.ts';
import type { FailureClass } from '../../src/conversation/error.ts';
import type { JsonObject } from '../../src/conversation/json.ts';
import { providerDialect } from '../../src/dialects/registry.ts';
import { providerById } from '../../src/providers/catalogue.ts';
import { recordings } from '../recordings.ts';

function classOf(provider: string, dialect: DialectId, status: number, body: unknown, headers: Record<string, string> = {}): FailureClass {
  const found = providerById(provider);
  if (!found) throw new Error(`no provider ${provider}`);
  return providerDialect(dialect).readError(status, headers, body, found.errors ?? [], 0).class;
}

/** Judged by hand: what each recorded refusal means for the account that got it. */
const RECORDED: Record<string, [provider: string, dialect: DialectId, FailureClass]> = {
  'anthropic-count-tokens-error': ['anthropic', 'anthropic-messages', 'capability'],
  'anthropic-model-name-suggestion-anthropic': ['anthropic', 'anthropic-messages', 'capability'],
  'anthropic-overloaded-529': ['anthropic', 'anthropic-messages', 'overload'],
  'anthropic-rate-limit-429': ['anthropic', 'anthropic-messages', 'rate'],
  'anthropic-real-error-scenarios-anthropic-claude-haiku-4-5-handles-context-length-exceeded': [
    'anthropic',
    'anthropic-messages',
    'context',
  ],
  'cohere-error-handling-with-cohere-command-a-03-2025-raises-appropriate-auth-error': ['cohere', 'openai-chat', 'auth'],
  'cohere-real-error-scenarios-cohere-command-a-03-2025-handles-context-length-exceeded-error': ['cohere', 'openai-chat', 'context'],
  'cohere-testcohere-test-embed-error': ['cohere', 'openai-chat', 'capability'],
  'deepseek-error-handling-with-deepseek-deepseek-chat-raises-appropriate-auth-error': ['deepseek', 'openai-chat', 'auth'],
  'deepseek-insufficient-balance-402': ['deepseek', 'openai-chat', 'billing'],
  'deepseek-rate-limit-429': ['deepseek', 'openai-chat', 'rate'],
  'google-error-handling-with-gemini-gemini-2-5-flash-raises-appropriate-auth-error': ['gemini', 'gemini', 'auth'],
  'google-internal-500': ['gemini', 'gemini', 'overload'],
  // By the minute, with a wait of seconds, although it says "exceeded your current quota".
  'google-real-error-scenarios-gemini-gemini-2-5-flash-handles-context-length-exceeded-errors': ['gemini', 'gemini', 'rate'],
  'google-testgoogle-test-count-tokens-error': ['gemini', 'gemini', 'capability'],
  'mistral-error-handling-with-mistral-mistral-small-latest-raises-appropriate-auth-error': ['mistral', 'openai-chat', 'auth'],
  'ollama-chat-error-records-model-name': ['ollama-local', 'openai-chat', 'capability'],
  'ollama-cloud-error-handling-with-ollama-cloud-gpt-oss-120b-raises-appropriate-auth-error': ['ollama-cloud', 'openai-chat', 'auth'],
  'ollama-cloud-real-error-scenarios-ollama-cloud-gpt-oss-120b-handles-context-length-exceede': ['ollama-cloud', 'openai-chat', 'context'],
  'openai-agents-and-tools-2-stream': ['openai', 'openai-chat', 'capability'],
  'openai-completion-error': ['openai', 'openai-chat', 'auth'],
  'openai-completion-stream-wrong-api-key': ['openai', 'openai-chat', 'auth'],
  'openai-completions-post-ec9c4d9d': ['openai', 'openai-chat', 'request'],
  'openai-context-context-chat-operations-uses-context-specific-api-keys': ['openai', 'openai-responses', 'auth'],
  'openai-error-1': ['openai', 'openai-responses', 'quota'],
  'openai-multimodal-tool-return-matrix-direct-binary-audio-openai-chat-1': ['openai', 'openai-chat', 'request'],
  'openai-multimodal-tool-return-matrix-tool-return-content-url-force-download-audio-openai-r-2': ['openai', 'openai-responses', 'request'],
  'openai-o1-mini-system-role-developer': ['openai', 'openai-chat', 'capability'],
  'openai-real-error-scenarios-openai-gpt-5-nano-handles-context-length-exceeded-errors': ['openai', 'openai-responses', 'context'],
  'openai-response-create-error': ['openai', 'openai-responses', 'capability'],
  'openai-responses-thinking-with-modified-history-1': ['openai', 'openai-responses', 'request'],
  'openai-testopenai-test-embed-error': ['openai', 'openai-chat', 'capability'],
  'openai-vision-2': ['openai', 'openai-chat', 'request'],
  'openai-vision-base64-3': ['openai', 'openai-chat', 'request'],
  'openrouter-error-handling-with-openrouter-claude-haiku-4-5-raises-appropriate-auth-error': ['openrouter', 'openai-chat', 'auth'],
  'openrouter-errors-raised': ['openrouter', 'openai-chat', 'rate'],
  'openrouter-real-error-scenarios-openrouter-claude-haiku-4-5-handles-context-length-exceede': ['openrouter', 'openai-chat', 'context'],
  'perplexity-error-handling-with-perplexity-sonar-raises-appropriate-auth-error': ['perplexity', 'openai-chat', 'auth'],
  'perplexity-real-error-scenarios-perplexity-sonar-handles-context-length-exceeded-errors': ['perplexity', 'openai-chat', 'context'],
  'vertex-generate-content-missing-model': ['vertex', 'gemini', 'capability'],
  'vertex-real-error-scenarios-vertexai-gemini-2-5-flash-handles-context-length-exceeded-erro-1': ['vertex', 'gemini', 'context'],
  'xai-error-handling-with-xai-grok-4-1-fast-non-reasoning-raises-appropriate-auth-error': ['xai', 'openai-responses', 'auth'],
};

describe('recorded refusals', () => {
  // The two errors inside a 200 stream belong to the dialects' stream readers.
  const cases = recordings(({ file, status }) => file.startsWith('errors/') && status !== 200);

  it('each have a line in this table', () => {
    expect(cases.map(({ name }) => name).sort()).toEqual(Object.keys(RECORDED).sort());
  });

  it.each(cases)('$name', ({ name, response }) => {
    const [provider, dialect, expected] = RECORDED[name] ?? ['', 'openai-chat', 'internal'];
    const { status, headers, body, text, sse, ndjson } = response;
    expect(classOf(provider, dialect, status, body ?? text ?? sse ?? ndjson, headers)).toBe(expected);
  });
});

const error = (fields: JsonObject): JsonObject => ({ error: fields });

describe('documented refusals', () => {
  it.each([
    ['glm', 429, error({ code: '1113', message: 'no resource package' }), 'billing'],
    ['glm', 429, error({ code: '1308', message: 'Usage limit reached for 5 hour. Your limit will reset at 2026-11-01 12:00:00' }), 'quota'],
    ['glm', 429, error({ code: '1302', message: 'Rate limit reached for requests' }), 'rate'],
    ['glm', 429, error({ code: '1305', message: 'The service may be temporarily overloaded' }), 'overload'],
    ['glm', 429, error({ code: '1313', message: 'Your account’s usage does not comply with the fair use policy' }), 'policy'],
    ['glm-cn', 400, error({ code: '1211', message: '模型不存在' }), 'capability'],
    ['glm-cn', 400, error({ code: '1301', message: '系统检测到输入或生成内容可能包含不安全或敏感内容' }), 'policy'],
    ['glm-general', 400, error({ code: 1214, message: 'Incorrect parameters' }), 'request'],
    ['moonshot', 429, error({ type: 'exceeded_current_quota_error', message: 'Your account is suspended' }), 'billing'],
    ['moonshot', 429, error({ type: 'rate_limit_reached_error', message: 'max organization concurrency' }), 'rate'],
    ['moonshot', 429, error({ type: 'engine_overloaded_error', message: 'The engine is currently overloaded' }), 'overload'],
    ['moonshot', 404, error({ type: 'resource_not_found_error', message: 'Not found the model or Permission denied' }), 'capability'],
    ['kimi-coding-apikey', 403, error({ message: 'You have reached your usage limit for this billing cycle' }), 'quota'],
    ['kimi-coding-apikey', 403, error({ message: 'Kimi For Coding is currently only available for Coding Agents' }), 'policy'],
    ['kimi-coding-apikey', 400, error({ message: 'Your request exceeded model token limit: 262144' }), 'context'],
    ['minimax', 200, { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 'billing'],
    ['minimax', 200, { base_resp: { status_code: 1039, status_msg: 'token limit exceeded' } }, 'context'],
    ['minimax-cn', 200, { base_resp: { status_code: 2049, status_msg: 'invalid api key' } }, 'auth'],
    [
      'groq',
      413,
      error({ type: 'tokens', code: 'rate_limit_exceeded', message: 'Request too large for model `x` on tokens per minute (TPM)' }),
      'context',
    ],
    ['groq', 400, error({ code: 'tool_use_failed', message: 'Failed to call a function.' }), 'empty'],
    ['groq', 429, error({ code: 'rate_limit_exceeded', message: 'Rate limit reached for model `x` on tokens per minute (TPM)' }), 'rate'],
    ['openrouter', 402, error({ code: 402, message: 'Insufficient credits' }), 'billing'],
    ['openrouter', 403, error({ code: 403, message: 'Key limit exceeded' }), 'quota'],
    ['openrouter', 403, error({ code: 403, message: 'Your input was flagged', metadata: { reasons: ['x'] } }), 'policy'],
    ['openrouter', 404, error({ code: 404, message: 'No endpoints found that support tool use.' }), 'capability'],
    ['openrouter', 429, error({ code: 429, message: 'Rate limit exceeded: free-models-per-day' }), 'quota'],
    ['cloudflare-ai', 429, error({ message: 'you have used up your daily free allocation of 10,000 neurons' }), 'quota'],
    ['cloudflare-ai', 403, error({ code: 10000, message: 'Authentication error' }), 'auth'],
    ['opencode-go', 429, error({ message: 'Monthly usage limit reached. Resets in 12 days.' }), 'quota'],
    ['opencode-go', 429, error({ message: 'Rate limit exceeded. Please try again later.' }), 'rate'],
    [
      'github-models',
      429,
      error({ code: 'RateLimitReached', message: 'Rate limit of 50 per 86400s exceeded for UserByModelByDay.' }),
      'quota',
    ],
    [
      'github-models',
      429,
      error({ code: 'RateLimitReached', message: 'Rate limit of 10 per 60s exceeded for UserByModelByMinute.' }),
      'rate',
    ],
    [
      'github-models',
      413,
      error({ code: 'tokens_limit_reached', message: 'Request body too large for gpt-4.1 model. Max size: 8000 tokens.' }),
      'context',
    ],
    ['huggingface', 402, error({ message: 'You have exceeded your monthly included credits for Inference Providers.' }), 'quota'],
    ['xai', 403, { code: 'permission-denied', error: "Your newly created team doesn't have any credits or licenses yet." }, 'billing'],
    ['alibaba', 400, error({ code: 'Arrearage', message: 'Access denied, please make sure your account is in good standing.' }), 'billing'],
    ['alibaba', 400, error({ code: 'data_inspection_failed', message: 'Input data may contain inappropriate content.' }), 'policy'],
    ['siliconflow', 403, { code: 30001, message: 'Sorry, your account balance is insufficient' }, 'billing'],
    ['openai', 429, error({ type: 'insufficient_quota', code: 'credit_balance_exhausted', message: 'x' }), 'quota'],
    ['openai', 429, error({ type: 'requests', code: 'slow_down', message: 'x' }), 'rate'],
    ['ollama-cloud', 429, error({ message: "you've reached your hourly usage limit, please upgrade to continue" }), 'quota'],
    ['bedrock-mantle', 429, error({ code: 'ThrottlingException', message: 'Too many requests' }), 'rate'],
    ['deepseek', 422, error({ message: 'Failed to deserialize the JSON body' }), 'request'],
  ] as const)('%s %i %o is %s', (provider, status, body, expected) => {
    expect(classOf(provider, 'openai-chat', status, body)).toBe(expected);
  });

  it.each([
    [429, 'rate_limit_error', 'Usage credits are required for long context requests.', 'request'],
    [400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.', 'billing'],
    [402, 'billing_error', 'x', 'billing'],
    [413, 'request_too_large', 'Request exceeds the maximum size', 'context'],
    [403, 'permission_error', 'x', 'auth'],
    [504, 'timeout_error', 'x', 'network'],
  ] as const)('anthropic %i %s "%s" is %s', (status, type, message, expected) => {
    expect(classOf('anthropic', 'anthropic-messages', status, { type: 'error', error: { type, message } })).toBe(expected);
  });

  it.each([
    [
      'PerDay in the quota id',
      [{ violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }] }, { retryDelay: '12s' }],
      'quota',
    ],
    ['a wait of hours', [{ retryDelay: '7643s' }], 'quota'],
    ['QUOTA_EXHAUSTED', [{ reason: 'QUOTA_EXHAUSTED' }], 'quota'],
    ['no credits left', [{ reason: 'INSUFFICIENT_G1_CREDITS_BALANCE' }], 'billing'],
    ['RATE_LIMIT_EXCEEDED', [{ reason: 'RATE_LIMIT_EXCEEDED' }], 'rate'],
    ['no capacity', [{ reason: 'MODEL_CAPACITY_EXHAUSTED' }], 'overload'],
  ] as [string, JsonObject[], FailureClass][])('gemini 429 with %s is %3$s', (_, details, expected) => {
    const body = { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Resource has been exhausted', details } };
    expect(classOf('gemini', 'gemini', 429, body)).toBe(expected);
  });
});
