import { describe, expect, it } from 'vitest';
import { type FailureClass, GatewayError } from '../../../src/conversation/error.ts';
import { anthropicMessages } from '../../../src/dialects/anthropic-messages/index.ts';
import { recordings } from '../../recordings.ts';
import { chat, eventsIn, play, requestOf } from './support.ts';

const recorded = recordings((entry) => entry.file.startsWith('errors/') && entry.provider === 'anthropic');
const readError = (
  status: number,
  message: string,
  type = 'invalid_request_error',
  headers: Record<string, string> = {},
  details?: object,
) => anthropicMessages.readError(status, headers, { type: 'error', error: { type, message, details } }, [], 0);

const CLASS_OF: Record<string, FailureClass> = {
  'anthropic-count-tokens-error': 'capability',
  'anthropic-model-name-suggestion-anthropic': 'capability',
  'anthropic-overloaded-529': 'overload',
  'anthropic-rate-limit-429': 'rate',
  'anthropic-real-error-scenarios-anthropic-claude-haiku-4-5-handles-context-length-exceeded': 'context',
};

describe('recorded errors', () => {
  const plain = recorded.filter((recording) => recording.response.sse === undefined);

  it.each(plain.map((recording) => [recording.name, recording] as const))('%s: classed, and written back as it came', (name, recording) => {
    const { status, headers, body } = recording.response;
    const error = anthropicMessages.readError(status, headers, body, [], 0);
    expect(error.class).toBe(CLASS_OF[name]);
    expect(anthropicMessages.writeError(error, 'req_ours')).toEqual({ status, body });
  });

  it('overload in the midst of a stream: the text so far, then the error', () => {
    const recording = recorded.find((item) => item.name === 'anthropic-overloaded-mid-stream');
    if (!recording) throw new Error('no recording');
    const out = play(eventsIn(recording.response.sse ?? ''), requestOf({ ...recording, request: null }));
    expect(out.map((event) => event.type)).toEqual(['start', 'usage', 'part-start', 'part-delta', 'error']);
    expect(out.at(-1)).toMatchObject({ error: { class: 'overload', status: 529 } });
  });
});

