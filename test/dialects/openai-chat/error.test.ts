import { describe, expect, it } from 'vitest';
import { type FailureClass, GatewayError } from '../../../src/conversation/error.ts';
import type { JsonObject } from '../../../src/conversation/json.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { failed, readContext } from './support.ts';

const NOW = 1_700_000_000_000;

/** What each recorded failure means, decided by hand. */
const EXPECTED: Record<string, FailureClass> = {
  'deepseek-error-handling-with-deepseek-deepseek-chat-raises-appropriate-auth-error': 'auth',
  'deepseek-insufficient-balance-402': 'billing',
  'deepseek-rate-limit-429': 'rate',
  'mistral-error-handling-with-mistral-mistral-small-latest-raises-appropriate-auth-error': 'auth',
  'ollama-cloud-error-handling-with-ollama-cloud-gpt-oss-120b-raises-appropriate-auth-error': 'auth',
  'ollama-cloud-real-error-scenarios-ollama-cloud-gpt-oss-120b-handles-context-length-exceede': 'context',
  'openai-agents-and-tools-2-stream': 'capability',
  'openai-completion-error': 'auth',
  'openai-multimodal-tool-return-matrix-direct-binary-audio-openai-chat-1': 'request',
  'openai-o1-mini-system-role-developer': 'capability',
  'openai-vision-2': 'request',
  'openai-vision-base64-3': 'request',
  'openrouter-error-handling-with-openrouter-claude-haiku-4-5-raises-appropriate-auth-error': 'auth',
  'openrouter-errors-raised': 'rate',
  'openrouter-real-error-scenarios-openrouter-claude-haiku-4-5-handles-context-length-exceede': 'context',
  'perplexity-error-handling-with-perplexity-sonar-raises-appropriate-auth-error': 'auth',
  'perplexity-real-error-scenarios-perplexity-sonar-handles-context-length-exceeded-errors': 'context',
};

const readBody = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  openaiChat.readError(status, headers, body, [], NOW);

