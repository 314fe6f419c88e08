import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { refuses, says } from '../answers.ts';
import { account, PROVIDER_KEY, TEST_KEY } from '../config.ts';
import { Dashboard, refusals } from '../dashboard.ts';
import { REPORT } from '../folders.ts';
import type { EditorHouse } from '../house.ts';
import type { Scenario, Stage } from '../stage.ts';
import { THEMES } from './looks.ts';

const TITLES = ['Overview', 'Providers', 'Combos', 'Usage & Cost', 'Requests', 'Quota', 'Health', 'Tools', 'Logs', 'Settings'];
const SCREENS = join(REPORT, 'screens');

export const dashboard: Scenario = {
  name: 'dashboard',
  title:
    'the dashboard: every page over real requests, links from trees, state through hiding, reload and a second window, no secret in it',
  run: async (stage) => {
    const house = await used(stage);
    const window = await house.open();
    await house.gateway();
    await asked(house);
    const began = performance.now();
    await window.command('OmniRoute: Open Dashboard');
    let page = await Dashboard.in(window);
    const paint = await page.paintMs();
    stage.note(
      `first picture ${Math.round(paint)} ms after the start of its document; ${Math.round(performance.now() - began)} ms after the palette opened`,
    );
    for (const title of TITLES) {
      await page.go(title);
      const html = await page.frame.content();
      for (const secret of [TEST_KEY, PROVIDER_KEY]) ok(!html.includes(secret), `${title} holds no secret`);
    }
    deepEqual(refusals(window), [], 'the content policy had nothing to refuse');

    await page.go('Requests');
    await page.frame.getByRole('row').filter({ hasText: 'best' }).first().click();
    await page.frame.getByText('refused', { exact: false }).first().waitFor();
    await window.reload();
    page = await Dashboard.in(window);
    await page.at('Requests');

    await window.openViews();
    await window.expandView('Combos');
    await window.contextMenu(window.row('Combos', 'best').first(), 'Show in Dashboard');
    await page.at('Combos');

    const other = await house.open(join(house.rooms.base, 'other'));
    await other.command('OmniRoute: Open Dashboard');
    const second = await Dashboard.in(other);
    await second.go('Providers');
    await second.frame.getByText('work').first().waitFor();
  },
};

export const dashboardLooks: Scenario = {
  name: 'dashboard-looks',
  title: 'the dashboard in light, dark and high contrast: a screenshot of every page to be looked at, nothing serious for axe-core',
  run: async (stage) => {
    const house = await used(stage);
    const window = await house.open();
    await house.gateway();
    await asked(house);
    await window.command('OmniRoute: Open Dashboard');
    mkdirSync(SCREENS, { recursive: true });
    for (const { name, theme, shown } of THEMES.slice(0, 3)) {
      house.setting('workbench.colorTheme', theme);
      await window.reload();
      await window.page.locator(`.monaco-workbench${shown}`).waitFor();
      const page = await Dashboard.in(window);
      for (const title of TITLES) {
        await page.go(title);
        await window.page.screenshot({ path: join(SCREENS, `${name}-dashboard-${title.toLowerCase().replace(/\W+/g, '-')}.png`) });
        equal((await page.findings()).join('\n'), '', `${title} in ${name}`);
      }
    }
    stage.note(`screenshots: ${SCREENS}`);
  },
};

async function used({ editor, provider }: Stage): Promise<EditorHouse> {
  const [good, bad] = [await provider(), await provider()];
  good.always(says('An answer to be looked at.'));
  bad.always(refuses(401, 'Incorrect API key provided.'));
  return editor({
    prepared: {
      accounts: [account('work', good.url), account('home', good.url), account('old', bad.url, { name: 'old key' })],
      combos: [{ name: 'best', targets: ['old/scripted-model', 'work/scripted-model', 'home/scripted-model'] }],
      settings: { ledger: { capture: { last: 20 } } },
    },
  });
}

async function asked(house: EditorHouse): Promise<void> {
  for (let at = 0; at < 12; at += 1) {
    const model = ['best', 'work/scripted-model', 'demo/echo'][at % 3];
    const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });
    const response = await house.ask('/v1/chat/completions', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    ok(response.ok, `${model}: ${response.status}`);
    await response.arrayBuffer();
  }
}
