import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answers } from '../sdk/expected.ts';
import { type House, house } from '../sdk/house.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { requestFor } from '../sdk/raw.ts';
import { replyOf } from '../upstream/reply.ts';

let at: House;
beforeAll(async () => {
  at = await house();
});
afterAll(() => at.close());

it('hands on a header that the client sent in several lines, in their order', async () => {
  const recording = answers('anthropic-messages').find(({ stream, features }) => !stream && features.includes('text'));
  if (!recording) throw new Error('no text recorded');
  at.provider.always(replyOf(recording));
  const { path, body } = requestFor(
    'anthropic-messages',
    at.model('anthropic-messages', 'claude-sonnet-4-5'),
    false,
    PROMPTS['anthropic-messages'],
  );
  await new Promise<void>((resolve, reject) => {
    const asked = request(`${at.target.url}${path}`, {
      method: 'POST',
      headers: { 'x-api-key': at.target.key, 'anthropic-beta': ['one-2025-01-01', 'two-2025-01-01'] },
    });
    asked.once('error', reject);
    asked.once('response', (response) => response.resume().once('end', resolve));
    asked.end(JSON.stringify(body));
  });
  expect(at.provider.seen[0]?.headers['anthropic-beta']).toBe('one-2025-01-01, two-2025-01-01');
});
