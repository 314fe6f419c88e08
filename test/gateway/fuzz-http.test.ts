import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_BODY } from '../sdk/error-shapes.ts';
import { answers } from '../sdk/expected.ts';
import { type House, house } from '../sdk/house.ts';
import { requestFor } from '../sdk/raw.ts';
import { DIALECTS } from '../sdk/target.ts';
import { replyOf } from '../upstream/reply.ts';
import { anyRequest } from './mutations.ts';

const RUNS = { numRuns: 250, seed: 20260102 };

describe('any request over HTTP', () => {
  let at: House;
  beforeAll(async () => {
    at = await house();
  });
  afterAll(() => at.close());

  it.each(DIALECTS)('to %s is answered or refused in its own dialect, never with our own fault', { timeout: 120_000 }, async (dialect) => {
    const [fine] = answers(dialect).filter(({ stream, features }) => !stream && features.includes('text'));
    if (!fine) throw new Error('no plain answer recorded');
    const model = at.model(dialect, 'model');
    await fc.assert(
      fc.asyncProperty(anyRequest(dialect), async (json) => {
        at.provider.always(replyOf(fine));
        const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
        const { path, body } = requestFor(dialect, model, false, isObject ? json : {});
        const response = await post(path, JSON.stringify(isObject ? body : json));
        await holds(response, dialect);
        at.provider.reset();
      }),
      RUNS,
    );
  });

  it.each(DIALECTS)('bytes that are not JSON are refused by %s', async (dialect) => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        fc.pre(!isJson(text));
        const response = await post(requestFor(dialect, 'chat/model', false, {}).path, text);
        expect(response.status).toBe(400);
        await holds(response, dialect);
      }),
      { ...RUNS, numRuns: 60 },
    );
  });

  it('any path gets an answer that is not our own fault', async () => {
    const piece = fc.oneof(
      fc.constantFrom('v1', 'v1beta', 'models', 'chat', 'completions', 'messages', 'responses', '..', '%2e', '%00', 'a:b', '%'),
      fc.webSegment(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 5 }),
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'),
        async (pieces, method) => {
          at.provider.always(undefined);
          const response = await fetch(`${at.target.url}/${pieces.join('/')}`, {
            method,
            headers: { authorization: `Bearer ${at.target.key}` },
          });
          const text = await response.text();
          expect(response.status, `${method} /${pieces.join('/')}: ${text.slice(0, 200)}`).not.toBe(500);
          expect(text).not.toMatch(STACK);
        },
      ),
      RUNS,
    );
  });

  function post(path: string, body: string): Promise<Response> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${at.target.key}` };
    return fetch(`${at.target.url}${path}`, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
  }
});

const STACK = /\n\s+at |node_modules|\.ts:\d+/;

async function holds(response: Response, dialect: (typeof DIALECTS)[number]): Promise<void> {
  const text = await response.text();
  expect(response.status, text.slice(0, 300)).toBeLessThan(500);
  expect(text).not.toMatch(STACK);
  if (response.status >= 400) expect(ERROR_BODY[dialect].safeParse(JSON.parse(text)), text.slice(0, 300)).toMatchObject({ success: true });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
