import { stat } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { env, ProgressLocation, Uri, window } from 'vscode';
import { logPath } from '../../../log/log-files.ts';
import type { Editor } from '../../editor.ts';
import { firstProblem } from '../../status-bar/problem.ts';

/** The key goes onto the clipboard and nowhere else. */
export async function copyKey({ link }: Editor): Promise<void> {
  const { key } = await link.ready();
  await env.clipboard.writeText(key);
  window.setStatusBarMessage(l10n.t('Copied the gateway key'), 4000);
}

/** Starts the gateway of this window anew, or finds the one of another window again. */
export async function restartGateway({ link, live }: Editor): Promise<void> {
  const before = link.state;
  await window
    .withProgress({ location: ProgressLocation.Window, title: l10n.t('Restarting the gateway') }, async () => {
      await link.restart();
      await link.ready();
    })
    .then(undefined, (error: unknown) => {
      if (link.state.is !== 'failed') throw error;
    });
  await live.refresh();
  const after = link.state;
  // At length that is told by the notification, once.
  if (after.is === 'failed') window.setStatusBarMessage(l10n.t('The gateway cannot run: {0}', firstProblem(after.message)), 8000);
  if (after.is !== 'ready') return;
  const isOthers = before.is === 'ready' && !before.owner && !after.owner;
  const text = isOthers
    ? l10n.t('The gateway runs in another window (process {0}); this window is connected to it again.', after.pid)
    : l10n.t('The gateway listens on {0}.', after.url);
  window.setStatusBarMessage(text, 6000);
}

/** The log of this window; what the gateway of another window wrote is in the file, which the log names as a link. */
export async function showLog({ log, context }: Editor): Promise<void> {
  const path = logPath(context.globalStorageUri.fsPath);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (isThere) log.info(l10n.t('The log of the gateway, whichever window it runs in: {0}', Uri.file(path).toString()));
  log.show();
}
