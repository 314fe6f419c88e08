import { ok } from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { refuses, says } from '../answers.ts';
import { account } from '../config.ts';
import { REPORT } from '../folders.ts';
import type { EditorHouse } from '../house.ts';
import type { Scenario, Stage } from '../stage.ts';
import type { EditorWindow } from '../window.ts';

/** Settings' name of a theme, and the workbench's class while it is on. */
export const THEMES = [
  { name: 'light', theme: 'Light Modern', shown: '.vs:not(.hc-black):not(.hc-light)' },
  { name: 'dark', theme: 'Dark Modern', shown: '.vs-dark' },
  { name: 'high-contrast', theme: 'Default High Contrast', shown: '.hc-black' },
  { name: 'high-contrast-light', theme: 'Default High Contrast Light', shown: '.hc-light' },
];

const SCREENS = join(REPORT, 'screens');

export const looks: Scenario = {
  name: 'looks',
  title: 'light, dark and high contrast: screenshots of trees, walkthrough, quick pick and tooltip to be looked at',
  run: async (stage) => {
    const house = await lived(stage);
    const window = await house.open();
    await house.gateway();
    await used(house);
    mkdirSync(SCREENS, { recursive: true });
    for (const { name, theme, shown } of THEMES) {
      // The editor in a browser does not watch the file.
      house.setting('workbench.colorTheme', theme);
      await window.reload();
      await window.page.locator(`.monaco-workbench${shown}`).waitFor();
      await arranged(window);
      await shots(window, name);
    }
    stage.note(`screenshots: ${SCREENS}`);
  },
};

export const firstRun: Scenario = {
  name: 'first-run',
  title: 'first run: empty views say what to do, the walkthrough opens, the demo answers',
  run: async ({ editor }) => {
    const house = await editor();
    const window = await house.open();
    await house.gateway();
    await window.statusItems.filter({ hasText: 'add a provider' }).waitFor();
    await window.openViews();
    await window
      .view('Providers')
      .getByRole('button', { name: /Add Provider/ })
      .first()
      .waitFor();
    await window.command('OmniRoute: Get Started');
    const steps = window.page.locator('.gettingStartedContainer .getting-started-step');
    await steps.first().waitFor();
    ok((await steps.count()) >= 3, 'the walkthrough has its steps');
    await window.command('OmniRoute: Try It: Send a Request');
    await window.expandView('Requests');
    await window.row('Requests', 'demo').first().waitFor();
  },
};

/** An editor with accounts, a combo and somewhat of everything the views can show. */
async function lived({ editor, provider }: Stage): Promise<EditorHouse> {
  const [good, bad] = [await provider(), await provider()];
  good.always(says('An answer to be looked at.'));
  bad.always(refuses(401, 'Incorrect API key provided.'));
  return editor({
    prepared: {
      accounts: [account('work', good.url), account('home', good.url), account('old', bad.url, { name: 'old key' })],
      combos: [{ name: 'best', targets: ['old/scripted-model', 'work/scripted-model', 'home/scripted-model'] }],
    },
  });
}

async function used(house: EditorHouse): Promise<void> {
  for (const model of ['best', 'work/scripted-model', 'demo/echo']) {
    const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });
    const response = await house.ask('/v1/chat/completions', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    ok(response.ok, `${model}: ${response.status}`);
    await response.arrayBuffer();
  }
}

/** All views unfolded beside the walkthrough. */
async function arranged(window: EditorWindow): Promise<void> {
  await window.openViews();
  for (const view of ['Providers', 'Combos', 'Quota', 'Requests']) await window.expandView(view);
  await window.row('Combos', 'best').first().waitFor();
  await window.command('OmniRoute: Get Started');
  await window.page.locator('.gettingStartedContainer .getting-started-step').first().waitFor();
}

async function shots(window: EditorWindow, theme: string): Promise<void> {
  const { page, quick } = window;
  const shot = (what: string): Promise<unknown> => page.screenshot({ path: join(SCREENS, `${theme}-${what}.png`) });
  await shot('views-and-walkthrough');
  await window.command('OmniRoute: Add Provider…');
  await quick.rows.first().waitFor();
  await shot('add-provider');
  await page.keyboard.press('Escape');
  await window.statusItems.first().hover();
  await page.locator('.workbench-hover-container').first().waitFor();
  await shot('tooltip');
  await page.mouse.move(600, 300);
}