describe('errors by their words', () => {
  // Texts: the API's errors page, facts on error classification, error classes of the SDK.
  it.each<[number, string, string, FailureClass]>([
    [400, 'invalid_request_error', 'messages: at least one message is required', 'request'],
    [400, 'invalid_request_error', 'input length and `max_tokens` exceed context limit: 197202 + 21333 > 200000', 'context'],
    [400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.', 'billing'],
    [400, 'invalid_request_error', 'temperature: Extra inputs are not permitted', 'capability'],
    [400, 'invalid_request_error', '"thinking.type.enabled" is not supported for this model.', 'capability'],
    [401, 'authentication_error', 'invalid x-api-key', 'auth'],
    [402, 'billing_error', 'Payment required', 'billing'],
    [403, 'permission_error', 'Your API key does not have permission to use the specified resource.', 'auth'],
    [413, 'request_too_large', 'Request exceeds the maximum allowed number of bytes.', 'context'],
    [429, 'rate_limit_error', 'Usage credits are required for long context requests.', 'request'],
    [500, 'api_error', 'Internal server error', 'overload'],
    [504, 'timeout_error', 'The request timed out', 'network'],
    [529, 'overloaded_error', 'Overloaded', 'overload'],
  ])('%i %s "%s" is %s', (status, type, message, expected) => expect(readError(status, message, type).class).toBe(expected));

  it('a spend limit is told from a rate limit by its code', () => {
    const error = readError(429, 'Limit reached', 'rate_limit_error', {}, { error_code: 'enforced_spend_limit_reached' });
    expect(error).toMatchObject({ class: 'billing', code: 'enforced_spend_limit_reached' });
  });

  it('a subscription window that is used up is quota until its reset', () => {
    const headers = { 'anthropic-ratelimit-unified-status': 'rejected', 'anthropic-ratelimit-unified-reset': '3600' };
    expect(readError(429, 'Usage limit', 'rate_limit_error', headers)).toMatchObject({ class: 'quota', retryAfterMs: 3_600_000 });
  });

  it('waits as Retry-After says, else until the limit that is used up resets', () => {
    expect(readError(429, '', 'rate_limit_error', { 'retry-after': '12' }).retryAfterMs).toBe(12_000);
    const headers = { 'anthropic-ratelimit-tokens-remaining': '0', 'anthropic-ratelimit-tokens-reset': '1970-01-01T00:01:00Z' };
    expect(readError(429, '', 'rate_limit_error', headers).retryAfterMs).toBe(60_000);
    expect(readError(429, '', 'rate_limit_error').retryAfterMs).toBeUndefined();
  });

  it('names the field', () => {
    expect(readError(400, 'messages.0.content: Field required').param).toBe('messages.0.content');
    expect(readError(400, '`top_p` is deprecated for this model.').param).toBe('top_p');
  });

  it('codes of compatible vendors can be asked for by their rules', () => {
    const body = { type: 'error', error: { type: 'api_error', code: 1113, message: 'x' } };
    expect(anthropicMessages.readError(400, {}, body, [{ class: 'billing', word: '1113' }], 0).class).toBe('billing');
    const inside = { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } };
    const parsed = anthropicMessages.readResponse(inside, { request: chat(), model: 'm', now: () => 0, newId: () => 'new' });
    expect(parsed.ok ? undefined : parsed.error).toMatchObject({ class: 'billing', code: '1008' });
  });

  it('reads a proxy’s page and other shapes', () => {
    expect(anthropicMessages.readError(502, {}, '<html><style>x{}</style><h1>Bad Gateway</h1></html>', [], 0)).toMatchObject({
      class: 'overload',
      message: 'Bad Gateway',
    });
    expect(anthropicMessages.readError(400, {}, { message: 'no' }, [], 0).message).toBe('no');
    expect(anthropicMessages.readError(503, {}, undefined, [], 0).message).toContain('503');
  });
});

describe('errors for a client', () => {
  const typeOf = (failure: FailureClass, status?: number) => {
    const error = new GatewayError({ class: failure, message: 'm', ...(status === undefined ? {} : { status }) });
    return (anthropicMessages.writeError(error, 'req_1').body.error as { type: string }).type;
  };

  it.each<[FailureClass, number | undefined, string]>([
    ['request', undefined, 'invalid_request_error'],
    ['context', undefined, 'invalid_request_error'],
    ['context', 413, 'request_too_large'],
    ['auth', undefined, 'authentication_error'],
    ['auth', 403, 'permission_error'],
    ['quota', undefined, 'rate_limit_error'],
    ['billing', undefined, 'billing_error'],
    ['overload', undefined, 'overloaded_error'],
    ['overload', 500, 'api_error'],
    ['capability', undefined, 'not_found_error'],
    ['network', 504, 'timeout_error'],
    ['internal', undefined, 'api_error'],
  ])('%s (%s) is %s', (failure, status, type) => expect(typeOf(failure, status)).toBe(type));

  it('a full context says what Claude Code listens for', () => {
    const error = new GatewayError({ class: 'context', message: 'maximum context length is 128000 tokens' });
    expect(anthropicMessages.writeError(error, 'req_1')).toEqual({
      status: 400,
      body: {
        type: 'error',
        error: { type: 'invalid_request_error', message: 'prompt is too long: maximum context length is 128000 tokens' },
        request_id: 'req_1',
      },
    });
  });

  it('another dialect’s body is not passed on', () => {
    const raw = { dialect: 'openai-chat' as const, body: { error: { message: 'x' } } };
    expect(anthropicMessages.writeError(new GatewayError({ class: 'rate', message: 'm', raw }), 'r').body.type).toBe('error');
  });
});
