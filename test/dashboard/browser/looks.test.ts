import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGES } from '../../../src/editor/dashboard/contract/place.ts';
import { ROOT } from '../../real-editor/folders.ts';
import { THEMES } from '../themes.ts';
import { expectClean, type Theatre, theatre } from './browser.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Looked at afterwards; ignored by git. Not within the real editor's report: its run clears that. */
const SCREENS = join(ROOT, '.cache/dashboard-report');

/** What axe-core calls serious or worse, with where it is. */
async function findings(page: Page): Promise<string[]> {
  // The page's policy lets no script in but its own; a debugger's is not the page's.
  await page.evaluate(await import('node:fs/promises').then(({ readFile }) => readFile(AXE, 'utf8')));
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}

let used: Theatre;
let fresh: Theatre;

beforeAll(async () => {
  await mkdir(SCREENS, { recursive: true });
  used = await theatre({ records: 3000 });
  fresh = await theatre({ fresh: true });
});
afterAll(async () => {
  await used?.close();
  await fresh?.close();
});

describe.each(PAGES)('%s', (page) => {
  it.each(THEMES)('in %s: nothing serious for axe-core, no complaint, no sideways scrolling', async (theme) => {
    const tab = await used.open({ page, theme });
    await settled(tab);
    await tab.screenshot({ path: join(SCREENS, `${page}-${theme}.png`) });
    expect(await findings(tab)).toEqual([]);
    expect(await sideways(tab)).toBe(0);
    // What holds in any theme is asked in one.
    if (theme === 'dark') await expectOwn(tab);
    await tab.context().close();
    expectClean(used);
  });

  it.each([320, 380, 800, 1900])('fits into %i pixels', async (width) => {
    const tab = await used.open({ page, width });
    await settled(tab);
    await tab.screenshot({ path: join(SCREENS, `${page}-${width}.png`) });
    expect(await sideways(tab)).toBe(0);
    await tab.context().close();
  });

  it('says what to do when nothing is there yet', async () => {
    const tab = await fresh.open({ page });
    await settled(tab);
    await tab.screenshot({ path: join(SCREENS, `${page}-fresh.png`) });
    expect(await findings(tab)).toEqual([]);
    await tab.context().close();
    expectClean(fresh);
  });
});

/** One heading of the first rank, and nothing was loaded from elsewhere. */
async function expectOwn(tab: Page): Promise<void> {
  expect(await tab.locator('h1').count()).toBe(1);
  const origins = await tab.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin));
  expect([...new Set(origins)]).toEqual([used.server.url]);
}

/** Nothing is loading any more. */
async function settled(tab: Page): Promise<void> {
  await tab.waitForFunction(() => document.querySelectorAll('.loading').length === 0);
  await tab.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** Pixels by which the page is wider than its window. */
function sideways(tab: Page): Promise<number> {
  return tab.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
}
