import { beforeEach, describe, expect, it } from 'vitest';
import { failure, HOUR, MINUTE, SECOND, START, World } from './world.ts';

let world: World;
beforeEach(() => {
  world = new World();
  world.settings = { breakerFailures: 3, breakerOpenMs: 10 * SECOND, breakerMaxOpenMs: 60 * SECOND };
});

const broken = () => failure('overload', { status: 503 });

function fail(times: number, id = 'a', error = broken()): void {
  for (let n = 0; n < times; n += 1) {
    world.health.admit(world.target(id), true);
    world.health.failed(world.target(id), error);
  }
}

/** Ends the open time and fails the probe. */
function failProbe(): void {
  world.pass(world.waitFor(world.target('a')));
  expect(world.health.admit(world.target('a'), false)).toBe(true);
  world.health.failed(world.target('a'), broken());
}

describe('a breaker', () => {
  it('opens after so many failures in a row, for all accounts and models of the provider', () => {
    fail(2);
    expect(world.health.blocked(world.target('a'))).toBeUndefined();
    expect(world.health.list()).toEqual([{ scope: 'provider', id: 'openai', state: 'closed', failures: 2 }]);
    fail(1);
    expect(world.health.blocked(world.target('b', 'other'))).toMatchObject({
      reason: 'breaker',
      scope: 'provider',
      until: START + 10 * SECOND,
      detail: 'failed 3 times in a row: asked again in 10 s (last: it was overload)',
    });
    expect(world.health.admit(world.target('b', 'other'), false)).toBe(false);
    world.account('c', 'anthropic');
    expect(world.health.blocked(world.target('c'))).toBeUndefined();
  });

  it('begins to count anew after a success', () => {
    fail(2);
    world.health.succeeded(world.target('b'), 10);
    fail(2);
    expect(world.health.blocked(world.target('a'))).toBeUndefined();
  });

  it.each([
    ['a 500', failure('overload', { status: 500 }), true],
    ['an error inside a 200', failure('overload', { status: 200 }), true],
    ['a broken connection', failure('network', { code: 'connection_reset' }), true],
    ['a timeout', failure('network', { status: 504, code: 'idle_timeout' }), true],
    ['an overload told as 429', failure('overload', { status: 429 }), false],
    ['a rate limit', failure('rate'), false],
    ['a used-up quota', failure('quota'), false],
    ['a bill', failure('billing'), false],
    ['a refused key', failure('auth'), false],
    ['a missing model', failure('capability'), false],
    ['an empty answer', failure('empty'), false],
    ['a refusal by policy', failure('policy'), false],
    ['a bad request', failure('request'), false],
    ['too long a context', failure('context'), false],
    ['a client that left', failure('cancelled'), false],
    ['a fault of our own', failure('internal'), false],
  ])('%s: counts %#', (_, error, counts) => {
    for (let n = 0; n < 10; n += 1) world.health.failed(world.target('a'), error);
    expect(world.health.list().some(({ scope }) => scope === 'provider')).toBe(counts);
  });

  it('lets one probe through when its time is over, and closes with its success', () => {
    fail(3);
    world.pass(10 * SECOND);
    expect(world.health.blocked(world.target('a'))).toBeUndefined();
    expect(world.health.admit(world.target('a'), false)).toBe(true);
    expect(world.health.blocked(world.target('b'))).toMatchObject({ reason: 'breaker', until: world.now + SECOND });
    expect(world.health.admit(world.target('b'), false)).toBe(false);
    expect(world.health.admit(world.target('b'), true)).toBe(false);
    world.health.succeeded(world.target('a'), 10);
    expect(world.health.admit(world.target('b'), false)).toBe(true);
    expect(world.health.list()).toEqual([]);
  });

  it('stays open twice as long with each failed probe, up to its maximum, and forgets that with a success', () => {
    fail(3);
    const waits = Array.from({ length: 5 }, () => {
      const wait = world.waitFor(world.target('a'));
      failProbe();
      return wait / SECOND;
    });
    expect(waits).toEqual([10, 20, 40, 60, 60]);
    world.health.succeeded(world.target('a'), 10);
    fail(3);
    expect(world.waitFor(world.target('a'))).toBe(10 * SECOND);
  });

  it.each([
    ['is given up by its client', () => world.health.abandoned(world.target('a'))],
    ['is refused for another reason', () => world.health.failed(world.target('a'), failure('request'))],
    ['has not been heard of for 2 minutes', () => world.pass(2 * MINUTE)],
  ])('lets the next probe through when one %s', (_, end) => {
    fail(3);
    world.pass(10 * SECOND);
    expect(world.health.admit(world.target('a'), false)).toBe(true);
    end();
    expect(world.health.blocked(world.target('b'))).toBeUndefined();
    expect(world.health.admit(world.target('b'), false)).toBe(true);
  });

  it('does not take an older attempt for its probe', () => {
    fail(3);
    world.pass(10 * SECOND);
    expect(world.health.admit(world.target('a', 'm'), false)).toBe(true);
    world.health.failed(world.target('b', 'm'), broken());
    world.health.abandoned(world.target('a', 'other'));
    expect(world.health.list()).toMatchObject([{ state: 'half-open' }]);
    expect(world.health.admit(world.target('b', 'm'), false)).toBe(false);
    world.health.failed(world.target('a', 'm'), broken());
    expect(world.waitFor(world.target('a'))).toBe(20 * SECOND);
  });

  it('is not made to wait longer by attempts that began before it opened', () => {
    fail(3);
    world.pass(5 * SECOND);
    for (let n = 0; n < 20; n += 1) world.health.failed(world.target('b'), broken());
    expect(world.waitFor(world.target('a'))).toBe(5 * SECOND);
  });

  it('counts a stream that broke off after its success', () => {
    for (let n = 0; n < 3; n += 1) {
      world.health.succeeded(world.target('a'), 10);
      world.health.failed(world.target('a'), failure('network', { code: 'stream_truncated' }));
    }
    expect(world.health.list()).toEqual([{ scope: 'provider', id: 'openai', state: 'closed', failures: 1 }]);
  });

  it('is not confused by what was never admitted', () => {
    world.health.abandoned(world.target('a'));
    world.health.succeeded(world.target('a'), 10);
    world.health.abandoned(world.target('a'));
    fail(3);
    world.health.abandoned(world.target('b'));
    world.health.abandoned(world.target('a'));
    expect(world.waitFor(world.target('a'))).toBe(10 * SECOND);
  });
});

