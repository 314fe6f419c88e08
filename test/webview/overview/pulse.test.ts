import { expect, test } from 'vitest';
import { NEW_REQUEST } from '../../../src/editor/live/request-book.ts';
import type { LiveRequest } from '../../../src/editor/live/snapshot.ts';
import { Pulse } from '../../../webview/pages/overview/pulse.ts';

const NOW = 1_790_000_000_000;

/** Newest first, each a second before the other. */
function requests(count: number, newest: number, first = 0): LiveRequest[] {
  return Array.from({ length: count }, (_, at) => ({
    ...NEW_REQUEST,
    id: `req_${first + count - at}`,
    startedAt: newest - at * 1000,
    client: 'Codex',
    key: 'default',
    requested: 'best',
  }));
}

test('fewer than the page can hold: all are known, also that there were none before', () => {
  const pulse = new Pulse();
  pulse.take(requests(5, NOW), NOW);
  expect(pulse.perMinute(NOW)).toBe(5);
  expect(pulse.line(NOW)).toHaveLength(60);
  expect(pulse.line(NOW)[0]).toBe(0);
});

test('a full list says nothing of the time before its oldest', () => {
  const pulse = new Pulse();
  pulse.take(requests(200, NOW), NOW);
  expect(pulse.perMinute(NOW)).toBeGreaterThanOrEqual(50);
  expect(pulse.line(NOW)[0]).toBeNull();
});

test('a request that changes is counted once', () => {
  const pulse = new Pulse();
  const before = requests(3, NOW);
  pulse.take(before, NOW);
  pulse.take(
    before.map((request) => ({ ...request, state: 'done' })),
    NOW,
  );
  expect(pulse.perMinute(NOW)).toBe(3);
});

test('what was pushed out of the list stays counted', () => {
  const pulse = new Pulse();
  const all = requests(300, NOW);
  pulse.take(all.slice(100), NOW - 100_000);
  pulse.take(all.slice(0, 200), NOW);
  const known = pulse.line(NOW).filter((value) => value !== null);
  expect(known.length).toBeGreaterThanOrEqual(7);
  expect(Math.min(...known)).toBeGreaterThanOrEqual(45);
});

test('after a gap nothing of the time in it is said', () => {
  const pulse = new Pulse();
  pulse.take(requests(200, NOW - 600_000), NOW - 600_000);
  pulse.take(requests(200, NOW, 5000), NOW);
  expect(pulse.perMinute(NOW)).not.toBeNull();
  expect(pulse.line(NOW)[30]).toBeNull();
});
