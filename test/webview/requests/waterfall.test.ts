import { describe, expect, it } from 'vitest';
import { placeOf, wayOf } from '../../../webview/pages/requests/detail/waterfall.ts';
import { rowOf } from '../../../webview/pages/requests/list/row.ts';
import { record, running, START } from './records.ts';

const refused = { target: 'old/llama', account: 'old', ms: 200, class: 'auth', status: 401 } as const;
const answered = { target: 'groq/llama', account: 'groq', ms: 300 };

describe('the way of a request', () => {
  it('an answer: asked, answered at the first byte, streamed to the end', () => {
    const { steps, spanMs } = wayOf(rowOf(record('a', 0)), 0);
    expect(spanMs).toBe(900);
    expect(steps).toMatchObject([
      { kind: 'attempt', target: 'groq/llama', answered: true, fromMs: 0, toMs: 300 },
      { kind: 'stream', fromMs: 300, toMs: 900 },
    ]);
  });

  it('a fall-back: the failed one first, the wait before the one that answered', () => {
    const row = rowOf(record('a', 0, { attempts: [refused, answered], firstByteMs: 800, totalMs: 1000 }));
    expect(wayOf(row, 0).steps).toMatchObject([
      { kind: 'attempt', class: 'auth', status: 401, fromMs: 0, toMs: 200 },
      { kind: 'wait', fromMs: 200, toMs: 500 },
      { kind: 'attempt', answered: true, fromMs: 500, toMs: 800 },
      { kind: 'stream', fromMs: 800, toMs: 1000 },
    ]);
  });

  it('beginnings that are known: each attempt stands where it began, with the waits before it', () => {
    const attempts = [
      { ...refused, startMs: 100 },
      { ...refused, startMs: 450 },
      { ...answered, startMs: 650 },
    ];
    const row = rowOf(record('a', 0, { attempts, firstByteMs: 950, totalMs: 1000 }));
    expect(wayOf(row, 0).steps).toMatchObject([
      { kind: 'wait', fromMs: 0, toMs: 100 },
      { kind: 'attempt', fromMs: 100, toMs: 300 },
      { kind: 'wait', fromMs: 300, toMs: 450 },
      { kind: 'attempt', fromMs: 450, toMs: 650 },
      { kind: 'attempt', answered: true, fromMs: 650, toMs: 950 },
      { kind: 'stream', fromMs: 950, toMs: 1000 },
    ]);
  });

  it('the gateway’s own work is no wait', () => {
    const row = rowOf(record('a', 0, { firstByteMs: 305 }));
    expect(wayOf(row, 0).steps.map(({ kind }) => kind)).toEqual(['attempt', 'stream']);
  });

  it('an answer in one piece is not streamed', () => {
    const row = rowOf(record('a', 0, { streamed: false, totalMs: 320 }));
    expect(wayOf(row, 0).steps.map(({ kind }) => kind)).toEqual(['attempt']);
  });

  it('nobody answered: the last failure is the end', () => {
    const row = rowOf(record('a', 0, { attempts: [refused, refused], firstByteMs: 410, totalMs: 410, status: 401 }));
    expect(wayOf(row, 0).steps).toMatchObject([{ toMs: 200 }, { answered: false, fromMs: 210, toMs: 410 }]);
  });

  it('nobody was asked: all of it was in the gateway', () => {
    const row = rowOf(record('a', 0, { attempts: [], totalMs: 40, status: 503 }));
    expect(wayOf(row, 0).steps).toMatchObject([{ kind: 'wait', fromMs: 0, toMs: 40 }]);
  });

  it('under way: grows until now, whoever is asked', () => {
    const asking = running('a', 0, { attempts: [refused], target: 'old/llama', account: 'old' });
    expect(wayOf(asking, START + 700).steps).toMatchObject([
      { class: 'auth', toMs: 200 },
      { kind: 'attempt', target: undefined, underWay: true, fromMs: 200, toMs: 700 },
    ]);
    const streaming = running('a', 0, { state: 'streaming', target: 'groq/llama', account: 'groq', firstTokenMs: 300 });
    expect(wayOf(streaming, START + 700).steps).toMatchObject([
      { kind: 'attempt', answered: true, toMs: 300 },
      { kind: 'stream', underWay: true, fromMs: 300, toMs: 700 },
    ]);
  });

  it('a bar stays within its track and can be seen', () => {
    expect(placeOf({ fromMs: 500, toMs: 1000 }, 1000)).toEqual({ left: 50, width: 50 });
    const last = placeOf({ fromMs: 1000, toMs: 1000 }, 1000);
    expect(last.width).toBeGreaterThan(0);
    expect(last.left + last.width).toBeLessThanOrEqual(100);
  });
});
