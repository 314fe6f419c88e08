import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComboConfig } from '../../../src/editor/admin/api.ts';
import { expectClean, type Theatre, theatre } from './browser.ts';

const NEVER_MS = 10_000;
let used: Theatre;

beforeAll(async () => {
  used = await theatre();
});
afterAll(async () => {
  await used?.close();
});

const targets = async (tab: Page): Promise<string[]> => await tab.locator('.combo-target strong').allTextContents();
const search = (tab: Page): Locator => tab.getByRole('search').locator('input');
const saveButton = (tab: Page): Locator => tab.getByRole('button', { name: 'Save', exact: true });
const combo = async (name: string): Promise<ComboConfig | undefined> => (await used.house.admin.combos()).find((it) => it.name === name);

async function opened(item: string): Promise<Page> {
  const tab = await used.open({ page: 'combos', item });
  await tab.locator('.combo-open h2').first().waitFor();
  return tab;
}

async function own(name: string, more: Partial<ComboConfig> = {}): Promise<void> {
  await used.house.admin.saveCombo(name, { targets: ['work/scripted-model', 'groq/scripted-model'], ...more });
  await used.house.live.refresh('combos', 'models');
}

describe('a combo', () => {
  it('is put together by typing, dragging and keys, and changes nothing before it is saved', async () => {
    await own('made');
    const tab = await opened('made');
    await search(tab).fill('mistral/');
    await search(tab).press('Enter');
    expect(await targets(tab)).toEqual(['work/scripted-model', 'groq/scripted-model', 'mistral/scripted-model']);
    const choice = tab.locator('.combo-choice', { hasText: 'deepseek/scripted-model' });
    await choice.scrollIntoViewIfNeeded();
    await choice.dragTo(tab.locator('.drag-row').first(), { targetPosition: { x: 60, y: 4 } });
    expect((await targets(tab))[0]).toBe('deepseek/scripted-model');
    await tab.getByRole('button', { name: 'Move mistral/scripted-model' }).press('Alt+ArrowUp');
    await tab.getByRole('button', { name: 'Move work/scripted-model' }).press('Delete');
    const order = ['deepseek/scripted-model', 'mistral/scripted-model', 'groq/scripted-model'];
    expect(await targets(tab)).toEqual(order);
    expect((await combo('made'))?.targets).toEqual(['work/scripted-model', 'groq/scripted-model']);
    await tab.keyboard.press('ControlOrMeta+s');
    await expect.poll(() => combo('made'), { timeout: NEVER_MS }).toMatchObject({ targets: order });
    await expect.poll(() => tab.locator('.unsaved').count()).toBe(0);
    expect(await targets(tab)).toEqual(order);
  });

  it('that is refused keeps what was typed, with the gateway’s words beside the target, also through a reload', async () => {
    await own('refused');
    const tab = await opened('refused');
    await search(tab).fill('nobody/knows');
    await search(tab).press('Enter');
    await saveButton(tab).click();
    const faulty = tab.locator('.combo-target.faulty');
    await faulty.waitFor();
    expect(await faulty.locator('strong').textContent()).toBe('nobody/knows');
    expect(await faulty.textContent()).toContain('nobody here knows "nobody/knows"');
    await expect.poll(() => tab.evaluate(() => sessionStorage.getItem('state') ?? '')).toContain('nobody/knows');
    await tab.reload();
    await tab.locator('.combo-target').first().waitFor();
    expect(await targets(tab)).toEqual(['work/scripted-model', 'groq/scripted-model', 'nobody/knows']);
    await tab.locator('vscode-button', { hasText: 'Discard' }).click();
    expect(await targets(tab)).toEqual(['work/scripted-model', 'groq/scripted-model']);
  });

  it('that is changed elsewhere meanwhile says so, and loses neither change', async () => {
    await own('shared');
    const tab = await opened('shared');
    await tab.getByRole('button', { name: 'Remove "work/scripted-model"' }).click();
    await own('shared', { strategy: 'latency' });
    await tab.getByText('This combo was changed elsewhere meanwhile: the strategy.').waitFor();
    await saveButton(tab).click();
    await expect.poll(() => combo('shared')).toMatchObject({ strategy: 'latency', targets: ['groq/scripted-model'] });
  });

  it('goes on under its new name with its draft, and is still there to save when it was removed', async () => {
    await own('first-name');
    const tab = await opened('first-name');
    await tab.getByRole('button', { name: 'Remove "work/scripted-model"' }).click();
    await used.house.admin.renameCombo('first-name', 'second-name');
    await tab.locator('.combo-head h2', { hasText: 'second-name' }).waitFor();
    expect(await targets(tab)).toEqual(['groq/scripted-model']);
    await used.house.admin.removeCombo('second-name');
    await tab.getByText('This combo was removed meanwhile.').waitFor();
    await saveButton(tab).click();
    await expect.poll(() => combo('second-name')).toMatchObject({ targets: ['groq/scripted-model'] });
  });

  it('that is new has a name of its own', async () => {
    await own('taken');
    const tab = await opened('taken');
    await tab.getByRole('button', { name: 'Duplicate "taken"' }).click();
    const name = tab.locator('.combo-editor > .field input');
    expect(await name.inputValue()).toBe('taken-2');
    await name.fill('taken');
    await tab.getByText('There is a combo named "taken" already.').waitFor();
    await tab.keyboard.press('ControlOrMeta+s');
    await name.fill('not-taken');
    await saveButton(tab).click();
    await expect.poll(() => combo('not-taken')).toMatchObject({ targets: (await combo('taken'))?.targets });
    await expect.poll(() => tab.locator('.combo-entry[aria-current]').textContent()).toContain('not-taken');
  });

  it('is tested, renamed and removed by the commands there are', async () => {
    await own('handled');
    const tab = await opened('handled');
    for (const name of ['Test "handled"', 'Rename "handled"…', 'Remove "handled"…']) await tab.getByRole('button', { name }).click();
    const ref = { kind: 'combo', combo: 'handled' };
    const ran = ['test', 'rename', 'remove'].map((word) => ({ command: `omniroute.combo.${word}`, ref }));
    await expect.poll(() => used.house.ran).toEqual(ran);
  });
});

