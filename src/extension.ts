import { type ExtensionContext, window, workspace } from 'vscode';
import { GatewayHost, type GatewayState } from './editor/gateway-host.ts';
import { SecretVault } from './editor/secret-vault.ts';

let host: GatewayHost | undefined;

/** Starts the gateway of this window. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('OmniRoute', { log: true });
  context.subscriptions.push(log);
  const port = workspace.getConfiguration('omniroute').get<number>('port', 20128);
  host = new GatewayHost(
    context.asAbsolutePath('dist/gateway-worker.js'),
    { dataDir: context.globalStorageUri.fsPath, port },
    new SecretVault(context.secrets),
    { log: (line) => log.info(line), changed: (state) => log.info(describe(state)) },
  );
}

/** Stops it: nothing of ours outlives the window. */
export async function deactivate(): Promise<void> {
  await host?.stop();
  host = undefined;
}

function describe(state: GatewayState): string {
  switch (state.is) {
    case 'starting':
      return 'The gateway starts.';
    case 'listening':
      return `The gateway listens on ${state.url}.`;
    case 'failed':
      return state.code === 'EADDRINUSE'
        ? 'The port is taken, perhaps by another window. The setting omniroute.port chooses another.'
        : `The gateway could not start: ${state.message}`;
    case 'stopped':
      return 'The gateway has stopped.';
  }
}
