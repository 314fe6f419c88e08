import { describe, expect, it } from 'vitest';
import { type FailureClass, GatewayError } from '../../../src/conversation/error.ts';
import { asArray, asObject } from '../../../src/conversation/json.ts';
import { gemini } from '../../../src/dialects/gemini/index.ts';
import { recordings } from '../../recordings.ts';

const EXPECTED: Record<string, { class: FailureClass; retryAfterMs?: number }> = {
  'google-error-handling-with-gemini-gemini-2-5-flash-raises-appropriate-auth-error': { class: 'auth' },
  'google-internal-500': { class: 'overload' },
  'google-real-error-scenarios-gemini-gemini-2-5-flash-handles-context-length-exceeded-errors': { class: 'rate', retryAfterMs: 48_000 },
  'google-testgoogle-test-count-tokens-error': { class: 'capability' },
  'vertex-generate-content-missing-model': { class: 'capability' },
  'vertex-real-error-scenarios-vertexai-gemini-2-5-flash-handles-context-length-exceeded-erro-1': { class: 'context' },
};

const errors = recordings(
  (entry) => entry.file.startsWith('errors/') && ['google', 'vertex'].includes(entry.provider) && entry.format !== 'openai-chat',
);

const status = (code: number, word: string, message: string, details: object[] = []) => ({
  error: { code, message, status: word, details },
});
const reason = (name: string, metadata = {}) => ({ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: name, metadata });
const quota = (quotaId: string) => ({ '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId }] });
const wait = (retryDelay: string) => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay });

describe('classing a failure', () => {
  it('covers every recorded one', () => {
    expect(errors.map((error) => error.file.replace(/^errors\/|\.json$/g, '')).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(errors.map((error) => [error.file.replace(/^errors\/|\.json$/g, ''), error] as const))('%s', (name, recording) => {
    const { response } = recording;
    const error = gemini.readError(response.status, response.headers, response.body ?? response.text, [], 0);
    expect({ class: error.class, retryAfterMs: error.retryAfterMs }).toEqual({ retryAfterMs: undefined, ...EXPECTED[name] });
    expect(error.status).toBe(response.status);
    expect(gemini.writeError(error, 'r').body).toEqual(response.body);
  });

  it.each<[string, number, unknown, FailureClass, number | undefined]>([
    [
      'a day’s quota',
      429,
      status(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [
        quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier'),
        wait('35s'),
      ]),
      'quota',
      35_000,
    ],
    [
      'a minute’s quota',
      429,
      status(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [quota('GenerateRequestsPerMinutePerProject')]),
      'rate',
      undefined,
    ],
    ['a long wait', 429, status(429, 'RESOURCE_EXHAUSTED', 'x', [wait('3600s')]), 'quota', 3_600_000],
    [
      'a reset in metadata',
      429,
      status(429, 'RESOURCE_EXHAUSTED', 'x', [reason('QUOTA_EXHAUSTED', { quotaResetDelay: '2h7m23s' })]),
      'quota',
      7_643_000,
    ],
    ['words alone', 429, status(429, 'RESOURCE_EXHAUSTED', 'Please retry in 12.5s.'), 'rate', 12_500],
    ['Vertex without details', 429, status(429, 'RESOURCE_EXHAUSTED', 'Resource exhausted. Please try again later.'), 'rate', undefined],
    ['capacity', 429, status(429, 'RESOURCE_EXHAUSTED', 'x', [reason('MODEL_CAPACITY_EXHAUSTED')]), 'overload', undefined],
    ['overload', 503, status(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'), 'overload', undefined],
    ['credits', 429, status(429, 'RESOURCE_EXHAUSTED', 'x', [reason('INSUFFICIENT_G1_CREDITS_BALANCE')]), 'billing', undefined],
    ['no sign-in', 401, status(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'), 'auth', undefined],
    ['validation', 403, status(403, 'PERMISSION_DENIED', 'Verify', [reason('VALIDATION_REQUIRED')]), 'auth', undefined],
    ['terms', 403, status(403, 'PERMISSION_DENIED', 'x', [reason('TOS_VIOLATION')]), 'policy', undefined],
    ['place', 400, status(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'), 'capability', undefined],
    ['a bad request', 400, status(400, 'INVALID_ARGUMENT', 'Unknown name "x"'), 'request', undefined],
    ['a list around it', 404, [status(404, 'NOT_FOUND', 'models/x is not found')], 'capability', undefined],
    ['a page', 502, '<html><h1>Bad gateway</h1></html>', 'overload', undefined],
    ['nothing', 500, undefined, 'overload', undefined],
  ])('%s', (_, code, body, expected, retryAfterMs) => {
    const error = gemini.readError(code, {}, body, [], 0);
    expect([error.class, error.retryAfterMs]).toEqual([expected, retryAfterMs]);
  });

  it("asks the provider's own rules first", () => {
    expect(
      gemini.readError(429, {}, status(429, 'RESOURCE_EXHAUSTED', 'x'), [{ class: 'billing', word: 'RESOURCE_EXHAUSTED' }], 0).class,
    ).toBe('billing');
  });

  it('never repeats a key', () => {
    const key = `AIza${'x'.repeat(35)}`;
    const error = gemini.readError(
      403,
      {},
      status(403, 'PERMISSION_DENIED', `Consumer 'api_key:${key}' has been suspended.`, [reason('CONSUMER_SUSPENDED', { consumer: key })]),
      [],
      0,
    );
    expect(JSON.stringify([error.message, error.raw])).not.toContain('AIza');
    expect(error.class).toBe('auth');
  });
});

describe('writing a failure', () => {
  it.each<[FailureClass, number | undefined, number, string]>([
    ['request', undefined, 400, 'INVALID_ARGUMENT'],
    ['auth', undefined, 401, 'UNAUTHENTICATED'],
    ['quota', undefined, 429, 'RESOURCE_EXHAUSTED'],
    ['billing', 402, 402, 'PERMISSION_DENIED'],
    ['overload', 529, 529, 'UNAVAILABLE'],
    ['capability', 404, 404, 'NOT_FOUND'],
    ['network', 502, 502, 'UNAVAILABLE'],
    ['network', 504, 504, 'DEADLINE_EXCEEDED'],
    ['internal', undefined, 500, 'INTERNAL'],
  ])('%s %s is %s %s', (failure, from, code, word) => {
    const reply = gemini.writeError(new GatewayError({ class: failure, message: 'm', ...(from ? { status: from } : {}) }), 'req-1');
    expect(reply.status).toBe(code);
    expect(reply.body).toMatchObject({ error: { code, message: 'm', status: word } });
  });

  it('says when to try again, which field is wrong, and which request it was', () => {
    const { body } = gemini.writeError(
      new GatewayError({ class: 'rate', message: 'm', retryAfterMs: 1500, param: 'contents[0]' }),
      'req-1',
    );
    expect(asArray(asObject(body.error)?.details).slice(1)).toMatchObject([
      { retryDelay: '1.5s' },
      { fieldViolations: [{ field: 'contents[0]' }] },
      { requestId: 'req-1' },
    ]);
    expect(gemini.readError(429, {}, body, [], 0)).toMatchObject({ class: 'rate', retryAfterMs: 1500 });
  });
});
