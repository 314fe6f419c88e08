import { type Disposable, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Editor } from '../editor.ts';
import type { Place } from './contract/place.ts';
import { failureHtml } from './failure-html.ts';
import type { FilledPage } from './panel.ts';

export const TAB_TYPE = 'omniroute.dashboard';

/** The dashboard in a tab of the editor: one a window. */
export class DashboardTab implements Disposable {
  readonly #editor: Editor;
  #open: { panel: WebviewPanel; page: Promise<FilledPage | undefined> } | undefined;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** Shows it, where it is if it is open, at this place if one is named. */
  async open(place: Place | undefined): Promise<void> {
    const { extensionUri } = this.#editor.context;
    if (this.#open) {
      this.#open.panel.reveal();
      if (place) (await this.#open.page)?.go(place);
      return;
    }
    const panel = window.createWebviewPanel(TAB_TYPE, 'OmniRoute', ViewColumn.Active, {
      retainContextWhenHidden: true,
      enableFindWidget: true,
      localResourceRoots: [Uri.joinPath(extensionUri, 'dist', 'webview')],
    });
    await this.fill(panel, () => place);
  }

  /** Fills a tab that is there: a new one, or one that the editor kept over a reload of its window. */
  async fill(panel: WebviewPanel, placeOf: () => Promise<Place> | Place | undefined): Promise<void> {
    if (this.#open) {
      panel.dispose();
      return;
    }
    const media = Uri.joinPath(this.#editor.context.extensionUri, 'media');
    panel.iconPath = { light: Uri.joinPath(media, 'dashboard-light.svg'), dark: Uri.joinPath(media, 'dashboard-dark.svg') };
    const closed = new AbortController();
    const page = this.#pageIn(panel, placeOf, closed.signal);
    this.#open = { panel, page };
    panel.onDidDispose(() => {
      closed.abort();
      this.#open = undefined;
    });
    await page;
  }

  async #pageIn(
    panel: WebviewPanel,
    placeOf: () => Promise<Place> | Place | undefined,
    closed: AbortSignal,
  ): Promise<FilledPage | undefined> {
    const began = performance.now();
    try {
      const [{ fill }, place] = await Promise.all([import('./panel.ts'), placeOf()]);
      if (closed.aborted) return undefined;
      const loaded = performance.now();
      const page = fill(panel.webview, this.#editor, {
        place: place ?? { page: 'overview' },
        placement: 'tab',
        open: (next) => page.go(next),
        hello: () =>
          this.#editor.log.debug(`dashboard: on after ${since(began)} ms, ${since(began, loaded)} ms of them to load what it is made of`),
      });
      page.visible = panel.visible;
      panel.onDidChangeViewState(() => {
        page.visible = panel.visible;
      });
      closed.addEventListener('abort', () => page.dispose());
      return page;
    } catch (thrown) {
      this.#editor.log.error('The dashboard cannot be shown.', thrown);
      if (!closed.aborted) panel.webview.html = failureHtml(String(thrown));
      return undefined;
    }
  }

  dispose(): void {
    this.#open?.panel.dispose();
  }
}

function since(began: number, now = performance.now()): number {
  return Math.round(now - began);
}
