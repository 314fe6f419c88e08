import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AdminApi } from '../../../src/editor/admin/api.ts';
import type { Place } from '../../../src/editor/dashboard/contract/place.ts';
import { type DashboardHouse, dashboardHouse } from '../house.ts';
import { PageEnd } from './page-end.ts';

describe('the editor’s end of an open dashboard', () => {
  let house: DashboardHouse;
  let page: PageEnd;

  beforeAll(async () => {
    house = await dashboardHouse();
  });
  afterAll(() => house.close());
  beforeEach(() => {
    house.warnings.length = 0;
    page = new PageEnd(house.deps);
    page.session.receive({ type: 'hello' });
  });
  afterEach(() => page.session.dispose());

  it('answers what it is asked, and says why not', async () => {
    expect(await page.ask('usage', { by: 'account' })).toMatchObject({ type: 'answer', ok: true, value: expect.any(Array) });
    expect(await page.ask('usage', { by: 'nonsense' })).toMatchObject({
      type: 'refusal',
      error: { status: 400, message: expect.any(String) },
    });
    expect(await page.ask('constructor', {})).toMatchObject({ type: 'refusal', error: { code: 'unknown' } });
  });

  it('names the field of a question that is not as it must be, and asks nobody', async () => {
    const { error } = (await page.ask('run', { command: 'workbench.action.quit' })) as { error: unknown };
    expect(error).toMatchObject({ code: 'invalid_params', param: 'command', message: expect.stringContaining('"run": command') });
    expect(await page.ask('run', { command: 'omniroute.copyKey' })).toMatchObject({ error: { code: 'invalid_params', param: 'command' } });
    const nested = await page.ask('run', { command: 'omniroute.account.test', ref: { kind: 'account', account: 7 } });
    expect(nested).toMatchObject({ type: 'refusal', error: { code: 'invalid_params', param: 'ref.account' } });
    expect(await page.ask('saveFile', { name: 'n'.repeat(201), text: '' })).toMatchObject({ error: { param: 'name' } });
    expect(house.ran).toEqual([]);
    expect(house.files).toEqual([]);
  });

  it('tells an answer that is not in its shape as an error, in words', async () => {
    const odd = { ...house.deps, surroundings: { ...house.deps.surroundings, saveFile: async () => 'yes' as never } };
    const other = new PageEnd(odd);
    expect(await other.ask('saveFile', { name: 'a.csv', text: '' })).toMatchObject({
      type: 'refusal',
      error: { code: 'invalid_result', message: expect.stringContaining('"saveFile"') },
    });
    other.session.dispose();
  });

  it('leaves what is no message of a page, notes it, and does not fill the log with it', () => {
    const before = page.posted.length;
    for (const odd of [
      undefined,
      7,
      'call',
      {},
      { type: 'eval' },
      { type: 'call', id: -1, name: 'usage' },
      { type: 'watch', slices: ['keys'] },
    ])
      page.session.receive(odd);
    page.session.receive({ type: 'call', id: 1, name: 'n'.repeat(101), params: {} });
    expect(page.posted.length).toBe(before);
    expect(house.warnings).toHaveLength(8);
    for (let at = 0; at < 500; at += 1) page.session.receive({ type: 'failed', message: 'again' });
    expect(house.warnings.length).toBeLessThan(60);
  });

  it('stops what is cancelled, says nothing more of it, and forgets it', async () => {
    house.providers.good.lists({ label: 'never answers', steps: [{ do: 'hang' }] });
    const { id } = page.begin('testAccount', { account: 'account-work' });
    page.session.receive({ type: 'cancel', id });
    await page.ask('usage', {});
    expect(page.posted.filter((message) => 'id' in message && message.id === id)).toEqual([]);
  });

  it('bounds how much is asked at once; what fits is answered', async () => {
    const slow = { ...house.deps, surroundings: { ...house.deps.surroundings, copy: () => new Promise<void>(() => {}) } };
    const wild = new PageEnd(slow);
    for (let at = 0; at < 200; at += 1) wild.begin('copy', { text: 'x' });
    expect(await wild.ask('usage', {})).toMatchObject({ type: 'refusal', error: { code: 'too_many' } });
    wild.session.receive({ type: 'hello' });
    expect(await wild.ask('usage', {})).toMatchObject({ type: 'answer' });
    wild.session.dispose();
  });

  it('begins anew with each greeting: what ran before is over, also for who has its number next', async () => {
    let release = (): void => {};
    const held = new Promise<[]>((resolve) => {
      release = () => resolve([]);
    });
    const signals: AbortSignal[] = [];
    const usage = (_query: unknown, signal: AbortSignal): Promise<[]> => (signals.push(signal) === 1 ? held : new Promise<[]>(() => {}));
    const again = new PageEnd({ ...house.deps, admin: Object.create(house.admin, { usage: { value: usage } }) as AdminApi });
    again.session.receive({ type: 'call', id: 7, name: 'usage', params: {} });
    again.session.receive({ type: 'hello' });
    again.session.receive({ type: 'call', id: 7, name: 'usage', params: {} });
    release();
    await again.ask('copy', { text: 'x' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    again.session.receive({ type: 'cancel', id: 7 });
    expect(signals[1]?.aborted).toBe(true);
    expect(again.posted).toMatchObject([{ type: 'answer', id: 0 }]);
    again.session.dispose();
  });

  it('tells what is watched, once, and only what changed since', async () => {
    const first = page.next('slices');
    page.session.receive({ type: 'watch', slices: ['accounts', 'requests'] });
    expect(Object.keys((await first).slices).sort()).toEqual(['accounts', 'allRequests', 'requests']);
    const more = page.next('slices', ({ slices }) => (slices.requests?.length ?? 0) > 0);
    await house.ask('best');
    const { slices } = await more;
    expect(slices.accounts).toBeUndefined();
    expect(slices.allRequests).toBeUndefined();
    expect(slices.requests?.length).toBeLessThan(5);
  });

  it('tells nothing while nobody sees it, and all of it at once afterwards', async () => {
    page.session.receive({ type: 'watch', slices: ['requests'] });
    page.session.visible = false;
    const before = page.posted.length;
    const heard = new Promise<void>((resolve) => {
      const { dispose } = house.live.onDidChange((slices) => {
        if (!slices.has('requests')) return;
        dispose();
        resolve();
      });
    });
    await house.ask('cheap');
    await heard;
    expect(page.posted.length).toBe(before);
    page.session.visible = true;
    expect(page.posted.slice(before)).toMatchObject([{ type: 'slices', slices: { requests: [expect.anything()] } }]);
  });

  it('tells a page that starts again everything anew', () => {
    page.session.receive({ type: 'watch', slices: ['combos'] });
    page.session.receive({ type: 'hello' });
    page.session.receive({ type: 'watch', slices: ['combos'] });
    expect(page.posted.filter(({ type }) => type === 'slices')).toHaveLength(2);
  });

  it('sends a page on where it is to go, as soon as it is on', () => {
    const place: Place = { page: 'quota', item: 'account-work' };
    const late = new PageEnd(house.deps);
    late.session.go({ page: 'health' });
    late.session.go(place);
    expect(late.posted).toEqual([]);
    late.session.receive({ type: 'hello' });
    expect(late.posted).toEqual([{ type: 'go', place }]);
    late.session.dispose();
  });

  it('hears where the page is, and what it has no room for', () => {
    page.session.receive({ type: 'at', place: { page: 'logs' } });
    page.session.receive({ type: 'open', place: { page: 'usage', item: 'budgets' } });
    page.session.receive({ type: 'open', place: { page: 'nowhere' } });
    expect(page.at).toEqual([{ page: 'logs' }]);
    expect(page.opened).toEqual([{ page: 'usage', item: 'budgets' }]);
  });

  it('lets a topic tell until it is left, and refuses one it does not know', async () => {
    const id = page.listen('config', {});
    // The stream of events opens in its own time; a change after that is told.
    const told = page.next('told', (message) => message.id === id);
    let heard = false;
    void told.then(() => {
      heard = true;
    });
    while (!heard) await house.admin.saveCombo('heard', { targets: ['demo/echo'] });
    expect((await told).items[0]).toMatchObject({ at: expect.any(Number) });
    page.session.receive({ type: 'unlisten', id });
    const unknown = page.next('over');
    page.listen('nothing', {});
    expect(await unknown).toMatchObject({ error: { code: 'unknown' } });
    const wrong = page.next('over');
    page.listen('config', 'all of it');
    expect(await wrong).toMatchObject({ error: { code: 'invalid_params' } });
  });

  it('says nothing when it is closed, whatever still comes in', async () => {
    page.session.receive({ type: 'watch', slices: ['requests'] });
    page.listen('config', {});
    page.session.dispose();
    const before = page.posted.length;
    page.session.receive({ type: 'call', id: 900, name: 'usage', params: {} });
    await house.ask('best');
    await house.admin.usage({});
    expect(page.posted.length).toBe(before);
  });
});
