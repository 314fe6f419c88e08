import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import { FIRST_KEY_SECRET } from '../../../gateway/first-key.ts';
import type { Editor } from '../../editor.ts';
import { vscodeUi as ui } from '../../input/vscode-ui.ts';
import { listedVault } from './vault.ts';

/** Each loads what it does when it is asked to: none of it is needed to start. */

const folderOf = ({ context }: Editor): string => context.globalStorageUri.fsPath;

export async function exportCommand(editor: Editor): Promise<void> {
  const [{ exportBackup }, { saveZip }] = await Promise.all([import('./export-backup.ts'), import('./files.ts')]);
  await exportBackup({ ui, folder: folderOf(editor), vault: listedVault(editor.context.secrets), save: saveZip, now: new Date() });
}

export async function importCommand(editor: Editor): Promise<void> {
  const [{ importBackup, importedText }, { openZip }, { MOST_BYTES }] = await Promise.all([
    import('./import-backup.ts'),
    import('./files.ts'),
    import('../../../backup/zip.ts'),
  ]);
  const vault = listedVault(editor.context.secrets);
  const live = editor.link.state.is === 'ready';
  const before = await vault.get(FIRST_KEY_SECRET);
  const imported = await importBackup({ ui, folder: folderOf(editor), vault, open: () => openZip(MOST_BYTES), live, now: new Date() });
  if (!imported) return;
  await again(editor, (await vault.get(FIRST_KEY_SECRET)) !== before);
  const change = l10n.t('Show Accounts');
  const message = importedText(imported);
  const chosen =
    imported.withoutKey.length > 0
      ? await window.showWarningMessage(message, change)
      : await window.showInformationMessage(message, change);
  if (chosen === change) await ui.run('omniroute.providers.focus');
}

/** `name`: of the copy; absent: the user chooses. */
export async function restoreCopyCommand(editor: Editor, name: string | undefined): Promise<void> {
  const { restoreBackupCopy } = await import('./restore-copy.ts');
  const vault = listedVault(editor.context.secrets);
  const withoutKey = await restoreBackupCopy({
    ui,
    folder: folderOf(editor),
    vault,
    name,
    live: editor.link.state.is === 'ready',
    now: new Date(),
  });
  if (!withoutKey) return;
  await editor.live.refresh();
  if (withoutKey.length > 0)
    void window.showWarningMessage(l10n.t('Restored. These accounts need their key again: {0}', withoutKey.join(', ')));
  else window.setStatusBarMessage(l10n.t('Restored.'), 4000);
}

export async function saveDiagnosticsCommand(editor: Editor): Promise<void> {
  const [{ saveDiagnostics }, { saveZip }] = await Promise.all([import('./diagnostics.ts'), import('./files.ts')]);
  const vault = listedVault(editor.context.secrets);
  await saveDiagnostics({ ui, folder: folderOf(editor), vault, link: editor.link, save: saveZip, env: process.env, now: new Date() });
}

export async function signOutCommand(editor: Editor): Promise<void> {
  const [{ signOut, toRemove }, { signedOutText, signOutQuestion }] = await Promise.all([
    import('./sign-out.ts'),
    import('./sign-out-question.ts'),
  ]);
  const folder = folderOf(editor);
  const go = l10n.t('Sign Out');
  if ((await ui.confirm(signOutQuestion(await toRemove(folder)), go)) !== go) return;
  const vault = listedVault(editor.context.secrets);
  const live = editor.link.state.is === 'ready';
  const gone = await ui.progress(l10n.t('Signing out of OmniRoute'), () => signOut({ folder, vault, live, now: new Date() }));
  await again(editor, true);
  // What was learned of the accounts goes with them; of those that are no account's any more, here.
  if (editor.link.state.is === 'ready') await editor.admin.resetHealth().catch((error: unknown) => editor.log.warn(String(error)));
  if (gone.is === 'value') void window.showInformationMessage(signedOutText(gone.value));
}

/** Shows what there is now; with another key of the installation, this window finds its gateway anew. */
async function again({ link, live }: Editor, otherKey: boolean): Promise<void> {
  if (otherKey && link.state.is === 'ready') await link.restart();
  await live.refresh();
}
