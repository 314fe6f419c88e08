import type { WebviewView, WebviewViewProvider } from 'vscode';
import type { Editor } from '../editor.ts';
import { failureHtml } from './failure-html.ts';
import type { DashboardTab } from './tab.ts';

/** The overview among our views: what it links to is shown in the tab. */
export class OverviewView implements WebviewViewProvider {
  readonly #editor: Editor;
  readonly #tab: DashboardTab;

  constructor(editor: Editor, tab: DashboardTab) {
    this.#editor = editor;
    this.#tab = tab;
  }

  async resolveWebviewView(view: WebviewView): Promise<void> {
    try {
      const closed = new AbortController();
      view.onDidDispose(() => closed.abort());
      const { fill } = await import('./panel.ts');
      if (closed.signal.aborted) return;
      const page = fill(view.webview, this.#editor, {
        place: { page: 'overview' },
        placement: 'side',
        open: (place) => void this.#tab.open(place),
      });
      page.visible = view.visible;
      view.onDidChangeVisibility(() => {
        page.visible = view.visible;
        // The editor throws a hidden view's document away, and loads it again from what it was given first.
        if (!view.visible) page.lost();
      });
      closed.signal.addEventListener('abort', () => page.dispose());
    } catch (thrown) {
      this.#editor.log.error('The overview cannot be shown.', thrown);
      view.webview.html = failureHtml(String(thrown));
    }
  }
}
