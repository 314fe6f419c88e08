import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UsageRow } from '../../../src/editor/admin/api.ts';
import { formatCount } from '../../../src/editor/format/index.ts';
import { expectClean, type Theatre, theatre } from './browser.ts';

let used: Theatre;

beforeAll(async () => {
  used = await theatre({ records: 2500, days: 20 });
});
afterAll(async () => {
  await used?.close();
});

async function opened(item?: string): Promise<Page> {
  const tab = await used.open({ page: 'usage', ...(item ? { item } : {}) });
  await tab.locator('.table-row').first().waitFor();
  await tab.locator('.budget').first().waitFor();
  return tab;
}

const tile = (tab: Page, label: string): Promise<string | null> =>
  tab.locator('.tile', { hasText: label }).locator('.tile-value').first().textContent();
const cells = (tab: Page, row: number): Promise<string[]> => tab.locator('.table-row').nth(row).locator('.cell').allTextContents();
const chips = (tab: Page): Promise<string[]> => tab.locator('.chip span:first-child').allTextContents();
const sums = async (query: Record<string, string> = {}): Promise<UsageRow> =>
  (await used.house.admin.usage({ since: '40d', ...query }))[0] as UsageRow;

describe('usage', () => {
  it('is the gateway’s own sums; a click narrows it, a chip widens it, and a reload changes nothing', async () => {
    const tab = await opened();
    const whole = await sums();
    expect(await tile(tab, 'Requests')).toBe(formatCount(whole.requests));
    expect((await cells(tab, 0)).slice(0, 2)).toEqual(['Total', formatCount(whole.requests)]);
    await tab.locator('.table-row', { hasText: 'groq/scripted-model' }).click();
    const narrow = await sums({ model: 'groq/scripted-model' });
    await expect.poll(() => tile(tab, 'Requests')).toBe(formatCount(narrow.requests));
    expect(await chips(tab)).toEqual(['Model: groq/scripted-model']);
    await tab.waitForTimeout(300);
    await tab.reload();
    await expect.poll(() => tile(tab, 'Requests')).toBe(formatCount(narrow.requests));
    expect((await cells(tab, 1)).slice(0, 2)).toEqual(['groq', formatCount(narrow.requests)]);
    await tab.locator('.chip').click();
    await expect.poll(() => tile(tab, 'Requests')).toBe(formatCount(whole.requests));
  });

  it('is looked at by what a link names', async () => {
    const tab = await opened('client');
    expect(await tab.getByRole('columnheader').first().textContent()).toContain('Tool');
  });

  it('says that nothing was asked in a time, with the way out', async () => {
    const tab = await opened();
    await tab.locator('.field', { hasText: 'Time' }).locator('vscode-single-select').click();
    await tab.locator('vscode-single-select li', { hasText: 'Own dates' }).first().click();
    await tab.locator('.usage-date').first().fill('2024-01-01');
    await tab.locator('.usage-date').last().fill('2024-01-31');
    await tab.getByText('Nothing was asked in this time.').waitFor();
    await tab.getByRole('button', { name: 'Show the Last 30 Days' }).click();
    await tab.locator('.table-row').first().waitFor();
  });

  it('is written request by request, and not when it is cancelled', async () => {
    const tab = await opened();
    const { house } = used;
    await tab.getByRole('button', { name: 'Export…' }).click();
    const all = tab.locator('.usage-export vscode-button').last();
    const release = held(house);
    await all.click();
    await tab.locator('.usage-progress').getByRole('button', { name: 'Cancel' }).click();
    release();
    await expect.poll(() => tab.locator('.usage-progress').count()).toBe(0);
    expect(house.files).toEqual([]);
    await all.click();
    await expect.poll(() => house.files.length, { timeout: 10_000 }).toBe(1);
    const rows = JSON.parse(house.files[0]?.text ?? '[]') as { inputTokens: number | null; cost: number | null }[];
    const whole = await sums();
    expect(rows).toHaveLength(whole.requests);
    expect(rows.reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0)).toBe(whole.inputTokens);
    expect(rows.reduce((sum, { cost }) => sum + (cost ?? 0), 0)).toBeCloseTo(whole.cost ?? 0, 9);
  });
});

describe('budgets', () => {
  it('are brought into sight by a link', async () => {
    const tab = await opened('budgets');
    await expect.poll(() => tab.evaluate(() => document.activeElement?.className)).toBe('budgets');
  });

  it('are added once they make sense, with what is wrong beside its field', async () => {
    const tab = await opened();
    await tab.getByRole('button', { name: 'Add Budget' }).click();
    const save = tab.locator('.budget-form').getByRole('button', { name: 'Save' });
    await save.click();
    await tab.getByText('A budget needs an amount').waitFor();
    await field(tab, 'Requests').fill('1000');
    await field(tab, 'Warn at').fill('300');
    await save.click();
    await tab.locator('.field', { hasText: 'Warn at' }).getByText('Too big').waitFor();
    await field(tab, 'Warn at').fill('50');
    await save.click();
    await expect.poll(() => tab.locator('.budget-form').count()).toBe(0);
    expect((await used.house.admin.budgetList()).at(-1)).toEqual({ period: 'month', requests: 1000, mode: 'hard', warnAt: 50 });
    await tab.getByText('of 1,000 requests').waitFor();
  });

  it('that others change meanwhile are not written over; they are removed when asked twice', async () => {
    const tab = await opened();
    const { admin } = used.house;
    const last = tab.locator('.budget').last();
    await last.getByRole('button', { name: 'Change the budget' }).click();
    const theirs = (await admin.budgetList()).map((budget, at, list) => (at === list.length - 1 ? { ...budget, requests: 7 } : budget));
    await admin.saveBudgets(theirs);
    await field(tab, 'Requests').fill('2000');
    await tab.locator('.budget-form').getByRole('button', { name: 'Save' }).click();
    await tab.getByText('changed elsewhere').waitFor();
    expect(await admin.budgetList()).toEqual(theirs);
    await tab.keyboard.press('Escape');
    await tab.getByText('of 7 requests').waitFor();
    await last.getByRole('button', { name: 'Remove the budget' }).click();
    await last.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(async () => (await admin.budgetList()).length).toBe(theirs.length - 1);
  });

  it('complain of nothing', () => {
    expectClean(used);
  });
});

const field = (tab: Page, label: string): ReturnType<Page['locator']> =>
  tab.locator('.budget-form .field', { hasText: label }).locator('input');

/** The second page of requests waits until it is let go. */
function held({ admin }: Theatre['house']): () => void {
  const requests = admin.requests.bind(admin);
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  admin.requests = async (query, signal) => {
    if (query.before !== undefined) await gate;
    return await requests(query, signal);
  };
  return () => {
    admin.requests = requests;
    release();
  };
}
