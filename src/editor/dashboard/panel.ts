import { randomBytes } from 'node:crypto';
import { env, l10n, Uri, type Webview } from 'vscode';
import type { Editor } from '../editor.ts';
import { bootOf } from './boot.ts';
import type { Boot } from './contract/messages.ts';
import type { Place } from './contract/place.ts';
import { pageHtml } from './html.ts';
import { Session } from './session/session.ts';
import { surroundingsOf } from './surroundings.ts';

/** Puts the dashboard into a webview and answers it until `dispose`. */
export function fill(webview: Webview, editor: Editor, place: Place, placement: Boot['placement'], at: (place: Place) => void): Session {
  const folder = Uri.joinPath(editor.context.extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const { admin, live, log } = editor;
  const surroundings = surroundingsOf();
  const session = new Session({ admin, live, log, surroundings, at, post: (message) => void webview.postMessage(message) });
  webview.onDidReceiveMessage((message: unknown) => session.receive(message));
  webview.html = pageHtml({
    boot: bootOf(live, place, { locale: env.language, texts: textsOf(), placement }),
    nonce: randomBytes(16).toString('base64url'),
    source: webview.cspSource,
    script: webview.asWebviewUri(Uri.joinPath(folder, 'main.js')).toString(),
    style: webview.asWebviewUri(Uri.joinPath(folder, 'style.css')).toString(),
  });
  return session;
}

/** The editor's translations as they are on disk, read by VS Code already. */
function textsOf(): Record<string, string> {
  return Object.fromEntries(Object.entries(l10n.bundle ?? {}).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])));
}
