import { describe, expect, it } from 'vitest';
import { slicesSchema, WATCHABLE, type Watchable } from '../../../src/editor/dashboard/contract/slices.ts';
import { ChangedSlices } from '../../../src/editor/dashboard/session/changed-slices.ts';
import { combo, NOON, request, row, snapshot, today } from '../snapshots.ts';

const only = (...slices: Watchable[]): ReadonlySet<Watchable> => new Set(slices);

describe('what of the live state a page is told', () => {
  it('is everything it watches at first, in a shape it can read, and nothing else', () => {
    const state = snapshot({ today: today(), todayByAccount: new Map([['groq', row({ by: ['groq'] })]]), requests: [request('a')] });
    const message = new ChangedSlices().take(state, new Set(WATCHABLE));
    expect(slicesSchema.safeParse(message).success).toBe(true);
    expect(Object.keys(message ?? {}).sort()).toEqual([...WATCHABLE, 'allRequests'].sort());
    expect(Object.keys(new ChangedSlices().take(state, only('link')) ?? {})).toEqual(['link']);
    expect(new ChangedSlices().take(state, only())).toBeUndefined();
  });

  it('is what changed since: of one that nobody changed, nothing', () => {
    const told = new ChangedSlices();
    const state = snapshot();
    told.take(state, only('accounts', 'combos'));
    expect(told.take({ ...state }, only('accounts', 'combos'))).toBeUndefined();
    const combos = [combo('best', ['groq/m'])];
    expect(told.take({ ...state, combos }, only('accounts', 'combos'))).toEqual({ combos });
    expect(told.take({ ...state, combos }, only('accounts', 'combos', 'quota'))).toEqual({ quota: [] });
  });

  it('says that nothing is known as null, so that a page can tell it from what it was not told', () => {
    const told = new ChangedSlices();
    expect(told.take(snapshot({ today: today() }), only('today', 'fallback'))).toMatchObject({ today: [today()], fallback: null });
    expect(told.take(snapshot(), only('today'))).toEqual({ today: null });
  });

  it('of requests is those that are new or other than they were', () => {
    const told = new ChangedSlices();
    const [a, b] = [request('a', { startedAt: NOON }), request('b', { startedAt: NOON + 1 })];
    expect(told.take(snapshot({ requests: [b, a] }), only('requests'))).toEqual({ requests: [b, a], allRequests: true });
    const done = { ...b, totalMs: 99 };
    const c = request('c', { startedAt: NOON + 2 });
    expect(told.take(snapshot({ requests: [c, done, a] }), only('requests'))).toEqual({ requests: [c, done] });
  });

  it('does not begin anew when old requests are pushed out, and does when they are forgotten', () => {
    const told = new ChangedSlices();
    const [a, b, c] = [0, 1, 2].map((at) => request(`r${at}`, { startedAt: NOON + at })) as [
      ReturnType<typeof request>,
      ReturnType<typeof request>,
      ReturnType<typeof request>,
    ];
    told.take(snapshot({ requests: [b, a] }), only('requests'));
    expect(told.take(snapshot({ requests: [c, b] }), only('requests'))).toEqual({ requests: [c] });
    expect(told.take(snapshot({ requests: [b] }), only('requests'))).toEqual({ requests: [b], allRequests: true });
    expect(told.take(snapshot({ requests: [] }), only('requests'))).toEqual({ requests: [], allRequests: true });
  });

  it('is everything again for who lost it', () => {
    const told = new ChangedSlices();
    const state = snapshot({ requests: [request('a')] });
    told.take(state, only('requests', 'loaded'));
    told.forget();
    expect(told.take(state, only('requests', 'loaded'))).toMatchObject({ loaded: true, allRequests: true });
  });
});
