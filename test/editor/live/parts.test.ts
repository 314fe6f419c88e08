import { describe, expect, it } from 'vitest';
import type { AdminApi, GatewayEvent, RequestRecord } from '../../../src/editor/admin/api.ts';
import { dayAround } from '../../../src/editor/live/clock.ts';
import { createLive } from '../../../src/editor/live/live.ts';
import { Notices } from '../../../src/editor/live/notices.ts';
import { Reading } from '../../../src/editor/live/reading.ts';
import { RequestBook } from '../../../src/editor/live/request-book.ts';
import type { Slice } from '../../../src/editor/live/snapshot.ts';
import { emptyRow } from '../../../src/editor/live/today.ts';
import { HttpLink } from '../http-link.ts';
import { HandClock } from './house.ts';

const NOON = new Date(2026, 10, 22, 12).getTime();

const record = (more: Partial<RequestRecord>): RequestRecord => ({
  id: 'r',
  at: NOON,
  key: 'default',
  client: 'curl',
  dialect: 'openai-chat',
  requested: 'best',
  target: 'chat/a',
  account: 'chat',
  combo: undefined,
  attempts: [{ target: 'chat/a', account: 'chat', ms: 5 }],
  skipped: [],
  streamed: false,
  firstByteMs: 4,
  totalMs: 5,
  usage: { input: 10, output: 2 },
  finish: 'stop',
  status: 200,
  error: undefined,
  cancelled: false,
  ...more,
});

const finished = (of: RequestRecord): GatewayEvent => ({
  type: 'request-finished',
  at: of.at + of.totalMs,
  id: of.id,
  target: of.target,
  account: of.account,
  status: of.status,
  totalMs: of.totalMs,
  attempts: of.attempts.length,
  usage: of.usage,
  cost: of.cost,
  error: of.error?.class,
  cancelled: of.cancelled,
  record: of,
});

/** A gateway that says what it is told to, and counts what it is asked. */
class Told {
  readonly asked: string[] = [];
  say: (event: GatewayEvent) => void = () => {};

  api(): AdminApi {
    const asked = this.asked;
    const list = (name: string) => () => {
      asked.push(name);
      return Promise.resolve([]);
    };
    const events = (signal: AbortSignal, opened?: () => void) => this.#events(signal, opened);
    const usage = (query: Record<string, string>) => {
      asked.push(query.by === 'account' ? 'by account' : `usage ${query.since}`);
      return Promise.resolve(query.by === 'account' ? [] : [emptyRow()]);
    };
    const lists = ['accounts', 'combos', 'models', 'quota', 'health', 'budgets', 'requests'].map((name) => [name, list(name)]);
    return { ...Object.fromEntries(lists), usage, events } as unknown as AdminApi;
  }

  async *#events(signal: AbortSignal, opened?: () => void): AsyncGenerator<GatewayEvent> {
    const waiting: GatewayEvent[] = [];
    let wake = (): void => {};
    this.say = (event) => {
      waiting.push(event);
      wake();
    };
    signal.addEventListener('abort', () => wake());
    opened?.();
    while (!signal.aborted) {
      yield* waiting.splice(0);
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (waiting.length > 0) resolve();
      });
    }
  }
}

