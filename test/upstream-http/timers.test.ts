import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GatewayError } from '../../src/conversation/error.ts';
import { Watchdog } from '../../src/upstream/timers.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const timeouts = { connectMs: 1, firstByteMs: 1000, idleMs: 200, totalMs: 9999 };

describe('Watchdog', () => {
  it('fires when no first byte comes', () => {
    const seen: (string | undefined)[] = [];
    new Watchdog(timeouts, (error: GatewayError) => seen.push(error.code));
    vi.advanceTimersByTime(999);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual(['first_byte_timeout']);
  });

  it('fires when the answer falls silent, counted from the last piece', () => {
    const seen: (string | undefined)[] = [];
    const watchdog = new Watchdog(timeouts, (error: GatewayError) => seen.push(error.code));
    vi.advanceTimersByTime(900);
    watchdog.touch();
    vi.advanceTimersByTime(150);
    watchdog.touch();
    vi.advanceTimersByTime(199);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual(['idle_timeout']);
  });

  it('is quiet once stopped', () => {
    const seen: unknown[] = [];
    new Watchdog(timeouts, (error) => seen.push(error)).stop();
    vi.advanceTimersByTime(100_000);
    expect(seen).toEqual([]);
  });
});
