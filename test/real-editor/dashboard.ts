import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame, Locator } from 'playwright-core';
import { until } from './until.ts';
import type { EditorWindow } from './window.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The navigation, in its order. */
export const TITLES = ['Overview', 'Providers', 'Combos', 'Usage & Cost', 'Requests', 'Quota', 'Health', 'Tools', 'Logs', 'Settings'];

const IN_A_TAB = `document.querySelector('.shell:not(.alone) nav') !== null && document.querySelector('main h1') !== null`;
const AMONG_VIEWS = `document.querySelector('.shell.alone main h1') !== null`;

/** The dashboard in a window: VS Code shows a webview in two frames, one in the other. */
export class Dashboard {
  readonly frame: Frame;

  private constructor(frame: Frame) {
    this.frame = frame;
  }

  /** The one that is open in a tab, once its page is drawn. */
  static async in(window: EditorWindow): Promise<Dashboard> {
    return new Dashboard(await frameWhere(window, IN_A_TAB));
  }

  /** The overview among the views. */
  static async aside(window: EditorWindow): Promise<Dashboard> {
    return new Dashboard(await frameWhere(window, AMONG_VIEWS));
  }

  get heading(): Locator {
    return this.frame.locator('main h1');
  }

  /** Opens a page by the navigation and waits until nothing loads any more. */
  async go(title: string): Promise<void> {
    await this.frame.locator('nav.nav').getByRole('button', { name: title, exact: true }).click();
    await this.at(title);
  }

  /** Resolves once this page is there, and nothing on it loads any more. */
  async at(title: string): Promise<void> {
    await this.heading.filter({ hasText: title }).waitFor();
    await this.settled();
  }

  /** The page's policy lets no text become code, so it is asked from outside. */
  async settled(): Promise<void> {
    await until('nothing loads any more', async () => (await this.frame.locator('.loading').count()) === 0);
  }

  /** What axe-core calls serious or worse. */
  async findings(): Promise<string[]> {
    await this.frame.evaluate(readFileSync(AXE, 'utf8'));
    const { violations } = await this.frame.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
  }

  /** When its first picture was there. */
  async firstPicture(): Promise<{ sinceDocumentMs: number; epochMs: number }> {
    const sinceDocumentMs = await until(
      'the first picture',
      async () =>
        (await this.frame.evaluate<number | null>(`performance.getEntriesByName('first-picture')[0]?.startTime ?? null`)) ?? undefined,
    );
    return { sinceDocumentMs, epochMs: (await this.frame.evaluate<number>('performance.timeOrigin')) + sinceDocumentMs };
  }

  /** From now on what the editor sends is kept for `crossed`. */
  async listen(): Promise<void> {
    await this.frame.evaluate(`window.crossed = []; addEventListener('message', ({ data }) => window.crossed.push(JSON.stringify(data)))`);
  }

  /** All that the page has: its document, and what it was sent since `listen`. */
  async content(): Promise<string> {
    return (await this.frame.content()) + (await this.frame.evaluate<string>(`window.crossed.join('\\n')`));
  }

  /** Whether the element with the focus fits the selector. */
  async focusIsOn(selector: string): Promise<boolean> {
    return await this.frame.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`);
  }
}

/** The frame of the window for which the expression holds, once there is one. */
async function frameWhere(window: EditorWindow, holds: string): Promise<Frame> {
  return await until(`a webview with ${holds}`, async () => {
    for (const frame of window.page.frames()) if (await frame.evaluate<boolean>(holds).catch(() => false)) return frame;
    return undefined;
  });
}
