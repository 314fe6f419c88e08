import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { bootOf } from '../../src/editor/dashboard/boot.ts';
import type { ToPage } from '../../src/editor/dashboard/contract/messages.ts';
import type { Place } from '../../src/editor/dashboard/contract/place.ts';
import { pageHtml } from '../../src/editor/dashboard/html.ts';
import { preloadOf } from '../../src/editor/dashboard/preload.ts';
import type { DashboardDeps } from '../../src/editor/dashboard/session/deps.ts';
import { Session } from '../../src/editor/dashboard/session/session.ts';
import { type ThemeName, themeOf } from './themes.ts';

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

export interface PageServer {
  url: string;
  /** Everything that crossed, as text, in order. */
  crossed: string[];
  /** The newest page's end. */
  session(): Session | undefined;
  /** What pages of the side bar wanted shown in a tab. */
  opened: Place[];
  /** Where the newest page says it is. */
  place(): Place | undefined;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** The built page. */
  folder: string | (() => Promise<string>);
  deps: DashboardDeps;
  port?: number;
}

/**
 * Serves the page to a browser as VS Code serves it to its webview: the same HTML and policy, and the real session behind it. Query:
 * `theme`, `page`, `item`, `placement`, `locale`.
 */
export async function servePage({ folder, deps, port = 0 }: ServerOptions): Promise<PageServer> {
  const crossed: string[] = [];
  const opened: Place[] = [];
  let session: Session | undefined;
  let place: Place | undefined;
  let built = typeof folder === 'string' ? folder : '';

  const moveTo = (now: Place): void => {
    place = now;
  };

  const page = async (url: URL, response: ServerResponse): Promise<void> => {
    if (typeof folder !== 'string') built = await folder();
    const asked = Object.fromEntries(url.searchParams);
    const at = { page: asked.page ?? 'overview', ...(asked.item ? { item: asked.item } : {}) } as Place;
    const placement = asked.placement === 'side' ? 'side' : 'tab';
    const boot = bootOf(deps.live, at, { locale: asked.locale ?? 'en', texts: {}, placement });
    const nonce = 'nonce-of-a-test';
    const preload = preloadOf(built, at.page).map((file) => `/webview/${file}`);
    const html = pageHtml({ boot, nonce, source: "'self'", script: '/webview/main.js', preload, style: '/webview/style.css' });
    crossed.push(html);
    const theme = themeOf((asked.theme ?? 'dark') as ThemeName);
    const shim = `<script type="application/json" id="theme">${JSON.stringify(theme)}</script><script nonce="${nonce}" src="/shim.js"></script>`;
    // The shim alone may talk to this server; in VS Code the port is not the network.
    const open = html.replace('default-src &#39;none&#39;', 'default-src &#39;none&#39;; connect-src &#39;self&#39;');
    response.writeHead(200, { 'content-type': 'text/html' }).end(open.replace('</title>', `</title>${shim}`));
  };

  const listen = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    const post = (message: ToPage): void => {
      const text = JSON.stringify(message);
      crossed.push(text);
      response.write(`data: ${text}\n\n`);
    };
    const mine = new Session({ ...deps, post, at: moveTo, hello: () => {}, open: (wanted) => opened.push(wanted) });
    session?.dispose();
    session = mine;
    response.on('close', () => mine.dispose());
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://page');
    if (url.pathname === '/') return await page(url, response);
    if (url.pathname === '/to-page') return listen(response);
    if (url.pathname === '/to-editor') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      for (const message of JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown[]) {
        crossed.push(JSON.stringify(message));
        session?.receive(message);
      }
      return void response.writeHead(204).end();
    }
    const file =
      url.pathname === '/shim.js' ? new URL('shim.js', import.meta.url) : join(built, normalize(url.pathname).replace('/webview/', ''));
    const bytes = await readFile(file).catch(() => undefined);
    const type = TYPES[extname(url.pathname)] ?? 'application/octet-stream';
    response.writeHead(bytes ? 200 : 404, { 'content-type': type, 'cache-control': 'no-store' }).end(bytes);
  };

  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    crossed,
    opened,
    session: () => session,
    place: () => place,
    close: async () => {
      session?.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
