import { commands, env, ProgressLocation, Uri, window } from 'vscode';
import { askFor } from './input-box.ts';
import { pickOne, pickSeveral } from './quick-pick.ts';
import type { Ui, Waited } from './ui.ts';

/** The questions as VS Code asks them. */
export const vscodeUi: Ui = {
  pick: pickOne,
  pickMany: pickSeveral,
  ask: askFor,
  confirm: async ({ message, detail }, ...actions) => window.showWarningMessage(message, { modal: true, detail }, ...actions),
  tell: async (kind, message, ...actions) => {
    switch (kind) {
      case 'info':
        return window.showInformationMessage(message, ...actions);
      case 'warning':
        return window.showWarningMessage(message, ...actions);
      case 'error':
        return window.showErrorMessage(message, ...actions);
    }
  },
  progress: withCancel,
  open: async (url) => {
    await env.openExternal(Uri.parse(url, true));
  },
  run: async (command, ...args) => {
    await commands.executeCommand(command, ...args);
  },
};

async function withCancel<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<Waited<T>> {
  const abort = new AbortController();
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const left = token.onCancellationRequested(() => abort.abort());
    try {
      const value = await work(abort.signal, (message) => progress.report({ message }));
      return { is: 'value', value };
    } catch (thrown) {
      if (abort.signal.aborted) return { is: 'cancelled' };
      throw thrown;
    } finally {
      left.dispose();
    }
  });
}
