import { describe, expect, it } from 'vitest';
import { cohereChat } from '../../../src/dialects/cohere-chat/index.ts';
import { recordings } from '../../recordings.ts';

const read = (status: number, body: unknown, headers: Record<string, string> = {}) => cohereChat.readError(status, headers, body, [], 0);

describe('Cohere’s errors', () => {
  const recorded = recordings(({ file, provider }) => file.startsWith('errors/') && provider === 'cohere');

  it.each([
    ['raises-appropriate-auth-error', 'auth'],
    ['context-length-exceeded', 'context'],
    ['embed-error', 'capability'],
  ])('classes the recorded %s as %s', (part, expected) => {
    const found = recorded.find(({ name }) => name.includes(part));
    const error = read(found?.response.status ?? 0, found?.response.body);
    expect(error).toMatchObject({ class: expected, status: found?.response.status, raw: { dialect: 'cohere-chat' } });
    expect(error.message).toMatch(/\w+ \w+/);
  });

  // Messages: docs.cohere.com/reference/errors.
  it.each([
    [400, 'invalid request: list of documents must not be empty', 'request'],
    [
      400,
      'too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292. Try using a shorter prompt.',
      'context',
    ],
    [400, 'too many tokens: max tokens must be less than or equal to 4096, the maximum output for this model - received 8192.', 'request'],
    [401, 'invalid api token', 'auth'],
    [402, 'Please add or update your payment method at https://dashboard.cohere.com/billing?tab=payment to continue', 'billing'],
    [429, 'You are using a Trial key, which is limited to 40 API calls / minute.', 'rate'],
    [429, 'You are using a Trial key, which is limited to 1000 API calls / month.', 'quota'],
    [429, 'trial token rate limit exceeded, limit is 100000 tokens per minute', 'rate'],
    [498, 'invalid token', 'auth'],
    [499, 'request cancelled', 'network'],
    [500, 'internal server error, this has been reported to our developers.', 'overload'],
    [503, 'service unavailable', 'overload'],
    [504, 'gateway timeout', 'network'],
  ])('classes %i "%s" as %s', (status, message, expected) => {
    expect(read(status, { message })).toMatchObject({ class: expected, status, message });
  });

  it('tells how long to wait, and reads bodies that are no JSON', () => {
    expect(read(429, { message: 'slow down' }, { 'retry-after': '7' }).retryAfterMs).toBe(7000);
    expect(read(502, '<html>Bad Gateway</html>')).toMatchObject({ class: 'overload', raw: undefined });
    expect(read(500, undefined).message).toBe('The provider answered with status 500.');
  });

  it('asks the provider’s own rules first', () => {
    expect(cohereChat.readError(429, {}, { message: 'x' }, [{ class: 'policy', status: 429 }], 0).class).toBe('policy');
  });
});
