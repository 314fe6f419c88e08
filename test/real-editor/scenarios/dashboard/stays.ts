import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { Dashboard } from '../../dashboard.ts';
import type { Scenario } from '../../stage.ts';
import { until } from '../../until.ts';
import type { EditorWindow } from '../../window.ts';
import { lived } from './life.ts';

export const dashboardStays: Scenario = {
  name: 'dashboard-stays',
  title: 'the dashboard keeps place and filters hidden, through a reload of the window, and beside a second one',
  run: async (stage) => {
    const { house, live } = await lived(stage);
    const window = await house.open();
    await house.gateway();
    await live();
    await window.command('OmniRoute: Open Dashboard');
    let page = await Dashboard.in(window);
    await page.go('Requests');
    await searched(page).fill('best');
    await page.frame.getByRole('button', { name: 'Remove the filter Text: best' }).waitFor();
    await page.frame.locator('.table-row', { hasText: 'best' }).first().click();
    await stands(page);

    await hidden(window);
    await window.page
      .getByRole('tab', { name: /^OmniRoute/ })
      .filter({ visible: true })
      .last()
      .click();
    await stands(page);

    await window.reloadWindow();
    page = await Dashboard.in(window);
    await stands(page);

    const other = await house.open(join(house.rooms.base, 'other'));
    await other.command('OmniRoute: Open Dashboard');
    const second = await Dashboard.in(other);
    await second.at('Overview');
    await second.go('Providers');
    await second.frame.locator('.account-name', { hasText: 'work' }).waitFor();
    await stands(page);
    deepEqual([...window.webviewComplaints, ...other.webviewComplaints], [], 'neither complains');
  },
};

const searched = (page: Dashboard): Locator => page.frame.getByRole('search').locator('input').first();

/** As it was left: the page, its filter, what is open. */
async function stands(page: Dashboard): Promise<void> {
  await page.at('Requests');
  await page.frame.locator('.request-detail .waterfall-step').first().waitFor();
  equal(await searched(page).inputValue(), 'best');
  await page.frame.locator('.requests-count', { hasText: /^8 requests$/ }).waitFor();
}

/** Another editor lies over it. */
async function hidden(window: EditorWindow): Promise<void> {
  await window.page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'README.md' }).dblclick();
  await window.page.getByRole('tab', { name: /^README\.md/ }).waitFor();
  await until('the dashboard is hidden', async () => !(await window.page.locator('iframe.webview.ready').first().isVisible()));
}
