import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean, type Theatre, theatre } from './browser.ts';

const NEVER_MS = 10_000;
let used: Theatre;

beforeAll(async () => {
  used = await theatre({ records: 3000 });
});
afterAll(async () => {
  await used?.close();
});

async function opened(view: Parameters<Theatre['open']>[0] = {}): Promise<Page> {
  const tab = await used.open({ page: 'requests', ...view });
  await tab.locator('.table-row').first().waitFor();
  return tab;
}

const countOf = async (tab: Page): Promise<number> => Number((await tab.locator('.requests-count').textContent())?.replace(/\D/g, ''));
const firstRow = async (tab: Page): Promise<string | null> => await tab.locator('.table-row').first().textContent();

async function scrolledTo(tab: Page, share: number): Promise<void> {
  await tab.locator('.table').evaluate((table, to) => {
    table.scrollTop = table.scrollHeight * to;
  }, share);
}

describe('the requests', () => {
  it('are all there, and those that come are on top only while the top is in sight', async () => {
    const tab = await opened();
    const before = await countOf(tab);
    expect(before).toBeGreaterThan(3000);
    await used.house.ask('demo/echo');
    await expect.poll(() => countOf(tab), { timeout: NEVER_MS }).toBe(before + 1);
    await scrolledTo(tab, 0.5);
    await expect.poll(() => tab.locator('.cell-waiting').count(), { timeout: NEVER_MS }).toBe(0);
    const read = await firstRow(tab);
    await used.house.ask('demo/echo');
    const news = tab.getByRole('button', { name: '1 new request' });
    await news.waitFor();
    expect(await firstRow(tab)).toBe(read);
    await news.click();
    await expect.poll(() => tab.locator('.table').evaluate(({ scrollTop }) => scrollTop), { timeout: NEVER_MS }).toBe(0);
    expect(await countOf(tab)).toBe(before + 2);
  });

  it('are narrowed by text and outcome, which are kept, shown and taken away', async () => {
    const tab = await opened();
    const all = await countOf(tab);
    const search = tab.getByRole('search').locator('input').first();
    await search.fill('gpt-5');
    await expect.poll(() => countOf(tab), { timeout: NEVER_MS }).toBeLessThan(all);
    await tab.getByRole('button', { name: 'Remove the filter Text: gpt-5' }).waitFor();
    await expect.poll(() => tab.locator('.table-row', { hasNotText: 'gpt-5' }).count()).toBe(0);
    await search.press('Escape');
    await expect.poll(() => countOf(tab), { timeout: NEVER_MS }).toBe(all);
    await search.fill('nobody asked for this');
    await tab.getByText('No request fits these filters').waitFor();
    await tab.getByRole('button', { name: 'Clear Filters' }).click();
    await expect.poll(() => countOf(tab), { timeout: NEVER_MS }).toBe(all);
  });

  it('open by Enter beside the list, and close by Escape', async () => {
    const tab = await opened();
    await tab.locator('.table').focus();
    await tab.keyboard.press('ArrowDown');
    await tab.keyboard.press('Enter');
    await tab.locator('.request-detail .waterfall-step').first().waitFor();
    expect(used.server.place()?.item).toMatch(/^req_/);
    await tab.keyboard.press('Escape');
    await expect.poll(() => tab.locator('.request-detail').count()).toBe(0);
    expect(await tab.evaluate(() => document.activeElement?.classList.contains('table'))).toBe(true);
  });

  it('are shown whole with what went over the wire where that is kept; where it is not, it can be switched on', async () => {
    const [record] = await used.house.admin.requests({ limit: '1' });
    await used.house.admin.clearCaptures();
    await used.house.admin.editSettings({ ledger: { capture: { last: 0 } } });
    const tab = await opened({ item: record?.id ?? '' });
    await tab.getByRole('button', { name: 'Keep the Last 20 Requests' }).click();
    await tab.getByText('What was sent is not kept, or no longer').waitFor();
    const rows = (): Promise<number> => tab.locator('.table').first().getAttribute('aria-rowcount').then(Number);
    const before = await rows();
    await used.house.ask('best');
    // Older requests for the same are in the list already.
    await expect.poll(rows).toBeGreaterThan(before);
    await tab.locator('.table-row', { hasText: 'best' }).first().click();
    await tab.getByText('To work/scripted-model (work)').click();
    await tab.locator('.wire-pane[open] .wire-text').getByText('"Hello"').waitFor();
    await tab.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect.poll(() => used.house.copied.at(-1)).toContain('"content": "Hello"');
  });

  it('a request nobody knows is said to be so; a narrow page shows the request in the list’s place', async () => {
    const tab = await used.open({ page: 'requests', item: 'req_never', width: 380 });
    await tab.getByText('This request is not known').waitFor();
    expect(await tab.locator('.table').isVisible()).toBe(false);
    await tab.getByRole('button', { name: 'Close' }).click();
    await tab.locator('.table-row').first().waitFor();
    await expect.poll(() => tab.evaluate(() => document.activeElement?.classList.contains('table'))).toBe(true);
    expect(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('complain of nothing', () => {
    expectClean(used);
  });
});
