import { deepEqual, equal } from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Dashboard, TITLES } from '../../dashboard.ts';
import { REPORT } from '../../folders.ts';
import type { Scenario } from '../../stage.ts';
import { THEMES } from '../looks.ts';
import { lived } from './life.ts';

const SCREENS = join(REPORT, 'screens');

export const dashboardLooks: Scenario = {
  name: 'dashboard-looks',
  title: 'the dashboard in light, dark and high contrast: a screenshot of every page to be looked at, nothing serious for axe-core',
  run: async (stage) => {
    const { house, live } = await lived(stage);
    const window = await house.open();
    await house.gateway();
    await window.command('OmniRoute: Open Dashboard');
    await (await Dashboard.in(window)).at('Overview');
    // The side bar away, for room.
    await window.page.keyboard.press('ControlOrMeta+b');
    await window.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
    mkdirSync(SCREENS, { recursive: true });
    const found: string[] = [];
    for (const { name, theme, shown } of THEMES.slice(0, 3)) {
      house.setting('workbench.colorTheme', theme);
      await window.reloadWindow();
      await window.page.locator(`.monaco-workbench${shown}`).waitFor();
      const page = await Dashboard.in(window);
      // A gateway that begins anew knows of no quota and no refused key any more.
      await house.gateway();
      await live();
      await page.settled();
      await window.command('Notifications: Clear All Notifications');
      for (const title of TITLES) {
        await page.go(title);
        await window.page.screenshot({ path: join(SCREENS, `${name}-dashboard-${title.toLowerCase().replace(/\W+/g, '-')}.png`) });
        found.push(...(await page.findings()).map((finding) => `${title} in ${name}: ${finding}`));
      }
    }
    stage.note(`screenshots: ${SCREENS}`);
    equal(found.join('\n'), '', 'axe-core finds nothing serious');
    deepEqual(window.webviewComplaints, [], 'nothing complains');
  },
};