describe('recorded errors', () => {
  it.each(failed.map((recording) => [recording.name, recording] as const))('%s', (name, { response }) => {
    const error = openaiChat.readError(response.status, response.headers, response.body ?? response.text, [], NOW);
    expect(error.class).toBe(EXPECTED[name]);
    expect(error.status).toBe(response.status);
    expect(error.message).not.toBe('');
    const reply = openaiChat.writeError(error);
    expect(reply.status).toBe(response.status);
    expect(reply.body).toEqual({
      error: expect.objectContaining({ message: error.message, type: expect.any(String), param: error.param ?? null }),
    });
  });

  it('all have their row', () => {
    expect(failed.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it("name what OpenRouter's provider really said", () => {
    const body = {
      error: { code: 429, message: 'Provider returned error', metadata: { raw: '{"error":{"message":"Quota exceeded","status":"X"}}' } },
    };
    expect(readBody(429, body).message).toBe('Provider returned error: Quota exceeded');
  });
});

describe('error bodies of other forms', () => {
  const rows: [string, number, unknown, FailureClass, string][] = [
    [
      'an error that is a string (Ollama)',
      404,
      { error: "model 'x' not found, try pulling it first" },
      'capability',
      "model 'x' not found",
    ],
    ['a message alone', 401, { message: 'Invalid API key' }, 'auth', 'Invalid API key'],
    ['a list of problems (FastAPI)', 422, { detail: [{ loc: ['body', 'n'], msg: 'Input should be 1' }] }, 'request', 'body.n: Input'],
    ['vLLM', 400, { object: 'error', message: "This model's maximum context length is 4096 tokens", code: 400 }, 'context', 'maximum'],
    ['MiniMax base_resp', 200, { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 'billing', 'insufficient'],
    [
      'MiniMax balance',
      429,
      { error: { http_code: '429', message: 'no money (1008)', type: 'insufficient_balance_error' } },
      'billing',
      'no money',
    ],
    ['Google in a list', 429, [{ error: { code: 429, message: 'Slow', status: 'RESOURCE_EXHAUSTED' } }], 'rate', 'Slow'],
    ['a page of a proxy', 502, '<html><head><title>502 Bad Gateway</title></head></html>', 'overload', '502 Bad Gateway'],
    ['nothing at all', 503, '', 'overload', 'The provider answered 503.'],
    ['tokens per minute are a rate', 429, { error: { message: 'Too many tokens: limit 10 tokens per minute' } }, 'rate', 'Too many'],
  ];
  it.each(rows)('%s', (_name, status, body, expected, words) => {
    const error = readBody(status, body);
    expect(error.class).toBe(expected);
    expect(error.message).toContain(words);
  });

  it('the rules of a provider come first', () => {
    const body = { error: { message: 'x', code: '1113' } };
    expect(openaiChat.readError(429, {}, body, [{ class: 'billing', word: '1113' }], NOW).class).toBe('billing');
  });
});

describe('the wait', () => {
  it('comes from the header, the body, the words, or an empty window', () => {
    expect(readBody(429, {}, { 'retry-after': '7' }).retryAfterMs).toBe(7000);
    expect(readBody(429, [{ error: { details: [{ retryDelay: '12s' }] } }]).retryAfterMs).toBe(12_000);
    expect(readBody(429, { error: { message: 'Please try again in 1m30s.' } }).retryAfterMs).toBe(90_000);
    expect(readBody(429, { error: { metadata: { headers: { 'X-RateLimit-Reset': String(NOW + 5000) } } } }).retryAfterMs).toBe(5000);
    const window = { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s', 'x-ratelimit-remaining-tokens': '9' };
    expect(readBody(429, {}, window).retryAfterMs).toBe(360_000);
  });
});

describe('credentials', () => {
  it('in what a vendor says reach neither message nor raw', () => {
    const key = `sk-${'a1B2'.repeat(8)}`;
    const error = readBody(401, { error: { message: `Incorrect API key: ${key}`, details: [`Bearer ${key}`] } });
    expect(JSON.stringify([error.message, error.raw, openaiChat.writeError(error)])).not.toContain(key);
  });
});

describe('an error in an answer with status 200', () => {
  const whole = (body: JsonObject) => openaiChat.readResponse(body, readContext());

  it.each([
    [{ error: { message: 'Overloaded', code: 529 } }, 'overload', 529],
    [{ error: { message: 'No credits', code: 402 } }, 'billing', 402],
    [{ base_resp: { status_code: 1008, status_msg: 'insufficient balance' }, choices: null }, 'billing', 402],
    [{ object: 'error', message: 'boom' }, 'overload', 503],
    [{ choices: [] }, 'empty', 502],
    [{ choices: [{ message: { content: 'half' }, finish_reason: 'error' }] }, 'overload', 503],
  ] satisfies [JsonObject, FailureClass, number][])('%j is one', (body, failure, status) => {
    const result = whole(body);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error).toMatchObject({ class: failure, status });
  });

  it('is not seen in MiniMax saying success', () => {
    expect(whole({ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }], base_resp: { status_code: 0 } }).ok).toBe(true);
  });
});

describe('written errors', () => {
  it("have OpenAI's fields, all of them, for every class", () => {
    for (const [failure, type] of [
      ['request', 'invalid_request_error'],
      ['auth', 'authentication_error'],
      ['quota', 'insufficient_quota'],
      ['rate', 'rate_limit_error'],
      ['overload', 'server_error'],
    ] as const) {
      const { status, body } = openaiChat.writeError(new GatewayError({ class: failure, message: 'm' }));
      expect(body.error).toEqual({ message: 'm', type, param: null, code: failure === 'request' ? null : expect.any(String) });
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });

  it('of another dialect show nothing of its body', () => {
    const raw = { dialect: 'gemini' as const, body: { error: { message: 'theirs', details: ['x'] } } };
    const { body } = openaiChat.writeError(new GatewayError({ class: 'rate', message: 'm', raw }));
    expect(JSON.stringify(body)).not.toContain('details');
  });
});
