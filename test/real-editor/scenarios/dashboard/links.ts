import { deepEqual } from 'node:assert/strict';
import { Dashboard } from '../../dashboard.ts';
import type { Scenario } from '../../stage.ts';
import { until } from '../../until.ts';
import { lived } from './life.ts';

export const dashboardLinks: Scenario = {
  name: 'dashboard-links',
  title:
    'links into the dashboard: a tree, its title, the status bar, the overview among the views; the way through a list by keyboard alone',
  run: async (stage) => {
    const { house, live } = await lived(stage);
    const window = await house.open();
    await house.gateway();
    await live();
    await window.openViews();
    await window.expandView('Combos');
    await window.contextMenu(window.row('Combos', 'cheap').first(), 'Show in Dashboard');
    const page = await Dashboard.in(window);
    await page.at('Combos');
    await page.frame.locator('.combo-editor h2', { hasText: 'cheap' }).waitFor();

    await window.titleAction('Providers', 'Show Providers in Dashboard');
    await page.at('Providers');
    await window.contextMenu(window.row('Providers', /^work/).first(), 'Show in Dashboard');
    await page.at('work');

    await window.expandView('Requests');
    await window.row('Requests', 'gpt-5').first().click();
    await page.at('Requests');
    await page.frame.locator('.request-detail .waterfall-step').first().waitFor();

    await window.closeEditor();
    await window.statusItems.first().click();
    await window.quick.pick('Open Dashboard', 'Open Dashboard');
    const again = await Dashboard.in(window);
    await again.at('Overview');

    for (const view of ['Providers', 'Combos', 'Quota', 'Requests', 'Tools']) await window.foldView(view);
    await window.expandView('Overview');
    const aside = await Dashboard.aside(window);
    await aside.at('Overview');
    await aside.frame.locator('.now-line').first().click();
    await again.at('Requests');
    await again.frame.locator('.request-detail').waitFor();
    await again.frame.locator('.request-detail').getByRole('button', { name: 'Close' }).click();

    await again.go('Overview');
    await byKeyboard(again, window.page.keyboard);
    deepEqual(window.webviewComplaints, [], 'nothing complains');
  },
};

const MOST_TABS = 40;

/** From the page's start to the list, into a request and out again. */
async function byKeyboard(page: Dashboard, keyboard: { press(key: string): Promise<void> }): Promise<void> {
  await page.frame.locator('nav.nav [aria-current]').focus();
  for (const _ of ['Providers', 'Combos', 'Usage & Cost', 'Requests']) await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.at('Requests');
  await page.frame.locator('.table-row').first().waitFor();
  for (let tabs = 0; tabs < MOST_TABS && !(await page.focusIsOn('.table')); tabs += 1) await keyboard.press('Tab');
  await until('the list has the focus', () => page.focusIsOn('.table'));
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.frame.locator('.request-detail .waterfall-step').first().waitFor();
  await keyboard.press('Escape');
  await page.frame.locator('.request-detail').waitFor({ state: 'detached' });
  await until('the list has the focus again', () => page.focusIsOn('.table'));
}