/** What promises do that wait for nothing outside. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function following(clock: HandClock): Promise<{ told: Told; live: ReturnType<typeof createLive> }> {
  const told = new Told();
  const link = new HttpLink();
  link.to({ url: 'http://127.0.0.1:1', key: 'none' });
  const live = createLive(link, told.api(), { log: { debug: () => {}, warn: () => {} }, clock });
  await settled();
  told.asked.length = 0;
  return { told, live };
}

describe('Live and time', () => {
  it('begins today anew at midnight, and asks for the sums from then on', async () => {
    const clock = new HandClock(NOON);
    const { told, live } = await following(clock);
    told.say(finished(record({})));
    await settled();
    expect(live.snapshot.today).toMatchObject({ requests: 1, inputTokens: 10 });
    told.asked.length = 0;
    const { until } = dayAround(NOON);
    clock.move(until - clock.now());
    expect(live.snapshot.today).toEqual(emptyRow());
    expect(live.snapshot.todayByAccount.size).toBe(0);
    // One that began before midnight is yesterday's.
    told.say(finished(record({ id: 'late', at: until - 5 })));
    told.say(finished(record({ id: 'early', at: until + 5 })));
    await settled();
    expect(live.snapshot.today?.requests).toBe(1);
    clock.move(200);
    await settled();
    expect(told.asked).toContain(`usage ${until}`);
    live.dispose();
  });

  it('asks for nothing while nothing happens, however long', async () => {
    const clock = new HandClock(NOON);
    const { told, live } = await following(clock);
    clock.move(11 * 60 * 60_000);
    await settled();
    expect(told.asked).toEqual([]);
    live.dispose();
  });

  it('reads once for many changes alike', async () => {
    const clock = new HandClock(NOON);
    const { told, live } = await following(clock);
    for (let i = 0; i < 50; i++) told.say({ type: 'quota-changed', at: NOON, account: 'a' });
    for (let i = 0; i < 50; i++) told.say({ type: 'health-changed', at: NOON });
    await settled();
    clock.move(1000);
    await settled();
    expect(told.asked.sort()).toEqual(['accounts', 'health', 'quota']);
    live.dispose();
  });

  it('reads everything anew after events were dropped', async () => {
    const clock = new HandClock(NOON);
    const { told, live } = await following(clock);
    told.say({ type: 'request-started', at: NOON, id: 'r', key: 'k', client: 'c', dialect: 'd', requested: 'm', streamed: true });
    await settled();
    expect(live.snapshot.requests).toHaveLength(1);
    told.say({ type: 'dropped', at: NOON, count: 5 });
    await settled();
    clock.move(200);
    await settled();
    expect(live.snapshot.requests).toEqual([]);
    expect(new Set(told.asked)).toEqual(
      new Set(['accounts', 'combos', 'models', 'quota', 'health', 'budgets', 'requests', 'by account', `usage ${dayAround(NOON).from}`]),
    );
    live.dispose();
  });
});

describe('Notices', () => {
  it('tell at most ten times a second what changed, and the first change at once', () => {
    const clock = new HandClock(NOON);
    const notices = new Notices(clock, () => {});
    const told: Slice[][] = [];
    notices.event((slices) => told.push([...slices]));
    notices.changed(['quota']);
    clock.move(0);
    expect(told).toEqual([['quota']]);
    for (let ms = 0; ms < 1000; ms++) {
      notices.changed(['requests', 'today']);
      clock.move(1);
    }
    expect(told.length).toBe(11);
    expect(told.at(-1)).toEqual(['requests', 'today']);
  });
});

describe('A reading', () => {
  it('never runs twice at once, and once more for all who asked meanwhile', async () => {
    const ends: (() => void)[] = [];
    const reading = new Reading(new HandClock(NOON), () => new Promise<void>((resolve) => ends.push(resolve)));
    const first = reading.now();
    const [second, third] = [reading.now(), reading.now()];
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await first;
    await settled();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await Promise.all([second, third]);
    expect(ends).toHaveLength(2);
  });
});

describe('The book of requests', () => {
  it('keeps the newest 200, those under way before those that are over', () => {
    const book = new RequestBook();
    book.take({ type: 'request-started', at: NOON - 1, id: 'long', key: 'k', client: 'c', dialect: 'd', requested: 'm', streamed: true });
    book.add(Array.from({ length: 300 }, (_, i) => record({ id: `r${i}`, at: NOON + i })));
    const ids = book.list().map(({ id }) => id);
    expect(ids).toHaveLength(200);
    expect([ids[0], ids[198], ids[199]]).toEqual(['r299', 'r101', 'long']);
  });

  it('takes an answer at the second try of the same target for none of a fall-back', () => {
    const book = new RequestBook();
    const tried = { target: 'chat/a', account: 'chat', ms: 5 };
    book.add([record({ attempts: [{ ...tried, class: 'rate', status: 429 }, tried] })]);
    expect(book.fallback()).toBeUndefined();
    expect(book.list()[0]?.fallback).toBe(false);
  });

  it('shows what a plan answered as free, and what has no price as unknown', () => {
    const book = new RequestBook();
    book.add([record({ id: 'plan', cost: { usd: 3, source: 'plan' } }), record({ id: 'none', at: NOON - 1 })]);
    expect(book.list().map(({ usd }) => usd)).toEqual([0, undefined]);
  });

  it('ends a request of a gateway that tells no record', () => {
    const book = new RequestBook();
    book.take({ type: 'request-started', at: NOON, id: 'r', key: 'k', client: 'c', dialect: 'd', requested: 'm', streamed: true });
    book.take({ type: 'attempt-failed', at: NOON, id: 'r', target: 'x/y', account: 'x', class: 'rate', status: 429, ms: 3 });
    book.take({ type: 'first-token', at: NOON + 5, id: 'r', target: 'chat/a', account: 'chat', ms: 5, attempts: 2 });
    const { record: _, ...told } = finished(record({})) as Extract<GatewayEvent, { type: 'request-finished' }>;
    book.take(told);
    expect(book.list()[0]).toMatchObject({ state: 'done', fallback: true, usage: { input: 10 }, firstTokenMs: 5, totalMs: 5 });
    expect(book.fallback()).toEqual({ requested: 'm', target: 'chat/a', account: 'chat', at: NOON + 5 });
  });
});
