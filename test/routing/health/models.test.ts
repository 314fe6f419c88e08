import { beforeEach, describe, expect, it } from 'vitest';
import { providerDialect } from '../../../src/dialects/registry.ts';
import { recordings } from '../../recordings.ts';
import { failure, HOUR, MINUTE, SECOND, World } from './world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});

/** What a recorded refusal is to the book: read by its dialect as an attempt reads it. */
function recordedFailure(name: string) {
  const [recording] = recordings(({ file }) => file === `errors/${name}.json`);
  if (!recording) throw new Error(`no recording ${name}`);
  const dialects = {
    'openai-chat': 'openai-chat',
    'openai-responses': 'openai-responses',
    'anthropic-messages': 'anthropic-messages',
  } as const;
  const dialect = { ...dialects, gemini: 'gemini', 'cohere-chat': 'cohere-chat', ollama: 'ollama' } as const;
  const known = Object.entries(dialect).find(([id]) => id === recording.format)?.[1] ?? 'openai-chat';
  const { status, headers, body } = recording.response;
  return providerDialect(known).readError(status, headers, body, [], 0);
}

describe('a model that is missing', () => {
  it.each([
    'anthropic-model-name-suggestion-anthropic',
    'cohere-testcohere-test-embed-error',
    'ollama-chat-error-records-model-name',
    'openai-agents-and-tools-2-stream',
    'openai-response-create-error',
    'openai-testopenai-test-embed-error',
    'google-testgoogle-test-count-tokens-error',
    'vertex-generate-content-missing-model',
  ])('is locked at this account alone (%s)', (name) => {
    world.health.failed(world.target('a', 'm'), recordedFailure(name));
    expect(world.health.blocked(world.target('a', 'm'))).toMatchObject({ reason: 'model', scope: 'model' });
    expect(world.health.blocked(world.target('a', 'other'))).toBeUndefined();
    expect(world.health.blocked(world.target('b', 'm'))).toBeUndefined();
  });

  it.each([
    'model_not_found',
    'MODEL_NOT_AVAILABLE',
    'unsupported_model',
    'DeploymentNotFound',
    'model_not_supported',
    'model_decommissioned',
  ])('is known by the word %s, whatever the status', (code) => {
    world.health.failed(world.target(), failure('capability', { status: 400, code, message: 'no' }));
    expect(world.health.blocked(world.target())?.reason).toBe('model');
  });

  it('is known by the sentence when the provider has no word for it', () => {
    const message = "The 'gpt-5.9' model is not supported when using Codex with a ChatGPT account.";
    world.health.failed(world.target('a'), failure('capability', { status: 400, message }));
    world.health.failed(world.target('b'), failure('capability', { status: 400, message: 'The model `x` has been deprecated.' }));
    expect(world.health.blocked(world.target('a'))?.reason).toBe('model');
    expect(world.health.blocked(world.target('b'))?.reason).toBe('model');
  });

  it('is what a key has no right to: its other models go on', () => {
    const message = "You don't have access to the model with the specified model ID.";
    world.health.failed(world.target('a', 'm'), failure('auth', { status: 403, code: 'AccessDeniedException', message }));
    world.health.failed(world.target('b', 'm'), failure('auth', { status: 403, message: 'Forbidden' }));
    world.health.failed(world.target('c', 'm'), failure('auth', { status: 401, message: 'No key for this model.' }));
    expect(world.health.blocked(world.target('a', 'm'))).toMatchObject({ reason: 'model', scope: 'model' });
    expect(world.health.blocked(world.target('a', 'other'))).toBeUndefined();
    expect(world.health.blocked(world.target('b', 'other'))?.reason).toBe('auth');
    expect(world.health.blocked(world.target('c', 'other'))?.reason).toBe('auth');
  });

  it('is looked for again after 10 minutes, doubling to 6 hours', () => {
    const waits = Array.from({ length: 7 }, () => {
      world.health.failed(world.target(), failure('capability', { status: 404 }));
      const wait = world.waitFor(world.target());
      world.pass(wait);
      return wait / MINUTE;
    });
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 360]);
  });

  it('is there again as soon as it answers', () => {
    world.health.failed(world.target(), failure('capability', { status: 404 }));
    world.health.succeeded(world.target(), 10);
    expect(world.health.blocked(world.target())).toBeUndefined();
  });
});

