import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import type { PageId } from '../../../src/editor/dashboard/contract/place.ts';
import { type DashboardHouse, dashboardHouse, type HouseOptions } from '../house.ts';
import { type PageServer, servePage } from '../server.ts';
import type { ThemeName } from '../themes.ts';

export interface View {
  page?: PageId;
  item?: string;
  theme?: ThemeName;
  placement?: 'tab' | 'side';
  locale?: string;
  width?: number;
  height?: number;
}

/** The dashboard in a real browser, over a gateway that was used. */
export interface Theatre {
  house: DashboardHouse;
  server: PageServer;
  /** A tab of its own at a page, once the page's heading is there. */
  open(view?: View): Promise<Page>;
  /** What any tab complained of so far: errors, warnings, refusals of the content policy. */
  complaints: string[];
  close(): Promise<void>;
}

export async function theatre(options: HouseOptions = {}): Promise<Theatre> {
  const house = await dashboardHouse(options);
  const server = await servePage({ folder: inject('page'), deps: house.deps });
  const browser: Browser = await chromium.launch({ executablePath: inject('chromium'), args: ['--no-sandbox', '--disable-gpu'] });
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  return {
    house,
    server,
    complaints,
    open: async ({ page = 'overview', width = 1200, height = 900, ...query } = {}) => {
      const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
      contexts.push(context);
      const tab = await context.newPage();
      tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
      tab.on('pageerror', (error) => complaints.push(error.message));
      await tab.goto(`${server.url}/?${new URLSearchParams({ page, ...query })}`);
      await tab.locator('main h1').first().waitFor();
      return tab;
    },
    close: async () => {
      for (const context of contexts) await context.close();
      await browser.close();
      await server.close();
      await house.close();
    },
  };
}

/** No error, no warning, nothing the content policy had to forbid, nothing that either end did not understand. */
export function expectClean({ complaints, house }: Theatre): void {
  expect(complaints).toEqual([]);
  expect(house.warnings).toEqual([]);
}
