import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GatewayError } from '../../src/conversation/error.ts';
import { CommitDeadline } from '../../src/routing/commit-deadline.ts';

const codeOf = (signal: AbortSignal): string | undefined => (signal.reason instanceof GatewayError ? signal.reason.code : undefined);
const gone = new GatewayError({ class: 'cancelled', code: 'client_closed', message: 'gone' });

describe('the time until an answer must begin', () => {
  let client: AbortController;
  beforeEach(() => {
    vi.useFakeTimers();
    client = new AbortController();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const deadline = (deadlineMs: number | undefined, totalMs = 900_000) => new CommitDeadline(client.signal, deadlineMs, totalMs, Date.now);

  it('costs nothing when only the total time bounds it: the request’s own signal serves', () => {
    const time = deadline(undefined);
    expect(time.signal).toBe(client.signal);
    expect(time.share(1).signal).toBe(client.signal);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends the attempts when it is over, and says so', () => {
    const time = deadline(1000);
    const share = time.share(1);
    vi.advanceTimersByTime(999);
    expect(share.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(codeOf(share.signal)).toBe('deadline');
    expect(codeOf(time.signal)).toBe('deadline');
  });

  it('gives each attempt its share of what is left', () => {
    const time = deadline(1000);
    const first = time.share(4);
    vi.advanceTimersByTime(250);
    expect(codeOf(first.signal)).toBe('attempt_timeout');
    first.stop();
    const second = time.share(3);
    vi.advanceTimersByTime(249);
    expect(second.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(codeOf(second.signal)).toBe('attempt_timeout');
    expect(time.signal.aborted).toBe(false);
  });

  it('lets an answer that has begun run on, and ends it when the client leaves', () => {
    const time = deadline(1000);
    const share = time.share(2);
    share.stop();
    time.stop();
    vi.advanceTimersByTime(10_000);
    expect(share.signal.aborted).toBe(false);
    client.abort(gone);
    expect(codeOf(share.signal)).toBe('client_closed');
  });

  it('forwards the client’s leaving at once, also before it was looked at', () => {
    client.abort(gone);
    expect(codeOf(deadline(1000).signal)).toBe('client_closed');
    expect(codeOf(deadline(1000).share(2).signal)).toBe('client_closed');
  });

  it('blames a target for the end of the time only if it had a fair part of it', () => {
    const time = deadline(1000);
    vi.advanceTimersByTime(900);
    const late = Date.now();
    vi.advanceTimersByTime(100);
    expect(time.blameless(late)).toBe(true);
    expect(time.blameless(late - 600)).toBe(false);
  });

  it('leaves no timer behind', () => {
    const time = deadline(1000);
    time.share(2).stop();
    time.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
