import { performance } from 'node:perf_hooks';
import { config as configureTexts } from '@vscode/l10n';
import { Disposable, type ExtensionContext, l10n, window } from 'vscode';
import { AdminClient } from './editor/admin/client.ts';
import { register as bridge } from './editor/bridge/index.ts';
import { windowBridge } from './editor/bridge/window-bridge.ts';
import { register as accountCommands } from './editor/commands/account/index.ts';
import { register as addProvider } from './editor/commands/add-provider/index.ts';
import { register as generalCommands } from './editor/commands/general/index.ts';
import { register as treeCommands } from './editor/commands/tree-commands.ts';
import { register as contextKeys } from './editor/context-keys.ts';
import { register as dashboard } from './editor/dashboard/index.ts';
import type { Editor } from './editor/editor.ts';
import { register as languageModels } from './editor/language-model/index.ts';
import { createLink, type GatewayLink } from './editor/link/gateway-link.ts';
import { createLive } from './editor/live/live.ts';
import { register as notifications } from './editor/notifications/index.ts';
import { SecretVault } from './editor/secret-vault.ts';
import { onSettingChange } from './editor/settings.ts';
import { register as statusBar } from './editor/status-bar/index.ts';
import { register as tools } from './editor/tools/index.ts';
import { register as views } from './editor/views/index.ts';
import { wantedPort } from './editor/wanted-port.ts';

/** Each registers itself and gives what ends it. */
const FEATURES: readonly ((editor: Editor) => Disposable)[] = [
  contextKeys,
  views,
  statusBar,
  notifications,
  generalCommands,
  addProvider,
  accountCommands,
  treeCommands,
  languageModels,
  bridge,
  tools,
  dashboard,
];

let link: GatewayLink | undefined;

/** Finds the gateway of this installation or starts it, and shows it. Nothing is waited for: the editor goes on starting. */
export function activate(context: ExtensionContext): void {
  const began = performance.now();
  if (l10n.bundle) configureTexts({ contents: l10n.bundle });
  const log = window.createOutputChannel('OmniRoute', { log: true });
  link = createLink({
    dataDir: context.globalStorageUri.fsPath,
    port: () => wantedPort(context),
    vault: new SecretVault(context.secrets),
    workerScript: context.asAbsolutePath('dist/gateway-worker.js'),
    log: (line) => log.info(line),
    hooks: { bridge: windowBridge(context) },
  });
  const { link: own } = { link };
  const admin = new AdminClient(own);
  const live = createLive(own, admin, { log });
  const editor: Editor = { context, log, link: own, admin, live };
  context.subscriptions.push(
    log,
    live,
    own.onDidChange((state) => log.info(`gateway: ${JSON.stringify(state)}`)),
    onSettingChange('port', () => void own.restart()),
    Disposable.from(...FEATURES.map((register) => register(editor))),
  );
  log.info(`activated in ${Math.round(performance.now() - began)} ms`);
}

/** Nothing of ours outlives the window. */
export async function deactivate(): Promise<void> {
  await link?.stop();
  link = undefined;
}
