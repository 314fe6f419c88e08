import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { account, ask, limitsWith, recorded, target } from './fixtures.ts';

const NOW = Date.parse('2026-04-05T10:39:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

function openaiHeaders(limit: number, remaining: number, reset: string, window = 'requests') {
  return {
    [`x-ratelimit-limit-${window}`]: `${limit}`,
    [`x-ratelimit-remaining-${window}`]: `${remaining}`,
    [`x-ratelimit-reset-${window}`]: reset,
  };
}

describe('headers teach', () => {
  test('requests and tokens a minute, from recorded ones', () => {
    const limits = limitsWith();
    const openai = account({ provider: 'openai' });
    limits.learn(openai, recorded('openai-citations-with-openai-gpt-4o-mini').response.headers);
    expect(limits.list()).toEqual([
      {
        account: 'a1',
        running: 0,
        waiting: 0,
        rpm: 500,
        tpm: 45_000,
        windows: [
          { window: 'requests', limit: 500, remaining: 499, resetsAt: NOW + 120, at: NOW },
          { window: 'tokens', limit: 45_000, remaining: 44_982, resetsAt: NOW + 24, at: NOW },
        ],
      },
    ]);
  });

  test('a limit that is kept', async () => {
    const limits = limitsWith();
    const node = account();
    limits.learn(node, openaiHeaders(2, 2, '0s'));
    await limits.acquire(node, ask());
    await limits.acquire(node, ask());
    await expect(limits.acquire(node, ask({ waitMs: 250 }))).rejects.toMatchObject({ code: 'account_busy', retryAfterMs: MINUTE });
  });

  test('no limit of our own while the provider says that enough is left', async () => {
    const limits = limitsWith();
    const node = account();
    for (let i = 0; i < 50; i++) {
      await limits.acquire(node, ask({ waitMs: 0 }));
      // A bucket that fills up as quickly as it is emptied: 10 a minute, one taken each time.
      limits.learn(node, openaiHeaders(10, 9, '6s'));
    }
    expect(limits.wait(node)).toBe(0);
    expect(limits.list()[0]).toMatchObject({ rpm: 10 });
  });

  test('nothing that wins over what the user says', async () => {
    const limits = limitsWith();
    const node = account({ limits: { rpm: 3 } });
    limits.learn(node, openaiHeaders(1, 1, '0s'));
    for (let i = 0; i < 3; i++) await limits.acquire(node, ask());
    expect(limits.list()[0]).toMatchObject({ rpm: 3 });
    expect(limits.wait(node)).toBe(MINUTE);
  });

  test('no limit a minute from a window of a day, a second, or unknown length', () => {
    const limits = limitsWith();
    const groq = account({ provider: 'groq', id: 'groq' });
    const node = account({ id: 'node' });
    limits.learn(groq, openaiHeaders(14_400, 14_399, '6s'));
    limits.learn(node, { 'ratelimit-limit': '2', 'ratelimit-remaining': '1', 'ratelimit-reset': '1' });
    limits.learn(account({ id: 'xai' }), recorded('xai-vision-models-xai-grok').response.headers);
    expect(limits.list().map((entry) => entry.rpm)).toEqual([undefined, undefined, undefined]);
  });

  test('no limit of tokens where input from the prompt cache does not count (Anthropic)', async () => {
    const limits = limitsWith();
    const anthropic = account({ provider: 'anthropic' });
    limits.learn(anthropic, recorded('anthropic-schema-prompt-stream').response.headers);
    expect(limits.list()[0]).toMatchObject({ rpm: 20_000 });
    expect(limits.list()[0]?.tpm).toBeUndefined();
    await limits.acquire(anthropic, ask({ tokens: 3_000_000, waitMs: 0 }));
    await limits.acquire(anthropic, ask({ tokens: 3_000_000, waitMs: 0 }));
  });

  test('nothing by garbage', () => {
    const limits = limitsWith();
    limits.learn(account(), { 'x-ratelimit-limit-requests': 'none', 'x-ratelimit-remaining-requests': undefined, 'ratelimit-reset': [] });
    expect(limits.list()).toEqual([]);
  });

  test('only until an hour after the reset', () => {
    const limits = limitsWith();
    const node = account();
    limits.learn(node, openaiHeaders(2, 1, '30s'));
    vi.setSystemTime(NOW + 30_000 + HOUR);
    expect(limits.list()[0]).toMatchObject({ rpm: 2, windows: [{ limit: 2 }] });
    vi.setSystemTime(NOW + 30_001 + HOUR);
    expect(limits.list()[0]).toEqual({ account: 'a1', running: 0, waiting: 0, windows: [] });
  });
});

describe('nothing left', () => {
  test('closes the gate until the reset, for who asks later too', async () => {
    const limits = limitsWith();
    const node = account();
    limits.learn(node, openaiHeaders(60, 0, '20s'));
    expect(limits.wait(node)).toBe(20_000);
    expect(limits.blocked(node)).toBeUndefined();
    await expect(limits.acquire(node, ask({ waitMs: 250 }))).rejects.toMatchObject({
      class: 'rate',
      status: 429,
      retryAfterMs: 20_000,
      message: 'Account "Work" is busy: the provider has no requests left for it.',
    });
    const turn = limits.acquire(node, ask());
    await vi.advanceTimersByTimeAsync(20_000);
    await turn;
    expect(Date.now()).toBe(NOW + 20_000);
  });

  test('of tokens for this request closes it for this request', async () => {
    const limits = limitsWith();
    const node = account();
    limits.learn(node, openaiHeaders(40_000, 1000, '50s', 'tokens'));
    await limits.acquire(node, ask({ tokens: 900, waitMs: 0 }));
    await expect(limits.acquire(node, ask({ tokens: 1100, waitMs: 250 }))).rejects.toMatchObject({ retryAfterMs: 50_000 });
  });

  test('a request larger than the whole allowance goes through when all of it is there', async () => {
    const limits = limitsWith();
    const node = account();
    limits.learn(node, openaiHeaders(40_000, 40_000, '30s', 'tokens'));
    await limits.acquire(node, ask({ tokens: 100_000, waitMs: 0 }));
  });

  test('the last places of a short window are not given out twice', async () => {
    const limits = limitsWith();
    const node = account();
    limits.learn(node, openaiHeaders(100, 2, '30s'));
    await limits.acquire(node, ask({ waitMs: 0 }));
    await limits.acquire(node, ask({ waitMs: 0 }));
    await expect(limits.acquire(node, ask({ waitMs: 0 }))).rejects.toMatchObject({ retryAfterMs: 30_000 });
  });

  test('sends away who waits and now cannot come in time, and lets the others wait on', async () => {
    const limits = limitsWith();
    const node = account({ limits: { maxConcurrent: 1 } });
    const first = await limits.acquire(node, ask());
    const hasty = expect(limits.acquire(node, ask({ waitMs: 5000 }))).rejects.toMatchObject({ retryAfterMs: 20_000 });
    const patient = limits.acquire(node, ask({ waitMs: 30_000 }));
    limits.learn(node, openaiHeaders(60, 0, '20s'));
    await hasty;
    expect(limits.running(node)).toBe(2);
    first.release();
    await vi.advanceTimersByTimeAsync(20_000);
    await patient;
  });

  test('Mistral names no reset: a minute is over after a minute', () => {
    const limits = limitsWith();
    const node = account();
    limits.learn(node, { 'x-ratelimit-limit-req-minute': '100', 'x-ratelimit-remaining-req-minute': '0' });
    expect(limits.wait(node)).toBe(MINUTE);
  });
});

describe('an allowance that refills steadily', () => {
  // 30 of 14,400 requests a day come back in 3 minutes (console.groq.com/docs/rate-limits): one in 6 s.
  test('is not closed until all of it is there again', () => {
    const limits = limitsWith();
    const groq = account({ provider: 'groq' });
    limits.learn(groq, openaiHeaders(14_400, 14_370, '2m59.56s'));
    limits.learn(groq, openaiHeaders(14_400, 0, '24h0m0s'));
    expect(limits.wait(groq)).toBe(6000);
    expect(limits.blocked(groq)).toMatchObject({ reason: 'quota', until: NOW + 6000 });
  });

  test('as recorded of OpenAI: one of 500 is back after 120 ms', () => {
    const limits = limitsWith();
    const openai = account({ provider: 'openai' });
    limits.learn(openai, recorded('openai-citations-with-openai-gpt-4o-mini').response.headers);
    limits.learn(openai, openaiHeaders(500, 500, '0s'));
    limits.learn(openai, openaiHeaders(500, 0, '1m0s'));
    expect(limits.wait(openai)).toBe(120);
  });

  test('is guessed of a day that is first seen used up, until a reading says otherwise', () => {
    const limits = limitsWith();
    const groq = account({ provider: 'groq' });
    limits.learn(groq, openaiHeaders(1000, 0, '23h59m59s'));
    expect(limits.blocked(groq)?.until).toBeCloseTo(NOW + 86_399, 0);
    limits.learn(groq, openaiHeaders(1000, 800, '20h30m0s'));
    limits.learn(groq, openaiHeaders(1000, 0, '20h0m0s'));
    expect(limits.blocked(groq)?.until).toBe(NOW + 20 * HOUR);
  });

  test('of a minute is not guessed: used up means until the reset', () => {
    const limits = limitsWith();
    limits.learn(account(), openaiHeaders(60, 0, '1m0s'));
    expect(limits.wait(account())).toBe(MINUTE);
  });

  test('is not taken for one where a window resets at once', () => {
    const limits = limitsWith();
    const groq = account({ provider: 'groq' });
    limits.learn(groq, openaiHeaders(1000, 900, '5h0m0s'));
    limits.learn(groq, openaiHeaders(1000, 0, '4h0m0s'));
    expect(limits.blocked(groq)).toMatchObject({ reason: 'quota', until: NOW + 4 * HOUR });
  });
});

describe('blocked', () => {
  test('by a long window without rest, until its reset', () => {
    const limits = limitsWith();
    const groq = account({ provider: 'groq' });
    limits.learn(groq, openaiHeaders(1000, 0, '3h0m0s'));
    const block = limits.blocked(groq);
    expect(block).toMatchObject({ reason: 'quota', scope: 'account', until: NOW + 3 * HOUR });
    expect(block?.detail).toMatch(/^requests a day used up until (2026-\d\d-\d\d )?\d\d:\d\d$/);
    vi.setSystemTime(NOW + 3 * HOUR);
    expect(limits.blocked(groq)).toBeUndefined();
  });

  test('by a window of no stated length whose reset is more than two minutes away', () => {
    const limits = limitsWith();
    limits.learn(account(), openaiHeaders(200, 0, '7m12s'));
    expect(limits.blocked(account())).toMatchObject({ reason: 'quota', until: NOW + 432_000 });
  });

  test('not by requests let through since: one that never arrived must not lock the account for a day', async () => {
    const limits = limitsWith();
    const groq = account({ provider: 'groq' });
    limits.learn(groq, openaiHeaders(1000, 1, '3h0m0s'));
    for (let i = 0; i < 3; i++) await limits.acquire(groq, ask({ waitMs: 0 }));
    expect(limits.blocked(groq)).toBeUndefined();
  });

  test.each([
    [101, undefined],
    [100, { reason: 'headroom', scope: 'account', until: NOW + HOUR }],
    [0, { reason: 'quota' }],
  ])('with a headroom of 10 %% and %d of 1000 left', (remaining, block) => {
    const limits = limitsWith();
    const groq = account({ provider: 'groq', headroom: 10 });
    limits.learn(groq, openaiHeaders(1000, remaining, '1h0m0s'));
    if (block) expect(limits.blocked(groq)).toMatchObject(block);
    else expect(limits.blocked(groq)).toBeUndefined();
  });

  test('by the reserve of a short window too, until its reset', () => {
    const limits = limitsWith();
    const node = account({ headroom: 50 });
    limits.learn(node, openaiHeaders(60, 30, '25s'));
    expect(limits.blocked(node)).toMatchObject({ reason: 'headroom', until: NOW + 25_000 });
    expect(limits.blocked(node)?.detail).toMatch(/^50 % of its requests left, 50 % are the reserve, until \d\d:\d\d$/);
    expect(limits.blocked(account())).toBeUndefined();
    vi.setSystemTime(NOW + 25_000);
    expect(limits.blocked(node)).toBeUndefined();
  });

  test('until the last of several windows', () => {
    const limits = limitsWith();
    const groq = account({ provider: 'groq', headroom: 10 });
    limits.learn(groq, { ...openaiHeaders(1000, 0, '3h0m0s'), ...openaiHeaders(100, 1, '5h0m0s', 'tokens') });
    expect(limits.blocked(groq)).toMatchObject({ reason: 'headroom', until: NOW + 5 * HOUR });
    limits.learn(groq, { ...openaiHeaders(1000, 0, '7h0m0s'), ...openaiHeaders(100, 1, '5h0m0s', 'tokens') });
    expect(limits.blocked(groq)).toMatchObject({ reason: 'quota', until: NOW + 7 * HOUR });
  });
});

describe('limits of one model', () => {
  test('hold for requests that name it, and for nobody else', async () => {
    const limits = limitsWith();
    const groq = account({ provider: 'groq' });
    limits.learn(groq, openaiHeaders(1000, 0, '3h0m0s'), 'big');
    expect(limits.blocked(groq, 'big')).toMatchObject({ reason: 'quota', scope: 'model' });
    expect(limits.blocked(groq, 'small')).toBeUndefined();
    expect(limits.blocked(groq)).toBeUndefined();
    await limits.acquire(groq, ask({ model: 'small', waitMs: 0 }));
    await expect(limits.acquire(groq, ask({ model: 'big', waitMs: 0 }))).rejects.toMatchObject({ code: 'account_busy' });
    expect(limits.list()[0]?.windows[0]).toMatchObject({ window: 'requests (big)', remaining: 0 });
  });

  test('count its own requests alone', async () => {
    const limits = limitsWith();
    const node = account();
    limits.learn(node, openaiHeaders(2, 2, '0s'), 'big');
    for (let i = 0; i < 5; i++) await limits.acquire(node, ask({ model: 'small', waitMs: 0 }));
    await limits.acquire(node, ask({ model: 'big', waitMs: 0 }));
    await limits.acquire(node, ask({ model: 'big', waitMs: 0 }));
    expect(limits.wait(node, 'big')).toBe(MINUTE);
    expect(limits.wait(node, 'small')).toBe(0);
  });

  test('let requests for other models pass those that wait', async () => {
    const limits = limitsWith();
    const node = account();
    limits.learn(node, openaiHeaders(60, 0, '20s'), 'big');
    const big = limits.acquire(node, ask({ key: 'a', model: 'big' }));
    await limits.acquire(node, ask({ key: 'b', model: 'small', waitMs: 0 }));
    await vi.advanceTimersByTimeAsync(20_000);
    await big;
  });
});

describe('used', () => {
  test('counts what was started at the target within the hour', () => {
    const limits = limitsWith();
    const node = account();
    const one = target(node, 'm1');
    expect(limits.used(one)).toBe(0);
    limits.started(one);
    vi.setSystemTime(NOW + 30 * MINUTE);
    limits.started(one);
    limits.started(one);
    limits.started(target(node, 'm2'));
    limits.started(target(account({ id: 'a2' }), 'm1'));
    expect(limits.used(one)).toBe(3);
    vi.setSystemTime(NOW + HOUR);
    expect(limits.used(one)).toBe(2);
    vi.setSystemTime(NOW + 90 * MINUTE);
    expect(limits.used(one)).toBe(0);
    vi.setSystemTime(NOW + 3 * DAY);
    limits.started(one);
    expect(limits.used(one)).toBe(1);
  });
});
