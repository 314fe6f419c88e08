import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../../src/editor/admin/api.ts';
import type { Facts } from '../../../webview/pages/requests/filter/filter.ts';
import { PAGE, RequestList } from '../../../webview/pages/requests/list/request-list.ts';
import type { Row } from '../../../webview/pages/requests/list/row.ts';
import { over, record, running, START } from './records.ts';

const facts: Facts = { accounts: new Map(), combos: new Set() };
const NOW = START + 100_000;

/** A list over a ledger that is an array, newest first. */
function listOver(ledger: RequestRecord[]) {
  const asked: Record<string, string>[] = [];
  let fails: Error | undefined;
  let waiting: Promise<unknown> = Promise.resolve();
  const list = new RequestList({
    now: () => NOW,
    changed: () => {},
    ask: (query) => {
      asked.push(query);
      const past = ledger.filter(({ at }) => at < Number(query.until));
      const from = Number(query.offset ?? 0);
      const answer = fails
        ? Promise.reject(fails)
        : Promise.resolve({ requests: past.slice(from, from + Number(query.limit)), count: past.length });
      waiting = answer.catch(() => {});
      return answer;
    },
  });
  return {
    list,
    asked,
    fail: (error: Error | undefined) => {
      fails = error;
    },
    /** What was asked is answered and taken. */
    settled: async () => {
      let seen = -1;
      while (seen !== asked.length) {
        seen = asked.length;
        await waiting;
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      }
    },
    ids: () => Array.from({ length: Math.min(list.count ?? 0, 30) }, (_, at) => list.rowAt(at)?.id),
  };
}

const many = (count: number): RequestRecord[] => Array.from({ length: count }, (_, at) => record(`past${at}`, -at));

async function opened(ledger: RequestRecord[], live: readonly Row[] = []) {
  const scene = listOver(ledger);
  scene.list.live(live, facts);
  scene.list.filter({});
  await scene.settled();
  return scene;
}

describe('the list of requests', () => {
  it('is as long as the ledger, and fetches the pages that are looked at', async () => {
    const { list, asked, settled } = await opened(many(100_000));
    expect(list.count).toBe(100_000);
    expect(asked).toHaveLength(1);
    list.look(50_000, 50_040);
    expect(list.rowAt(50_000)).toBeUndefined();
    await settled();
    expect(list.rowAt(50_000)?.id).toBe('past50000');
    expect(asked[1]).toMatchObject({ offset: String(50_000), limit: String(PAGE), until: asked[0]?.until });
    list.look(50_000, 50_040);
    await settled();
    expect(asked).toHaveLength(2);
  });

  it('puts what comes on top while the top is in sight, and what is read moves by nothing else', async () => {
    const { list, ids } = await opened(many(3));
    list.live([running('new', 99)], facts);
    expect(ids()).toEqual(['new', 'past0', 'past1', 'past2']);
    list.live([running('newer', 99.5), over('new', 99)], facts);
    expect(ids()).toEqual(['newer', 'new', 'past0', 'past1', 'past2']);
    expect(list.rowAt(1)).toMatchObject({ state: 'done', totalMs: 900 });
  });

  it('holds what comes while the top is out of sight, and counts it', async () => {
    const { list, ids } = await opened(many(300));
    list.look(100, 140);
    list.live([running('b', 99), running('a', 98)], facts);
    expect([list.held, list.count]).toEqual([2, 300]);
    list.live([over('b', 99), running('a', 98)], facts);
    expect(list.held).toBe(2);
    list.letIn();
    expect(ids().slice(0, 3)).toEqual(['b', 'a', 'past0']);
    expect(list.rowAt(0)).toMatchObject({ state: 'done' });
    expect(list.held).toBe(0);
  });

  it('lets in what it held when the top is seen again', async () => {
    const { list, ids } = await opened(many(300));
    list.look(100, 140);
    list.live([running('a', 98)], facts);
    list.look(0, 40);
    expect(ids()[0]).toBe('a');
  });

  it('asks for the past before all that is under way, so that no request is there twice when it ends', async () => {
    const long = running('long', 20);
    const { asked, ids, list } = await opened([record('done', 50), record('old', 10)], [over('done', 50), long, over('old', 10)]);
    expect(Number(asked[0]?.until)).toBe(long.startedAt);
    expect(ids()).toEqual(['done', 'long', 'old']);
    list.live([over('done', 50), over('long', 20), over('old', 10)], facts);
    expect(ids()).toEqual(['done', 'long', 'old']);
  });

  it('shows what passes its filter alone', async () => {
    const scene = listOver([]);
    const { list, settled, ids } = scene;
    list.filter({ client: 'opencode' });
    await settled();
    list.live([running('a', 99), running('b', 99, { client: 'opencode' })], facts);
    expect(ids()).toEqual(['b']);
  });

  it('what is under way is not asked of the ledger', async () => {
    const { list, asked, settled, ids } = listOver(many(3));
    list.filter({ outcome: 'running' });
    await settled();
    list.live([running('a', 99), over('b', 99)], facts);
    expect(asked).toHaveLength(0);
    expect(ids()).toEqual(['a']);
    list.live([over('a', 99)], facts);
    expect(ids()).toEqual([]);
  });

  it('asks the ledger anew when more came than was told', async () => {
    const told = (from: number): Row[] => Array.from({ length: 200 }, (_, at) => over(`r${from - at}`, (from - at) / 100));
    const ledger = told(2000).map(({ id }, at) => record(id, (2000 - at) / 100));
    const { list, asked, settled } = await opened(ledger, told(1000));
    list.live(told(2000), facts);
    await settled();
    expect(asked).toHaveLength(2);
    expect(list.rowAt(0)?.id).toBe('r2000');
  });

  it('what was there stays when asking fails, and the failure is told until it is over', async () => {
    const scene = await opened(many(1000));
    const { list, settled } = scene;
    scene.fail(new Error('gone'));
    list.look(500, 540);
    await settled();
    expect(list.error?.message).toBe('gone');
    expect(list.rowAt(0)?.id).toBe('past0');
    scene.fail(undefined);
    list.reload();
    await settled();
    expect(list.error).toBeUndefined();
    expect(list.rowAt(500)?.id).toBe('past500');
  });

  it('takes fifty requests a second with no work for those it has', async () => {
    const { list } = await opened(many(300));
    const first = running('r0', 90);
    list.live([first], facts);
    const row = list.rowAt(0);
    list.live([running('r1', 91), first], facts);
    expect(list.rowAt(1)).toBe(row);
  });
});
