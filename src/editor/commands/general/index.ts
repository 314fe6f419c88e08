import * as l10n from '@vscode/l10n';
import { commands, Disposable, env, window } from 'vscode';
import type { Command } from '../../contributions.ts';
import type { Editor } from '../../editor.ts';
import { vscodeUi as ui } from '../../input/vscode-ui.ts';
import { refOf } from '../../views/item.ts';
import { command } from '../handler.ts';
import { addresses } from './addresses.ts';
import { exportCommand, importCommand, restoreCopyCommand, saveDiagnosticsCommand, signOutCommand } from './data-commands.ts';
import { copyKey, restartGateway, showLog } from './gateway-commands.ts';
import { menuItems } from './menu.ts';
import { openConfigFile } from './open-config.ts';
import { tryIt } from './try-it-command.ts';

/** The commands that are about no one account or combo. */
export function register(editor: Editor): Disposable {
  const runs: [Command, () => Promise<void>][] = [
    ['omniroute.menu', () => menu(editor)],
    ['omniroute.getStarted', () => getStarted(editor)],
    ['omniroute.refresh', () => editor.live.refresh()],
    ['omniroute.copyBaseUrl', () => copyBaseUrl(editor)],
    ['omniroute.copyKey', () => copyKey(editor)],
    ['omniroute.restartGateway', () => restartGateway(editor)],
    ['omniroute.openConfig', () => openConfigFile(editor)],
    ['omniroute.showLog', () => showLog(editor)],
    ['omniroute.exportBackup', () => exportCommand(editor)],
    ['omniroute.importBackup', () => importCommand(editor)],
    ['omniroute.saveDiagnostics', () => saveDiagnosticsCommand(editor)],
    ['omniroute.signOut', () => signOutCommand(editor)],
    ['omniroute.resetHealth', () => resetHealth(editor)],
    ['omniroute.tryIt', () => tryIt(editor)],
    ['omniroute.chooseLanguage', () => ui.run('workbench.action.configureLocale')],
    ['omniroute.openSettings', () => ui.run('workbench.action.openSettings', `@ext:${editor.context.extension.id}`)],
  ];
  return Disposable.from(
    ...runs.map(([name, run]) => command(editor, name, run)),
    command(editor, 'omniroute.restoreCopy', async (argument) => {
      const ref = refOf(argument);
      await restoreCopyCommand(editor, ref?.kind === 'copy' ? ref.copy : undefined);
    }),
  );
}

async function menu({ live }: Editor): Promise<void> {
  const items = menuItems(live.snapshot, Date.now());
  const answer = await ui.pick({ title: l10n.t('OmniRoute'), placeholder: l10n.t('What would you like to do?'), items });
  if (answer.is === 'value') await commands.executeCommand(answer.value);
}

async function getStarted({ context }: Editor): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#omniroute.start`, false);
}

async function copyBaseUrl({ link }: Editor): Promise<void> {
  const { url } = await link.ready();
  const placeholder = l10n.t('Which API does the tool speak?');
  const answer = await ui.pick({ title: l10n.t('Copy Base URL'), placeholder, items: addresses(url) });
  if (answer.is !== 'value') return;
  await env.clipboard.writeText(answer.value);
  window.setStatusBarMessage(l10n.t('Copied {0}', answer.value), 4000);
}

async function resetHealth({ admin, live }: Editor): Promise<void> {
  const count = await admin.resetHealth();
  await live.refresh('health', 'accounts');
  window.setStatusBarMessage(count === 0 ? l10n.t('There was nothing to forget.') : l10n.t('Cool-downs forgotten: {0}', count), 4000);
}
