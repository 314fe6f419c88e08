import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { env, Uri, l10n as vscodeTexts, type Webview } from 'vscode';
import type { Editor } from '../editor.ts';
import { deskOf } from '../tools/desk-of.ts';
import { bootOf } from './boot.ts';
import type { Boot } from './contract/messages.ts';
import type { Place } from './contract/place.ts';
import { failureHtml } from './failure-html.ts';
import { pageHtml } from './html.ts';
import { preloadOf } from './preload.ts';
import { Session } from './session/session.ts';
import { surroundingsOf } from './surroundings.ts';

export interface PageOptions {
  place: Place;
  placement: Boot['placement'];
  /** A link to a place that this page has no room for. */
  open(place: Place): void;
  /** The page says that it is on: the first time, and whenever its document starts anew. */
  hello?(): void;
}

/** The page in one webview, and what answers it. */
export interface FilledPage {
  go(place: Place): void;
  /** Whether somebody sees it. */
  visible: boolean;
  /** The page's document was thrown away, as a hidden view's is; it starts anew when it is seen. */
  lost(): void;
  dispose(): void;
}

/** Long even for a machine at its limits: what has not said a word by then does not start. */
const LATE_MS = 30_000;

/** Puts the dashboard into a webview and answers it until `dispose`. */
export function fill(webview: Webview, editor: Editor, options: PageOptions): FilledPage {
  const folder = Uri.joinPath(editor.context.extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const address = (file: string): string => webview.asWebviewUri(Uri.joinPath(folder, file)).toString();
  const session = sessionIn(webview, editor, options);
  const messages = webview.onDidReceiveMessage((message: unknown) => session.receive(message));
  webview.html = pageHtml({
    boot: bootOf(editor.live, options.place, { locale: env.language, texts: textsOf(), placement: options.placement }),
    nonce: randomBytes(16).toString('base64url'),
    source: webview.cspSource,
    script: address('main.js'),
    preload: preloadOf(folder.fsPath, options.place.page).map(address),
    style: address('style.css'),
  });
  const late = new Late(() => {
    if (session.greeted) return;
    editor.log.warn('dashboard: the page does not start');
    webview.html = failureHtml(l10n.t('The page did not start. If OmniRoute was updated, reload the window.'));
  });
  return {
    go: (place) => session.go(place),
    set visible(visible: boolean) {
      session.visible = visible;
      late.run(visible && !session.greeted);
    },
    lost: () => session.lost(),
    dispose: () => {
      late.run(false);
      messages.dispose();
      session.dispose();
    },
  };
}

function sessionIn(webview: Webview, editor: Editor, { open, hello = () => {} }: PageOptions): Session {
  const { admin, live, log } = editor;
  return new Session({
    admin,
    live,
    log,
    surroundings: surroundingsOf(),
    dataDir: editor.context.globalStorageUri.fsPath,
    tools: deskOf(editor),
    open,
    hello,
    // The tab is called the same wherever it is, and remembers by itself where that was.
    at: () => {},
    // A webview that is closed meanwhile refuses.
    post: (message) => void webview.postMessage(message).then(undefined, () => {}),
  });
}

class Late {
  readonly #then: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(then: () => void) {
    this.#then = then;
  }

  run(is: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = is ? setTimeout(this.#then, LATE_MS) : undefined;
  }
}

/** The editor's translations as they are on disk, read by VS Code already. */
function textsOf(): Record<string, string> {
  const entries = Object.entries(vscodeTexts.bundle ?? {});
  return Object.fromEntries(entries.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])));
}
