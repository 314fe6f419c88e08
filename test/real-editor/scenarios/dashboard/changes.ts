import { deepEqual } from 'node:assert/strict';
import { Dashboard } from '../../dashboard.ts';
import type { EditorHouse } from '../../house.ts';
import type { Scenario } from '../../stage.ts';
import { until } from '../../until.ts';
import type { EditorWindow } from '../../window.ts';
import { lived } from './life.ts';

export const dashboardChanges: Scenario = {
  name: 'dashboard-changes',
  title: 'what is changed in the dashboard is in config.json and in the trees: the order of accounts, a combo, a setting',
  run: async (stage) => {
    const { house } = await lived(stage);
    const window = await house.open();
    await house.gateway();
    await window.openViews();
    await window.expandView('Combos');
    for (const view of ['Quota', 'Requests', 'Tools']) await window.foldView(view);
    await window.command('OmniRoute: Open Dashboard');
    const page = await Dashboard.in(window);

    await page.go('Providers');
    await inOrder(house, window, ['work', 'old key', 'spare']);
    await page.frame.getByRole('button', { name: 'Move work' }).press('Alt+ArrowDown');
    await inOrder(house, window, ['old key', 'work', 'spare']);
    const rows = page.frame.getByRole('list', { name: 'Paid by Use' });
    await rows
      .getByRole('button', { name: 'Move spare' })
      .dragTo(rows.getByRole('button', { name: 'Move old key' }), { targetPosition: { x: 5, y: 1 } });
    await inOrder(house, window, ['spare', 'old key', 'work']);

    await page.go('Combos');
    await page.frame
      .locator('.combo-list')
      .getByRole('button', { name: /^resting/ })
      .click();
    await page.frame.locator('vscode-checkbox', { hasText: 'Enabled' }).click();
    await page.frame.getByRole('button', { name: 'Save', exact: true }).click();
    await until('the combo is on', () => configOf(house).combos.find(({ name }) => name === 'resting')?.enabled !== false);
    await until('its tree says so', async () => !/disabled/i.test((await window.row('Combos', 'resting').first().textContent()) ?? ''));

    await page.go('Settings');
    const limit = page.frame.getByRole('spinbutton', { name: /^Tries at the same account/ }).first();
    await limit.fill('3');
    await limit.press('Enter');
    await until('the setting is kept', () => configOf(house).settings.routing?.retries === 3);
    deepEqual(window.webviewComplaints, [], 'nothing complains');
  },
};

interface Config {
  accounts: { name: string; provider: string; priority?: number }[];
  combos: { name: string; enabled?: boolean }[];
  settings: { routing?: { retries?: number } };
}

function configOf(house: EditorHouse): Config {
  return JSON.parse(house.data('config.json')) as Config;
}

/** The accounts paid by use, in config.json and in the tree. */
async function inOrder(house: EditorHouse, window: EditorWindow, names: string[]): Promise<void> {
  await until(`config.json has ${names.join(', ')}`, () => {
    const found = configOf(house).accounts.filter(({ name }) => names.includes(name));
    return same(
      found.sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0)).map(({ name }) => name),
      names,
    );
  });
  await until(`the tree has ${names.join(', ')}`, async () => {
    const labels = await window.view('Providers').locator('.monaco-list-row .label-name').allTextContents();
    return same(
      labels.filter((label) => names.includes(label)),
      names,
    );
  });
}

function same(one: string[], other: string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
