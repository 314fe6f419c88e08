import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureHandlers } from '../../../src/editor/dashboard/session/calls/captures.ts';
import { requestHandlers } from '../../../src/editor/dashboard/session/calls/requests.ts';
import type { Handlers } from '../../../src/editor/dashboard/session/deps.ts';
import { type Filter, factsOf, OUTCOMES, passes, queryOf } from '../../../webview/pages/requests/filter/filter.ts';
import { RequestList } from '../../../webview/pages/requests/list/request-list.ts';
import { rowOf } from '../../../webview/pages/requests/list/row.ts';
import { type DashboardHouse, dashboardHouse } from '../house.ts';

const never = new AbortController().signal;

describe('the page of requests, asked of a gateway that was used', () => {
  let house: DashboardHouse;
  let calls: Pick<Handlers, 'requestPage' | 'request'>;
  let captures: Pick<Handlers, 'captures' | 'capture' | 'keepCaptures' | 'clearCaptures'>;

  beforeAll(async () => {
    house = await dashboardHouse({ records: 1500 });
    calls = requestHandlers(house.deps);
    captures = captureHandlers(house.deps);
  });
  afterAll(async () => {
    await house.close();
  });

  const newest = async (query: Record<string, string> = {}) => await calls.requestPage({ limit: '1000', ...query }, never);

  it('gives pages newest first, and how many there are in all', async () => {
    const { requests, count } = await newest({ limit: '200' });
    expect(requests).toHaveLength(200);
    expect(count).toBeGreaterThanOrEqual(1500);
    expect(requests.map(({ at }) => at)).toEqual(requests.map(({ at }) => at).sort((a, b) => b - a));
    const next = await newest({ limit: '200', offset: '150' });
    expect(next.requests.slice(0, 50)).toEqual(requests.slice(150));
  });

  it('one that is over is found by its id; one that never was is not', async () => {
    const [first] = (await newest({ limit: '1' })).requests;
    expect(await calls.request({ id: first?.id ?? '' }, never)).toEqual(first);
    expect(await calls.request({ id: 'req_never' }, never)).toBeNull();
  });

  it('the page’s own filter lets through what the gateway’s does', async () => {
    const until = Date.now() + 1000;
    const { requests } = await newest();
    const facts = factsOf(house.live.snapshot.accounts, house.live.snapshot.combos);
    const oldest = requests.at(-1)?.at ?? 0;
    const filters: Filter[] = [
      ...OUTCOMES.filter((outcome) => outcome !== 'running').map((outcome) => ({ outcome })),
      { client: 'Codex' },
      { account: 'groq' },
      { model: 'groq/scripted-model' },
      { provider: 'groq' },
      { tier: 'free' },
      { combo: 'best' },
      { key: 'default' },
      { search: 'SCRIPTED' },
      { search: 'gpt-5', outcome: 'fallback' },
    ];
    for (const filter of filters) {
      const told = await newest({ ...queryOf(filter, until), since: String(oldest) });
      const ids = new Set(told.requests.map(({ id }) => id));
      expect(ids.size, JSON.stringify(filter)).toBeGreaterThan(0);
      for (const record of requests) {
        const said = passes(filter, rowOf(record), facts, until);
        if (said !== undefined && record.at > oldest) expect(said, `${JSON.stringify(filter)} ${record.id}`).toBe(ids.has(record.id));
      }
    }
  });

  it('the list holds every request once, from the newest to the oldest, and what is asked meanwhile comes on top', async () => {
    let changed = (): void => {};
    const list = new RequestList({ ask: (query, signal) => calls.requestPage(query, signal), now: Date.now, changed: () => changed() });
    const until = (is: () => boolean): Promise<void> =>
      new Promise((done) => {
        changed = () => is() && done();
        changed();
      });
    const facts = factsOf([], []);
    list.live(house.live.snapshot.requests, facts);
    const listening = house.live.onDidChange(() => list.live(house.live.snapshot.requests, facts));
    list.filter({});
    await until(() => list.count !== undefined);
    const before = list.count ?? 0;
    await house.ask('demo/echo');
    await until(() => list.count === before + 1 && list.rowAt(0)?.state === 'done');
    expect(list.rowAt(0)).toMatchObject({ requested: 'demo/echo' });
    const ids = new Set<string>();
    for (let from = 0; from <= before; from += 100) {
      list.look(from, from + 100);
      await until(() => list.rowAt(Math.min(before, from + 99)) !== undefined);
      for (let at = from; at < Math.min(from + 100, before + 1); at += 1) ids.add(list.rowAt(at)?.id ?? '');
    }
    expect(ids.size).toBe(before + 1);
    expect((await newest({ limit: '1' })).count).toBe(before + 1);
    listening.dispose();
    list.dispose();
  });

  it('exchanges are kept when that is on, read whole, forgotten, and off again', async () => {
    await captures.keepCaptures({ last: 20 }, never);
    await house.ask('best');
    const { settings, captures: kept } = await captures.captures({}, never);
    expect(settings).toMatchObject({ last: 20, disk: false });
    const id = kept[0]?.id ?? '';
    const capture = await captures.capture({ id }, never);
    expect(capture?.request.body).toContain('Hello');
    expect(capture?.sent[0]).toMatchObject({ dialect: 'openai-chat', method: 'POST' });
    expect(capture?.answer.body).toContain('"looked "');
    expect(JSON.stringify(capture)).not.toContain(house.gateway.key);
    await captures.clearCaptures({}, never);
    expect(await captures.capture({ id }, never)).toBeNull();
    await captures.keepCaptures({ last: 0 }, never);
    expect((await captures.captures({}, never)).settings.last).toBe(0);
  });
});
