import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame, Locator } from 'playwright-core';
import { until } from './until.ts';
import type { EditorWindow } from './window.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The dashboard in a tab of a window: VS Code shows a webview in two frames, one in the other. */
export class Dashboard {
  readonly frame: Frame;

  private constructor(frame: Frame) {
    this.frame = frame;
  }

  /** The one that is open, once its page is drawn. */
  static async in(window: EditorWindow): Promise<Dashboard> {
    const frame = await until('the dashboard is drawn', async () => {
      for (const frame of window.page.frames()) {
        const drawn = await frame
          .evaluate(`document.querySelector('nav') !== null && document.querySelector('main h1') !== null`)
          .catch(() => false);
        if (drawn) return frame;
      }
      return undefined;
    });
    return new Dashboard(frame);
  }

  get heading(): Locator {
    return this.frame.locator('main h1');
  }

  /** Opens a page by the navigation and waits until nothing loads any more. */
  async go(title: string): Promise<void> {
    await this.frame.locator('nav').getByRole('button', { name: title, exact: true }).click();
    await this.at(title);
  }

  /** Resolves once this page is there, and nothing on it loads any more. */
  async at(title: string): Promise<void> {
    await this.heading.filter({ hasText: title }).waitFor();
    await this.frame.waitForFunction(`document.querySelectorAll('.loading').length === 0`);
  }

  /** What axe-core calls serious or worse. */
  async findings(): Promise<string[]> {
    await this.frame.evaluate(readFileSync(AXE, 'utf8'));
    const { violations } = await this.frame.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  }

  /** Milliseconds from the start of the page's document to its first picture. */
  async paintMs(): Promise<number> {
    return await this.frame.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`);
  }
}

/** What the content policy refused in the webview, as the browser says it. */
export function refusals(window: EditorWindow): string[] {
  return window.console.filter(
    (line) => /Content Security Policy|Refused to|violates the following/.test(line) && !/workbench|vscode-remote/.test(line),
  );
}
