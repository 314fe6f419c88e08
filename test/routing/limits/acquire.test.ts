import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GatewayError } from '../../../src/conversation/error.ts';
import type { Permit } from '../../../src/routing/books.ts';
import { account, ask, limitsWith, watch } from './fixtures.ts';

const NOW = Date.parse('2026-04-05T10:39:00Z');
const MINUTE = 60_000;

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

describe('without limits', () => {
  test('every request starts at once, without a timer', async () => {
    const limits = limitsWith();
    const permits = await Promise.all(Array.from({ length: 500 }, () => limits.acquire(account(), ask({ waitMs: 0 }))));
    expect(vi.getTimerCount()).toBe(0);
    expect(limits.running(account())).toBe(500);
    expect(limits.wait(account())).toBe(0);
    for (const permit of permits) permit.release();
    expect(limits.running(account())).toBe(0);
  });

  test('an aborted request gets no turn', async () => {
    const limits = limitsWith();
    const reason = new GatewayError({ class: 'cancelled', message: 'gone' });
    await expect(limits.acquire(account(), ask({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    expect(limits.running(account())).toBe(0);
  });
});

describe('requests a minute', () => {
  test('the next one starts when the first is a minute old, to the millisecond', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { rpm: 2 } });
    await limits.acquire(limited, ask());
    vi.setSystemTime(NOW + 10_000);
    (await limits.acquire(limited, ask())).release();
    expect(limits.wait(limited)).toBe(50_000);
    const third = watch(limits.acquire(limited, ask()));
    await vi.advanceTimersByTimeAsync(49_999);
    expect(third.state).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(third.state).toBe('through');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a turn known to come too late is refused at once', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { rpm: 1 } });
    await limits.acquire(limited, ask());
    vi.setSystemTime(NOW + 40_000);
    await expect(limits.acquire(limited, ask({ waitMs: 250 }))).rejects.toMatchObject({
      name: 'GatewayError',
      class: 'rate',
      status: 429,
      code: 'account_busy',
      retryAfterMs: 20_000,
      message: 'Account "Work" is busy: limited to 1 request a minute.',
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('those who wait before it count', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { rpm: 1 } });
    await limits.acquire(limited, ask());
    watch(limits.acquire(limited, ask()));
    watch(limits.acquire(limited, ask()));
    expect(limits.wait(limited)).toBe(3 * MINUTE);
    await expect(limits.acquire(limited, ask({ waitMs: 150_000 }))).rejects.toMatchObject({ retryAfterMs: 180_000 });
    // Another key has its turn after one of them.
    const other = watch(limits.acquire(limited, ask({ key: 'other', waitMs: 150_000 })));
    await vi.advanceTimersByTimeAsync(0);
    expect(other.state).toBe('waiting');
  });

  test('a clock set back by an hour does not close the gate for an hour', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { rpm: 1, minGapMs: 1000 } });
    await limits.acquire(limited, ask());
    vi.setSystemTime(NOW - 60 * MINUTE);
    expect(limits.wait(limited)).toBe(1000);
  });
});

