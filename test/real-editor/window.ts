import type { BrowserContext, ConsoleMessage, Locator, Page } from 'playwright-core';

/** How long the palette may take to list a command, and how often it is opened again. */
const PALETTE_MS = 2500;
const PALETTE_TRIES = 6;

/** The document in which a webview's content stands, and the files of that content. */
const OF_A_WEBVIEW = /fake\.html|vscode-resource|vscode-cdn/;

/** One window of the editor: a page of the browser, with an extension host of its own. */
export class EditorWindow {
  readonly page: Page;
  /** What the page and the extension host wrote to the browser's console. */
  readonly console: string[] = [];
  /** Errors and warnings of what webviews show, among them what their content policy refused. */
  readonly webviewComplaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => this.#heard(message));
    page.on('pageerror', (error) => this.console.push(`pageerror: ${error.message}`));
  }

  #heard(message: ConsoleMessage): void {
    const line = `${message.type()}: ${message.text()}`;
    this.console.push(line);
    // The editor puts addresses of webviews into queries of its own.
    const url = message.location().url.replace(/\?.*/s, '');
    if (['error', 'warning'].includes(message.type()) && OF_A_WEBVIEW.test(url)) this.webviewComplaints.push(`${line} (${url})`);
  }

  /** Opens a window on the folder and waits until its workbench stands. */
  static async open(context: BrowserContext, serverUrl: string, folder: string): Promise<EditorWindow> {
    const window = new EditorWindow(await context.newPage());
    await window.page.goto(`${serverUrl}/?folder=${encodeURIComponent(folder)}`);
    await window.stands();
    return window;
  }

  async stands(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 40_000 });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.stands();
  }

  /** Reloads by the editor's own command, which first writes down which editors are open and in front. */
  async reloadWindow(): Promise<void> {
    await Promise.all([this.page.waitForEvent('domcontentloaded'), this.command('Developer: Reload Window')]);
    await this.stands();
  }

  /** Leaves as a person does who closes the tab: the page tells the server. */
  async close(): Promise<void> {
    const closed = this.page.waitForEvent('close');
    await this.page.close({ runBeforeUnload: true });
    await closed;
  }

  /** The open quick pick or input box. */
  get quick(): Quick {
    return new Quick(this.page);
  }

  /**
   * Runs the command with exactly this title, `OmniRoute: Add Provider…`, from the palette; waits until the palette offers it. Gives when it
   * was chosen: milliseconds since the epoch.
   */
  async command(title: string): Promise<number> {
    const { quick } = this;
    const row = quick.row(title);
    // An open palette does not learn of commands that are offered since.
    for (let tries = 1; ; tries += 1) {
      await this.page.keyboard.press('F1');
      await quick.input.fill(`>${title}`);
      const found = await row.waitFor({ timeout: PALETTE_MS }).then(
        () => true,
        () => false,
      );
      if (found || tries === PALETTE_TRIES) break;
      await this.page.keyboard.press('Escape');
    }
    const chosen = Date.now();
    await row.click();
    return chosen;
  }

  /** True when the palette offers a command with exactly this title. */
  async offers(title: string): Promise<boolean> {
    const { quick } = this;
    await this.page.keyboard.press('F1');
    await quick.input.fill(`>${title}`);
    await quick.rows.first().waitFor();
    const found = await quick.row(title).count();
    await this.page.keyboard.press('Escape');
    return found > 0;
  }

  /** Our items in the status bar. */
  get statusItems(): Locator {
    return this.page.locator('.statusbar-item[id^="omniroute.omniroute"]');
  }

  /** The notifications that show, in whose text `text` is found. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item').filter({ hasText: text });
  }

  /** A button of a modal dialog or of a notification. */
  button(name: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box, .notification-list-item').getByRole('button', { name });
  }

  /** Opens the container of our views from the activity bar. */
  async openViews(first = 'Providers'): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: /^OmniRoute/ });
    if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.locator('a').first().click();
    await this.view(first).waitFor();
  }

  /** One of our views, by its title. */
  view(title: string): Locator {
    return this.page.locator('.pane').filter({ has: this.page.locator(`.pane-header[aria-label^="${title}"]`) });
  }

  /** Rows of a view whose text has `text`. */
  row(view: string, text: string | RegExp): Locator {
    return this.view(view).getByRole('treeitem').filter({ hasText: text });
  }

  /** Presses a button in the title of a view. */
  async titleAction(view: string, label: string): Promise<void> {
    const pane = this.view(view);
    // They show while the pointer is over the view.
    await pane.locator('.pane-header').hover();
    await pane.locator('.pane-header').getByRole('button', { name: label }).click();
  }

  /** Closes what is in front among the editors. */
  async closeEditor(): Promise<void> {
    await this.command('View: Close Editor');
  }

  /** Expands a view that is folded, so that its rows are drawn. */
  async expandView(title: string): Promise<void> {
    const header = this.page.locator(`.pane-header[aria-label^="${title}"]`);
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  }

  /** Folds a view, so that others have room. */
  async foldView(title: string): Promise<void> {
    const header = this.page.locator(`.pane-header[aria-label^="${title}"]`);
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }

  /** Chooses an entry of a row's context menu. */
  async contextMenu(row: Locator, entry: string): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.page.locator('.context-view .monaco-menu').getByRole('menuitem', { name: entry });
    await item.hover();
    await this.page.locator('.context-view .monaco-menu .action-item.focused').filter({ hasText: entry }).waitFor();
    // Not a click: a menu takes one that follows the right click at once for its end.
    await this.page.keyboard.press('Enter');
    await item.waitFor({ state: 'detached' });
  }
}

/** Quick pick and input box: one widget. */
export class Quick {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get widget(): Locator {
    return this.#page.locator('.quick-input-widget:visible');
  }

  get input(): Locator {
    return this.widget.locator('.quick-input-box input').first();
  }

  get rows(): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row');
  }

  /** The row whose label is exactly this. */
  row(label: string): Locator {
    return this.rows.filter({ has: this.#page.locator('.label-name').getByText(label, { exact: true }) }).first();
  }

  /** Types what narrows the list down, and takes the row that has `text`. */
  async pick(text: string | RegExp, typed?: string): Promise<void> {
    if (typed !== undefined) await this.input.fill(typed);
    await this.rows.filter({ hasText: text }).first().click();
  }

  /** Fills the box whose prompt or placeholder has `about`, and accepts. */
  async answer(about: RegExp, value: string): Promise<void> {
    await this.widget
      .filter({ hasText: about })
      .or(this.widget.filter({ has: this.#page.getByPlaceholder(about) }))
      .first()
      .waitFor();
    await this.input.fill(value);
    await this.input.press('Enter');
  }

  /** What the box says is wrong. */
  get message(): Locator {
    return this.widget.locator('.quick-input-message');
  }
}
