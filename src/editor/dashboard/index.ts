import * as l10n from '@vscode/l10n';
import { Disposable, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { command } from '../commands/handler.ts';
import type { Editor } from '../editor.ts';
import { refOf } from '../views/item.ts';
import type { Place } from './contract/place.ts';
import type { Session } from './session/session.ts';

const TYPE = 'omniroute.dashboard';

/** The dashboard in a tab, one a window. What it is made of is loaded when it is first opened. */
export function register(editor: Editor): Disposable {
  const tab = new DashboardTab(editor);
  return Disposable.from(
    tab,
    command(editor, 'omniroute.openDashboard', async (argument) => {
      const { placeOf } = await import('./place-of.ts');
      await tab.open(placeOf(argument, refOf(argument)));
    }),
    window.registerWebviewPanelSerializer(TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const { keptPlace } = await import('./place-of.ts');
        await tab.fill(panel, keptPlace(state));
      },
    }),
  );
}

class DashboardTab implements Disposable {
  readonly #editor: Editor;
  #open: { panel: WebviewPanel; session: Session } | undefined;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  async open(place: Place | undefined): Promise<void> {
    if (this.#open) {
      this.#open.panel.reveal();
      if (place) this.#open.session.go(place);
      return;
    }
    const panel = window.createWebviewPanel(TYPE, 'OmniRoute', ViewColumn.Active, {
      retainContextWhenHidden: true,
      enableFindWidget: true,
    });
    await this.fill(panel, place ?? { page: 'overview' });
  }

  async fill(panel: WebviewPanel, place: Place): Promise<void> {
    panel.iconPath = Uri.joinPath(this.#editor.context.extensionUri, 'media', 'omniroute.svg');
    const { fill } = await import('./panel.ts');
    const session = fill(panel.webview, this.#editor, place, 'tab', () => {});
    this.#open = { panel, session };
    panel.onDidChangeViewState(() => {
      session.visible = panel.visible;
    });
    panel.onDidDispose(() => {
      session.dispose();
      this.#open = undefined;
    });
    panel.title = l10n.t('OmniRoute');
  }

  dispose(): void {
    this.#open?.panel.dispose();
  }
}