describe('tokens a minute', () => {
  test('are reserved at the start', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { tpm: 1000 } });
    await limits.acquire(limited, ask({ tokens: 600 }));
    await limits.acquire(limited, ask({ tokens: 400, waitMs: 0 }));
    await expect(limits.acquire(limited, ask({ tokens: 1, waitMs: 0 }))).rejects.toMatchObject({
      retryAfterMs: MINUTE,
      message: 'Account "Work" is busy: limited to 1000 tokens a minute.',
    });
  });

  test('are corrected by what was really used, for who waits too', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { tpm: 1000 } });
    const first = await limits.acquire(limited, ask({ tokens: 900 }));
    const second = watch(limits.acquire(limited, ask({ tokens: 500 })));
    first.release({ input: 300, output: 200, cacheRead: 250, reasoning: 100 });
    await vi.advanceTimersByTimeAsync(0);
    expect(second.state).toBe('through');
    await expect(limits.acquire(limited, ask({ tokens: 1, waitMs: 0 }))).rejects.toBeInstanceOf(GatewayError);
  });

  test('more than estimated counts as well', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { tpm: 1000 } });
    (await limits.acquire(limited, ask({ tokens: 10 }))).release({ input: 10, output: 990 });
    await expect(limits.acquire(limited, ask({ tokens: 1, waitMs: 0 }))).rejects.toMatchObject({ code: 'account_busy' });
  });

  test.each([undefined, {}, { input: 100 }, { output: 100 }])('what is not known stays as estimated: %j', async (usage) => {
    const limits = limitsWith();
    const limited = account({ limits: { tpm: 1000 } });
    (await limits.acquire(limited, ask({ tokens: 900 }))).release(usage);
    await expect(limits.acquire(limited, ask({ tokens: 101, waitMs: 0 }))).rejects.toMatchObject({ code: 'account_busy' });
    await limits.acquire(limited, ask({ tokens: 100, waitMs: 0 }));
  });

  test('a correction that comes after the minute changes nothing any more', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { tpm: 1000 } });
    const slow = await limits.acquire(limited, ask({ tokens: 900 }));
    vi.setSystemTime(NOW + MINUTE);
    await limits.acquire(limited, ask({ tokens: 500, waitMs: 0 }));
    slow.release({ input: 1, output: 1 });
    await expect(limits.acquire(limited, ask({ tokens: 501, waitMs: 0 }))).rejects.toMatchObject({ code: 'account_busy' });
    await limits.acquire(limited, ask({ tokens: 500, waitMs: 0 }));
  });

  test('a request larger than the limit goes through when nothing else is in the window', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { tpm: 1000 } });
    await limits.acquire(limited, ask({ tokens: 5000, waitMs: 0 }));
    const second = watch(limits.acquire(limited, ask({ tokens: 5000 })));
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(second.state).toBe('through');
  });

  test('requests that took none do not count as something in the window', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { tpm: 1000 } });
    (await limits.acquire(limited, ask())).release({ input: 0, output: 0 });
    await limits.acquire(limited, ask({ tokens: 5000, waitMs: 0 }));
  });
});

describe('a least gap', () => {
  test('lies between two starts', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { minGapMs: 500 } });
    const starts: number[] = [];
    for (let i = 0; i < 4; i++) void limits.acquire(limited, ask()).then(() => starts.push(Date.now() - NOW));
    await vi.advanceTimersByTimeAsync(0);
    expect(limits.wait(limited)).toBe(2000);
    await vi.advanceTimersByTimeAsync(5000);
    expect(starts).toEqual([0, 500, 1000, 1500]);
  });
});

describe('requests at a time', () => {
  test('a herd of 50 is served two at a time, in order, all of it', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { maxConcurrent: 2 } });
    const order: number[] = [];
    let most = 0;
    let under = 0;
    const herd = Array.from({ length: 50 }, async (_, i) => {
      const permit = await limits.acquire(limited, ask());
      most = Math.max(most, ++under);
      order.push(i);
      await new Promise((resolve) => setTimeout(resolve, 100));
      under -= 1;
      permit.release();
    });
    expect(limits.running(limited)).toBe(50);
    await vi.advanceTimersByTimeAsync(2499);
    expect(order).toHaveLength(50);
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all(herd);
    expect(most).toBe(2);
    expect(order).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(limits.running(limited)).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a wait whose end nobody knows is called a second', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { maxConcurrent: 1 } });
    const permit = await limits.acquire(limited, ask());
    expect(limits.wait(limited)).toBe(1000);
    permit.release();
    expect(limits.wait(limited)).toBe(0);
  });

  test('releasing twice gives one turn back', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { maxConcurrent: 1, tpm: 1000 } });
    const first = await limits.acquire(limited, ask());
    const second = watch(limits.acquire(limited, ask()));
    const third = watch(limits.acquire(limited, ask()));
    first.release({ input: 1, output: 1 });
    first.release({ input: 900, output: 900 });
    await vi.advanceTimersByTimeAsync(0);
    expect([second.state, third.state]).toEqual(['through', 'waiting']);
    expect(limits.running(limited)).toBe(2);
  });
});