describe('an open breaker, for a request that has nobody else to ask', () => {
  it('lets one attempt at a time through early', () => {
    fail(3);
    expect(world.health.admit(world.target('a'), true)).toBe(true);
    expect(world.health.admit(world.target('b'), true)).toBe(false);
    world.health.succeeded(world.target('a'), 10);
    expect(world.health.admit(world.target('b'), false)).toBe(true);
  });

  it('does not wait longer for the others when that fails', () => {
    fail(3);
    for (let n = 0; n < 10; n += 1) fail(1);
    expect(world.waitFor(world.target('a'))).toBe(10 * SECOND);
    expect(world.health.admit(world.target('a'), true)).toBe(true);
  });

  it.each([
    failure('network', { code: 'connect_timeout' }),
    failure('network', { status: 504, code: 'first_byte_timeout' }),
    failure('network', { status: 504, code: 'idle_timeout' }),
    failure('overload', { status: 504, code: 'gateway_timeout' }),
  ])('is not waited for again after %s', (error) => {
    fail(3, 'a', error);
    expect(world.health.admit(world.target('a'), true)).toBe(false);
    world.pass(10 * SECOND);
    expect(world.health.admit(world.target('a'), true)).toBe(true);
  });

  it('does not open what is closed for another reason', () => {
    world.health.failed(world.target('a'), failure('quota', { retryAfterMs: HOUR }));
    fail(3, 'b');
    expect(world.health.admit(world.target('a'), true)).toBe(false);
    expect(world.health.blocked(world.target('a'))).toMatchObject({ reason: 'quota' });
  });
});

describe('what fails together', () => {
  it.each([
    ['two custom nodes', 'openai-compatible', { baseUrl: 'http://127.0.0.1:9900/v1' }, { baseUrl: 'http://127.0.0.1:9901/v1' }],
    ['local servers elsewhere', 'vllm', {}, { baseUrl: 'http://10.0.0.2:8000/v1' }],
    ['regions', 'bedrock', { parameters: { region: 'us-east-1' } }, { parameters: { region: 'eu-west-1' } }],
    ['resources', 'azure', { parameters: { resource: 'one' } }, { parameters: { resource: 'two' } }],
    ['accounts behind a proxy of their own', 'openai', { proxy: 'http://user:pass@10.0.0.9:3128' }, {}],
  ])('%s do not', (_, provider, one, two) => {
    world.account('a', provider, one);
    world.account('b', provider, two);
    fail(3, 'a');
    expect(world.health.blocked(world.target('a'))?.reason).toBe('breaker');
    expect(world.health.blocked(world.target('b'))).toBeUndefined();
    expect(JSON.stringify(world.health.list())).not.toContain('pass');
  });

  it('is named by provider and host, the same for accounts at one host', () => {
    world.account('a', 'openai-compatible', { baseUrl: 'http://127.0.0.1:9900/v1' });
    world.account('b', 'openai-compatible', { baseUrl: 'http://127.0.0.1:9900' });
    world.account('c', 'azure', { parameters: { resource: 'one' } });
    fail(3, 'a');
    fail(3, 'c');
    expect(world.health.blocked(world.target('b'))?.reason).toBe('breaker');
    expect(world.health.list().map(({ id }) => id)).toEqual(['openai-compatible 127.0.0.1:9900', 'azure one.openai.azure.com']);
  });

  it('is the provider alone where an account lacks what its host needs', () => {
    world.account('a', 'azure');
    fail(3, 'a');
    expect(world.health.list()).toMatchObject([{ id: 'azure', state: 'open' }]);
  });
});
