import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean, type Theatre, theatre } from './browser.ts';

describe('the page of the logs', () => {
  let stage: Theatre;
  beforeAll(async () => {
    stage = await theatre();
  });
  afterAll(() => stage.close());

  const texts = (tab: Page): Promise<string[]> => tab.locator('.log-lines .table-row').allInnerTexts();
  const lastOf = async (tab: Page): Promise<string> => (await texts(tab)).at(-1) ?? '';
  const atEnd = (tab: Page): Promise<boolean> =>
    tab.locator('.log-lines .table').evaluate((table) => table.scrollTop + table.clientHeight >= table.scrollHeight - 2);

  it('begins at the newest line, and what is written comes in below it', async () => {
    const tab = await stage.open({ page: 'logs', item: 'request', height: 420 });
    await expect.poll(() => atEnd(tab)).toBe(true);
    await stage.house.ask('groq/scripted-model');
    await expect.poll(() => lastOf(tab)).toContain('groq/scripted-model');
    await expect.poll(() => atEnd(tab)).toBe(true);
    await tab.locator('.log-lines .table').evaluate((table) => {
      table.scrollTop = 0;
    });
    await tab.getByRole('button', { name: 'To the Newest' }).click();
    await expect.poll(() => atEnd(tab)).toBe(true);
    expectClean(stage);
  });

  it('counts what comes while it is paused, and lets it in after', async () => {
    const tab = await stage.open({ page: 'logs', item: 'request' });
    await expect.poll(async () => (await texts(tab)).length).toBeGreaterThan(5);
    const before = await lastOf(tab);
    await tab.getByText('Pause', { exact: true }).click();
    await stage.house.ask('mistral/scripted-model');
    await stage.house.ask('mistral/scripted-model');
    await expect.poll(() => tab.locator('.log-waiting').innerText()).toBe('2 new');
    expect(await lastOf(tab)).toBe(before);
    await tab.getByText('Resume', { exact: true }).click();
    await expect.poll(() => lastOf(tab)).toContain('mistral/scripted-model');
  });

  it('finds lines by text, marks it, and says when there is none', async () => {
    const tab = await stage.open({ page: 'logs', item: 'proxy' });
    await tab.getByRole('searchbox').or(tab.locator('.log-search input')).first().fill('AUTH 401');
    await expect.poll(async () => (await texts(tab)).every((text) => text.includes('auth 401'))).toBe(true);
    await tab.locator('.log-search input').fill('groq');
    await expect.poll(() => tab.locator('.log-lines mark').first().innerText()).toBe('groq');
    await tab.locator('.log-search input').fill('no such words');
    await tab.getByText('Show All Lines').click();
    await expect.poll(async () => (await texts(tab)).length).toBeGreaterThan(5);
  });

  it('opens a line with the keyboard, copies it, and goes to its request', async () => {
    const tab = await stage.open({ page: 'logs', item: 'request' });
    await expect.poll(async () => (await texts(tab)).length).toBeGreaterThan(5);
    await tab.locator('.log-lines .table').focus();
    await tab.keyboard.press('End');
    await tab.keyboard.press('Enter');
    await tab.getByText('Copy Line').click();
    await expect.poll(() => stage.house.copied.at(-1)).toMatch(/^\S+Z info req_/);
    await tab.keyboard.press('Escape');
    await expect.poll(() => tab.locator('.log-detail').count()).toBe(0);
    await tab.keyboard.press('Enter');
    await tab.getByText('Show Request').click();
    await expect.poll(() => stage.server.place()).toMatchObject({ page: 'requests', item: expect.stringMatching(/^req_/) });
  });

  it('shows who changed what, as it is changed, and keeps the kind that was chosen', async () => {
    const tab = await stage.open({ page: 'logs' });
    await tab.getByRole('tab', { name: 'Audit' }).click();
    await stage.house.admin.saveCombo('new-one', { targets: ['groq/scripted-model'] });
    await expect.poll(() => lastOf(tab)).toMatch(/Combo saved\s+new-one\s+default/);
    await expect.poll(() => stage.server.place()).toEqual({ page: 'logs', item: 'audit' });
    await tab.getByRole('tab', { name: 'Audit' }).press('ArrowLeft');
    await expect.poll(() => tab.getByRole('tab', { name: 'Outgoing' }).getAttribute('aria-selected')).toBe('true');
    expectClean(stage);
  });
});
