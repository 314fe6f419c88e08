import { describe, expect, test } from 'vitest';
import { FAILURE_CLASSES, GatewayError } from '../../../src/conversation/error.ts';
import { asObject } from '../../../src/conversation/json.ts';
import { openaiResponses } from '../../../src/dialects/openai-responses/index.ts';
import { all, find, jsonEvents, NOW, readStream, sseEvents } from './helpers.ts';

/** The class that each recorded failure means, written by hand. */
const EXPECTED: Record<string, [failure: string, code: string | undefined]> = {
  'openai-context-context-chat-operations-uses-context-specific-api-keys': ['auth', 'invalid_api_key'],
  'openai-error-1': ['quota', 'insufficient_quota'],
  'openai-multimodal-tool-return-matrix-tool-return-content-url-force-download-audio-openai-r-2': ['request', 'invalid_value'],
  'openai-overloaded-event-in-200-stream': ['overload', 'server_is_overloaded'],
  'openai-real-error-scenarios-openai-gpt-5-nano-handles-context-length-exceeded-errors': ['context', 'context_length_exceeded'],
  'openai-response-create-error': ['capability', 'model_not_found'],
  'openai-responses-thinking-with-modified-history-1': ['request', 'invalid_request_error'],
  'xai-error-handling-with-xai-grok-4-1-fast-non-reasoning-raises-appropriate-auth-error': ['auth', 'invalid-argument'],
};

const errors = all.filter((one) => one.file.startsWith('errors/'));

describe('a recorded failure', () => {
  test('each has its row', () => {
    expect(errors.map((one) => one.name).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  test.each(Object.entries(EXPECTED))('%s is %j', async (name, [failure, code]) => {
    const { response } = find(name);
    const error =
      response.sse === undefined
        ? openaiResponses.readError(response.status, response.headers, response.body, [], NOW)
        : readStream(await sseEvents(response.sse)).flatMap((event) => (event.type === 'error' ? [event.error] : []))[0];
    expect([error?.class, error?.code]).toEqual([failure, code]);
    if (response.body !== undefined && error)
      expect(openaiResponses.writeError(error, 'req_1'), 'goes back as it came').toEqual({ status: response.status, body: response.body });
  });
});

describe('other bodies', () => {
  const read = (status: number, body: unknown, headers: Record<string, string> = {}): GatewayError =>
    openaiResponses.readError(status, headers, body, [], NOW);

  test('Codex says when its limit ends', () => {
    const error = read(429, { error: { type: 'usage_limit_reached', message: 'The usage limit has been reached', resets_in_seconds: 90 } });
    expect([error.class, error.retryAfterMs]).toEqual(['quota', 90_000]);
    expect(read(429, { error: { type: 'usage_limit_reached', resets_at: NOW / 1000 + 60 } }).retryAfterMs).toBe(60_000);
  });

  test('what the safety system of Codex refuses is no fault of the request’s form', () => {
    const message = 'This content was flagged for possible cybersecurity risk.';
    expect(read(400, { error: { type: 'invalid_request', code: 'cyber_policy', message } }).class).toBe('policy');
  });

  test('the header counts before words', () => {
    expect(
      read(429, { error: { code: 'rate_limit_exceeded', message: 'Please try again in 20s' } }, { 'retry-after': '7' }).retryAfterMs,
    ).toBe(7000);
    expect(read(429, { error: { code: 'rate_limit_exceeded', message: 'Please try again in 20s' } }).retryAfterMs).toBe(20_000);
  });

  test('a page of a proxy is read as its text', () => {
    const error = read(502, '<html><style>a{}</style><h1>Bad Gateway</h1></html>');
    expect([error.class, error.message, error.raw]).toEqual(['overload', 'Bad Gateway', undefined]);
  });

  test('a detail, a bare message, nothing', () => {
    expect(read(400, { detail: 'Stream must be set to true' }).message).toBe('Stream must be set to true');
    expect(read(404, { message: 'no such route' }).message).toBe('no such route');
    expect(read(500, '').message).toMatch(/500/);
  });

  test("the provider's own rules are asked first", () => {
    expect(openaiResponses.readError(400, {}, { error: { message: 'odd words' } }, [{ class: 'billing', text: /odd/ }], NOW).class).toBe(
      'billing',
    );
  });
});

describe('a failure written', () => {
  test.each([...FAILURE_CLASSES])('%s has the four fields', (failure) => {
    const { status, body } = openaiResponses.writeError(new GatewayError({ class: failure, message: 'm' }), 'req_1');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(asObject(body.error)).toEqual({ message: 'm', type: expect.any(String), param: null, code: expect.any(String) });
  });

  test('of another dialect does not leak its body', () => {
    const error = new GatewayError({
      class: 'rate',
      message: 'slow',
      raw: { dialect: 'gemini', body: { error: { status: 'RESOURCE_EXHAUSTED' } } },
    });
    expect(openaiResponses.writeError(error, 'r').body).toEqual({
      error: { message: 'slow', type: 'rate_limit_error', param: null, code: 'rate_limit_exceeded' },
    });
  });

  test('in a stream: an error event, then the failed response that Codex waits for, with the wait in words', async () => {
    const error = new GatewayError({ class: 'rate', message: 'Slow down.', retryAfterMs: 12_400 });
    const events = await jsonEvents(openaiResponses.writeStreamError(error, 'req_1'));
    expect(events).toMatchObject([
      { type: 'error', message: 'Slow down.', error: { code: 'rate_limit_exceeded' } },
      {
        type: 'response.failed',
        response: {
          object: 'response',
          status: 'failed',
          error: { code: 'rate_limit_exceeded', message: 'Slow down. Please try again in 13s.' },
        },
      },
    ]);
  });
});
