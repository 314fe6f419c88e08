import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { configFor, PROVIDER_KEY, PROVIDER_KEY_ENV, type Prepared, TEST_KEY } from './config.ts';
import type { Tools } from './install.ts';
import { freePort, installExtensions, logs, makeRooms, type Rooms, type Server, startServer } from './server.ts';
import { until } from './until.ts';
import { EditorWindow } from './window.ts';

export interface HouseOptions {
  /** `config.json` before the first start; absent: the test's key alone. */
  prepared?: Prepared;
  /** Absolute folders of extensions beside ours. */
  extensions?: readonly string[];
  /** User settings beside the usual ones. */
  settings?: Record<string, unknown>;
  /** Environment of the extension hosts. */
  env?: Record<string, string>;
  /** The editor's language, `es`; absent: English. Its own texts stay English. */
  language?: string;
}

/** What every editor of a test is told: no greetings, nothing from the network, nothing asked before a tool runs. */
const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'window.dialogStyle': 'custom',
  'chat.tools.global.autoApprove': true,
  'chat.tools.edits.autoApprove': { '**/*': true },
  'chat.commandCenter.enabled': false,
};

/** A real editor with the packaged extension in it, in folders of its own, that a browser looks at. */
export class EditorHouse {
  readonly rooms: Rooms;
  /** The port the user asked for. */
  readonly port: number;
  readonly windows: EditorWindow[] = [];
  readonly #server: Server;
  readonly #browser: BrowserContext;

  private constructor(rooms: Rooms, port: number, server: Server, browser: BrowserContext) {
    this.rooms = rooms;
    this.port = port;
    this.#server = server;
    this.#browser = browser;
  }

  static async start(tools: Tools, vsix: string, browser: Browser, options: HouseOptions): Promise<EditorHouse> {
    const rooms = makeRooms(mkdtempSync(join(tmpdir(), 'omniroute-editor-')));
    try {
      const port = await freePort();
      prepare(rooms, port, options);
      installExtensions(tools.codeServer, rooms, vsix, options.extensions ?? []);
      const environment = { [PROVIDER_KEY_ENV]: PROVIDER_KEY, ...options.env };
      const server = await startServer(tools.codeServer, rooms, environment, options.language ? ['--locale', options.language] : []);
      // One context is one browser profile, and VS Code for the web keeps secrets in it.
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
      context.setDefaultTimeout(20_000);
      return new EditorHouse(rooms, port, server, context);
    } catch (error) {
      rmSync(rooms.base, { recursive: true, force: true });
      throw error;
    }
  }

  /** Opens one more window; each folder of the workspace's name is a workspace of its own. */
  async open(folder = this.rooms.workspace): Promise<EditorWindow> {
    mkdirSync(folder, { recursive: true });
    const window = await EditorWindow.open(this.#browser, this.#server.url, folder);
    this.windows.push(window);
    return window;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Asks the gateway from outside, as a tool does. */
  ask(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.origin + path, { ...init, headers: { authorization: `Bearer ${TEST_KEY}`, ...init.headers } });
  }

  /** Resolves once the gateway answers at the user's port. */
  async gateway(ms?: number): Promise<void> {
    await until(`the gateway listens on ${this.port}`, async () => (await this.ask('/health')).ok, ms);
  }

  /** Changes one setting in its file; counts after a reload at the latest. */
  setting(name: string, value: unknown): void {
    const file = join(this.rooms.userData, name.startsWith(OWN) ? 'Machine/settings.json' : 'User/settings.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...settings, [name]: value }, null, 2));
  }

  /** Process ids of the extension hosts that run, in the order in which their windows opened. */
  extensionHosts(): number[] {
    return this.#server.extensionHosts();
  }

  /** What the extension wrote to its output channel, of all windows. */
  log(): string {
    return logs(this.rooms, /omniroute\.omniroute\/[^/]*\.log$/);
  }

  /** The log of the extension hosts themselves. */
  hostLog(): string {
    return logs(this.rooms, /remoteexthost\.log$/);
  }

  /** What Copilot Chat logs of itself. */
  copilotLog(): string {
    return logs(this.rooms, /GitHub Copilot Chat\.log$/);
  }

  /** A file of the gateway's data folder as text. */
  data(file: string): string {
    return readFileSync(join(dataFolder(this.rooms), file), 'utf8');
  }

  /** Everything there is to say about what happened, for a report. */
  async keep(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    for (const [index, window] of this.windows.entries()) {
      const name = join(folder, `window-${index + 1}`);
      writeFileSync(`${name}.console.log`, window.console.join('\n'));
      if (!window.page.isClosed()) await window.page.screenshot({ path: `${name}.png` }).catch(() => {});
    }
    writeFileSync(join(folder, 'omniroute.log'), this.log());
    writeFileSync(join(folder, 'extension-host.log'), this.hostLog());
    writeFileSync(join(folder, 'copilot-chat.log'), this.copilotLog());
    writeFileSync(join(folder, 'code-server.log'), this.#server.output());
    const config = join(dataFolder(this.rooms), 'config.json');
    if (existsSync(config)) writeFileSync(join(folder, 'config.json'), readFileSync(config));
  }

  /** Ends browser pages and editor with all their processes, and removes their folders. */
  async close(): Promise<void> {
    await this.#browser.close().catch(() => {});
    await this.#server.stop();
    rmSync(this.rooms.base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function dataFolder(rooms: Rooms): string {
  return join(rooms.userData, 'User/globalStorage/omniroute.omniroute');
}

function prepare(rooms: Rooms, port: number, options: HouseOptions): void {
  const user = join(rooms.userData, 'User');
  mkdirSync(user, { recursive: true });
  const settings = { ...QUIET, 'omniroute.port': port, ...options.settings };
  writeFileSync(join(user, 'settings.json'), JSON.stringify(settings, null, 2));
  // To the editor this is a remote: settings of machine scope, such as ours, count in its Machine folder alone.
  const machine = join(rooms.userData, 'Machine');
  mkdirSync(machine, { recursive: true });
  writeFileSync(join(machine, 'settings.json'), JSON.stringify(ownSettings(settings), null, 2));
  if (options.language) speak(rooms, options.language);
  mkdirSync(dataFolder(rooms), { recursive: true });
  writeFileSync(join(dataFolder(rooms), 'config.json'), JSON.stringify(configFor(options.prepared ?? {})), { mode: 0o600 });
}

/** A language pack without a text in it, as the editor notes those that are installed: enough for it to take the language for its own. */
function speak(rooms: Rooms, language: string): void {
  const pack = join(rooms.userData, 'pack.i18n.json');
  writeFileSync(pack, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extension = { extensionIdentifier: { id: `test.language-pack-${language}` }, version: '1.0.0' };
  const packs = { [language]: { hash: language, label: language, extensions: [extension], translations: { vscode: pack } } };
  writeFileSync(join(rooms.userData, 'languagepacks.json'), JSON.stringify(packs));
}

const OWN = 'omniroute.';

function ownSettings(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name.startsWith(OWN)));
}