describe('what if', () => {
  it('shows who would be asked without an account, beside who is asked now', async () => {
    await own('ladder');
    const tab = await opened('ladder');
    await tab.getByRole('group', { name: 'Taken to be down' }).getByRole('button', { name: 'work' }).click();
    await tab.getByText('groq/scripted-model (groq) would be asked first in place of work/scripted-model.').waitFor();
    const [now, then] = await tab.locator('.ladder').all();
    expect(await now?.locator('ol strong').allTextContents()).toEqual(['work/scripted-model', 'groq/scripted-model']);
    expect(await then?.locator('ol strong').allTextContents()).toEqual(['groq/scripted-model']);
    expect(await then?.locator('.skipped').textContent()).toContain('"work" is assumed to be down');
    await tab.locator('vscode-button', { hasText: 'All Up Again' }).click();
  });

  it('is asked of any name, and says why one leads nowhere', async () => {
    const tab = await opened('gpt-5');
    await tab.getByText('"gpt-5" leads to "best".').waitFor();
    await tab.locator('.combo-editor > .field input').fill('nobody');
    await tab.locator('.ladders .failure').waitFor();
  });
});

it('nothing complained', () => expectClean(used));

it('the first combo is made of the user’s best models', async () => {
  const house = await theatre();
  try {
    const { gateway, admin, live } = house.house;
    await fetch(`${gateway.url}/admin/aliases/gpt-5`, { method: 'DELETE', headers: { authorization: `Bearer ${gateway.key}` } });
    for (const { name } of await admin.combos()) await admin.removeCombo(name);
    await live.refresh('combos', 'models');
    const tab = await house.open({ page: 'combos' });
    await tab.getByText('Make One of My Best Models').click();
    await tab.locator('.combo-target').first().waitFor();
    await tab.keyboard.press('ControlOrMeta+s');
    await expect.poll(() => admin.combos()).toMatchObject([{ name: 'best', targets: expect.arrayContaining(['work/scripted-model']) }]);
  } finally {
    await house.close();
  }
});