describe('waiting', () => {
  test('ends when its time is over, with the limit named', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { maxConcurrent: 2 } });
    await limits.acquire(limited, ask());
    await limits.acquire(limited, ask());
    const waiting = watch(limits.acquire(limited, ask({ waitMs: 250 })));
    await vi.advanceTimersByTimeAsync(249);
    expect(waiting.state).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(waiting.error).toMatchObject({
      code: 'account_busy',
      status: 429,
      retryAfterMs: undefined,
      message: 'Account "Work" is busy: limited to 2 requests at a time.',
    });
    expect(limits.running(limited)).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is bounded over the account; one more is refused at once', async () => {
    const limits = limitsWith({ max: 2 });
    const limited = account({ limits: { maxConcurrent: 1 } });
    await limits.acquire(limited, ask());
    watch(limits.acquire(limited, ask({ key: 'a' })));
    watch(limits.acquire(limited, ask({ key: 'b' })));
    await expect(limits.acquire(limited, ask({ key: 'c' }))).rejects.toMatchObject({
      code: 'account_busy',
      message: 'Account "Work" is busy: 2 requests waiting for it already.',
    });
    expect(limits.list()[0]).toMatchObject({ running: 1, waiting: 2, maxConcurrent: 1 });
  });

  test('is not possible where no queue is wanted, and the limit is named', async () => {
    const limits = limitsWith({ max: 0 });
    const limited = account({ limits: { rpm: 1 } });
    await limits.acquire(limited, ask());
    await expect(limits.acquire(limited, ask())).rejects.toMatchObject({
      message: 'Account "Work" is busy: limited to 1 request a minute.',
    });
  });

  test('of an hour and of a month fit the timer', async () => {
    const limits = limitsWith();
    const groq = account({ provider: 'groq' });
    limits.learn(groq, { 'x-ratelimit-limit-requests': '9', 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '30d' });
    const turn = watch(limits.acquire(groq, ask({ waitMs: 40 * 86_400_000 })));
    await vi.advanceTimersByTimeAsync(30 * 86_400_000 - 1);
    expect(turn.state).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(turn.state).toBe('through');
  });
});

describe('fairness', () => {
  async function orderOf(keys: string[]): Promise<string[]> {
    const limits = limitsWith();
    const limited = account({ limits: { maxConcurrent: 1 } });
    const first = await limits.acquire(limited, ask());
    const order: string[] = [];
    const all = keys.map(async (key) => {
      const permit = await limits.acquire(limited, ask({ key }));
      order.push(key);
      permit.release();
    });
    first.release();
    await Promise.all(all);
    return order;
  }

  test('keys take turns, whoever has more waiting', async () => {
    expect((await orderOf(['a', 'a', 'a', 'a', 'b', 'c', 'c'])).join('')).toBe('abcacaa');
  });

  test('a newcomer neither starts before those who wait nor takes their turn', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { tpm: 1000 } });
    await limits.acquire(limited, ask({ tokens: 900 }));
    const large = watch(limits.acquire(limited, ask({ key: 'a', tokens: 800 })));
    const small = watch(limits.acquire(limited, ask({ key: 'b', tokens: 50 })));
    // One token would fit now, but others are first.
    expect(limits.wait(limited)).toBe(1000);
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect([large.state, small.state]).toEqual(['waiting', 'waiting']);
    await vi.advanceTimersByTimeAsync(1);
    expect([large.state, small.state]).toEqual(['through', 'through']);
  });
});