describe('a request that a model cannot take', () => {
  it.each([
    ['a parameter it does not know', { status: 400, code: 'unsupported_parameter', param: 'temperature' }],
    ['a value it does not know', { status: 400, code: 'unsupported_value', message: "'developer' is not supported with this model" }],
    ['a parameter not for this model', { status: 400, message: '`top_p` is deprecated for this model.' }],
    ['an item that is gone (Responses)', { status: 404, message: "Item with id 'rs_1' not found." }],
    ['a response that is gone', { status: 404, param: 'previous_response_id', message: 'Previous response not found.' }],
    ['a field that names what is gone', { status: 404, param: 'tools[0].vector_store_ids', message: 'Not found.' }],
    ['a feature no host has (OpenRouter)', { status: 404, message: 'No endpoints found that support tool use.' }],
  ])('locks nothing: %s', (_, more) => {
    world.health.failed(world.target(), failure('capability', more));
    expect(world.health.blocked(world.target())).toBeUndefined();
    expect(world.health.list()).toEqual([]);
    expect(world.changes).toBe(0);
  });

  it('locks nothing (openai-o1-mini-system-role-developer)', () => {
    world.health.failed(world.target(), recordedFailure('openai-o1-mini-system-role-developer'));
    expect(world.health.list()).toEqual([]);
  });
});

describe('an overloaded model', () => {
  it('is left alone as long as told, 2 minutes at most', () => {
    world.health.failed(world.target('a', 'm'), failure('overload', { status: 429, retryAfterMs: 20 * SECOND }));
    world.health.failed(world.target('a', 'n'), failure('overload', { status: 429, retryAfterMs: HOUR }));
    expect(world.waitFor(world.target('a', 'm'))).toBe(20 * SECOND);
    expect(world.waitFor(world.target('a', 'n'))).toBe(2 * MINUTE);
    expect(world.health.blocked(world.target('a', 'm'))).toMatchObject({ reason: 'model', scope: 'model' });
    expect(world.health.blocked(world.target('a', 'o'))).toBeUndefined();
  });

  it('is not locked when no wait was told', () => {
    world.health.failed(world.target(), failure('overload', { status: 529 }));
    expect(world.health.blocked(world.target())).toBeUndefined();
  });
});

describe('empty answers', () => {
  const empty = (times: number) => {
    for (let n = 0; n < times; n += 1) world.health.failed(world.target(), failure('empty'));
  };

  it('lock the pair from the third in a row, a minute at first, doubling to 15', () => {
    empty(2);
    expect(world.health.blocked(world.target())).toBeUndefined();
    const waits = Array.from({ length: 6 }, () => {
      empty(1);
      const wait = world.waitFor(world.target());
      world.pass(wait);
      return wait / MINUTE;
    });
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
  });

  it('are counted anew after a success', () => {
    empty(2);
    world.health.succeeded(world.target(), 10);
    empty(2);
    expect(world.health.blocked(world.target())).toBeUndefined();
  });

  it('of another model count by themselves', () => {
    empty(2);
    world.health.failed(world.target('a', 'other'), failure('empty'));
    expect(world.health.list()).toEqual([]);
  });
});

describe('the time to the first token', () => {
  it('is an average in which the newest counts three tenths', () => {
    world.health.succeeded(world.target(), 1000);
    expect(world.health.latency(world.target())).toBe(1000);
    world.health.succeeded(world.target(), 2000);
    expect(world.health.latency(world.target())).toBeCloseTo(1300);
    expect(world.health.latency(world.target('a', 'other'))).toBeUndefined();
    expect(world.health.latency(world.target('b'))).toBeUndefined();
  });

  it('is forgotten half an hour after the last measurement, and then begins afresh', () => {
    world.health.succeeded(world.target(), 1000);
    world.pass(30 * MINUTE);
    expect(world.health.latency(world.target())).toBe(1000);
    world.pass(1);
    expect(world.health.latency(world.target())).toBeUndefined();
    world.health.succeeded(world.target(), 50);
    expect(world.health.latency(world.target())).toBe(50);
  });

  it('is not spoiled by a time that is none', () => {
    for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, -1]) world.health.succeeded(world.target(), ms);
    expect(world.health.latency(world.target())).toBeUndefined();
  });
});
