import { beforeEach, expect, test } from 'vitest';
import { useLocale } from '../../../src/editor/format/index.ts';
import { NEW_REQUEST } from '../../../src/editor/live/request-book.ts';
import type { LiveRequest } from '../../../src/editor/live/snapshot.ts';
import { nowView, storyOf } from '../../../webview/pages/overview/request-line.ts';

const NOW = 1_790_000_000_000;
beforeEach(() => useLocale('en'));

function request(more: Partial<LiveRequest>): LiveRequest {
  return { ...NEW_REQUEST, id: 'req_1', startedAt: NOW - 5000, client: 'Codex', key: 'default', requested: 'best', ...more };
}

const refused = { target: 'old/m', account: 'old key', class: 'auth', status: 401, ms: 5 } as const;

test('a fall-back is explained: who was asked first, and why somebody else answers', () => {
  const answered = { target: 'work/m', account: 'work', fallback: true } as const;
  expect(storyOf(request({ ...answered, state: 'streaming', attempts: [refused] }))).toBe(
    'Answered by work, after old key: the key was refused',
  );
  expect(storyOf(request({ ...answered, state: 'done', attempts: [] }))).toBe('Answered by work: who comes before could not be asked');
});

test('under way after a failure: which attempt it is, and what failed', () => {
  expect(storyOf(request({ attempts: [refused] }))).toBe('Attempt 2, after old key: the key was refused');
  expect(storyOf(request({}))).toBe('');
});

test('a failure says why, of each account once', () => {
  expect(storyOf(request({ state: 'failed', error: 'overload', attempts: [refused, refused] }))).toBe('old key: the key was refused');
  expect(storyOf(request({ state: 'failed', error: 'request' }))).toBe('The request was not accepted');
});

test('those under way come first, the longest on top; then what ended last; at most eight lines', () => {
  const running = Array.from({ length: 9 }, (_, at) => request({ id: `run${at}`, startedAt: NOW - at * 1000 }));
  const ended = [
    request({ id: 'early', state: 'done', startedAt: NOW - 9000, totalMs: 10 }),
    request({ id: 'late', state: 'done', startedAt: NOW - 9500, totalMs: 9000 }),
  ];
  const view = nowView([...running, ...ended], NOW);
  expect(view.lines.map(({ id }) => id)).toEqual(['run8', 'run7', 'run6', 'run5', 'run4', 'run3', 'late', 'early']);
  expect(view).toMatchObject({ running: 9, more: 3 });
});

test('output that is not known is left out', () => {
  const [line] = nowView([request({ state: 'done', totalMs: 1000 })], NOW).lines;
  expect(line).toMatchObject({ output: '', when: 'just now' });
});