describe('an abort', () => {
  function listened(): { controller: AbortController; count: () => number } {
    const controller = new AbortController();
    let count = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      count += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      count -= 1;
      remove(...args);
    };
    return { controller, count: () => count };
  }

  test('leaves the queue at once with its reason, and nothing behind', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { maxConcurrent: 1 } });
    await limits.acquire(limited, ask());
    const { controller, count } = listened();
    const waiting = watch(limits.acquire(limited, ask({ signal: controller.signal })));
    expect([count(), vi.getTimerCount(), limits.running(limited)]).toEqual([1, 1, 2]);
    const reason = new GatewayError({ class: 'cancelled', message: 'gone' });
    controller.abort(reason);
    expect([count(), vi.getTimerCount(), limits.running(limited)]).toEqual([0, 0, 1]);
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting.error).toBe(reason);
  });

  test('of the one whose turn blocked the others lets them go', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { tpm: 1000 } });
    await limits.acquire(limited, ask({ tokens: 900 }));
    const controller = new AbortController();
    const large = watch(limits.acquire(limited, ask({ key: 'a', tokens: 800, signal: controller.signal })));
    const small = watch(limits.acquire(limited, ask({ key: 'b', tokens: 50 })));
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect([large.state, small.state]).toEqual(['refused', 'through']);
  });

  test('in the tick of its turn gives the turn to the next', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { maxConcurrent: 1, rpm: 2, minGapMs: 1 } });
    const first = await limits.acquire(limited, ask());
    const { controller, count } = listened();
    const second = watch(limits.acquire(limited, ask({ signal: controller.signal })));
    const third = watch(limits.acquire(limited, ask()));
    await vi.advanceTimersByTimeAsync(1);
    first.release();
    controller.abort(new Error('gone'));
    await vi.advanceTimersByTimeAsync(0);
    expect(second.error).toEqual(new Error('gone'));
    // As if the second had never started: the third is the second of two a minute, and needs no new gap.
    expect(third.state).toBe('through');
    expect(count()).toBe(0);
    expect(limits.running(limited)).toBe(1);
  });

  test('after a turn or a refusal finds no listener of ours', async () => {
    const limits = limitsWith();
    const limited = account({ limits: { maxConcurrent: 1 } });
    const first = await limits.acquire(limited, ask());
    const through = listened();
    const refused = listened();
    const second = watch(limits.acquire(limited, ask({ signal: through.controller.signal })));
    const third = watch(limits.acquire(limited, ask({ signal: refused.controller.signal, waitMs: 100 })));
    first.release();
    await vi.advanceTimersByTimeAsync(100);
    expect([second.state, third.state]).toEqual(['through', 'refused']);
    expect([through.count(), refused.count()]).toEqual([0, 0]);
  });
});

describe('changed limits', () => {
  test('hold at once, for who waits too', async () => {
    const limits = limitsWith();
    const narrow = account({ limits: { maxConcurrent: 1 } });
    const wide = account({ limits: { maxConcurrent: 3 } });
    await limits.acquire(narrow, ask());
    const waiting = watch(limits.acquire(narrow, ask()));
    await limits.acquire(wide, ask());
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting.state).toBe('through');
    expect(limits.running(wide)).toBe(3);
  });

  test('count what was started before', async () => {
    const limits = limitsWith();
    await limits.acquire(account(), ask());
    expect(limits.wait(account({ limits: { rpm: 1 } }))).toBe(MINUTE);
  });

  test('are not undone by the answer to an older request', async () => {
    const limits = limitsWith();
    const old = account({ provider: 'openai', limits: { rpm: 100 } });
    const changed = account({ provider: 'openai', limits: { rpm: 1 } });
    await limits.acquire(old, ask());
    await limits.acquire(account({ provider: 'openai', id: 'a2' }), ask());
    expect(limits.wait(changed)).toBe(MINUTE);
    limits.learn(old, { 'x-ratelimit-limit-requests': '100', 'x-ratelimit-remaining-requests': '99' });
    expect(limits.list().find((entry) => entry.account === 'a1')).toMatchObject({ rpm: 1 });
  });

  test('that come too late for those who wait send them away', async () => {
    const limits = limitsWith();
    const before = account({ limits: { maxConcurrent: 1 } });
    const permit: Permit = await limits.acquire(before, ask());
    const waiting = watch(limits.acquire(before, ask({ waitMs: 1000 })));
    limits.wait(account({ limits: { rpm: 1 } }));
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting.error).toMatchObject({ code: 'account_busy', retryAfterMs: MINUTE });
    permit.release();
  });
});
