import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { Range, Uri, window, workspace } from 'vscode';
import type { Editor } from '../../editor.ts';
import { problemPlace } from './config-place.ts';

const EXPLAINED = 'omniroute.configExplained';

/** Opens `config.json`; at the problem, when a message tells one. */
export async function openConfigFile(editor: Editor, message?: string): Promise<void> {
  const folder = editor.context.globalStorageUri.fsPath;
  const path = join(folder, 'config.json');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The smallest that is good; a file that is there stays.
  await writeFile(path, '{ "version": 1 }\n', { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const place = message === undefined ? undefined : await problemPlace(message, await readFile(path, 'utf8'));
  const selection = place && new Range(place.line - 1, place.column - 1, place.line - 1, place.column - 1);
  await window.showTextDocument(await workspace.openTextDocument(Uri.file(path)), { preview: false, ...(selection ? { selection } : {}) });
  await explain(editor);
}

/** At length the first time, then in passing. */
async function explain({ context: { globalState } }: Editor): Promise<void> {
  if (globalState.get(EXPLAINED)) {
    window.setStatusBarMessage(l10n.t('What you save in this file holds from the next request on.'), 8000);
    return;
  }
  await globalState.update(EXPLAINED, true);
  void window.showInformationMessage(
    l10n.t(
      'This is the configuration the gateway works with: what you save holds from the next request on. While the file is broken, the last good one stays in use. Keys are not in it.',
    ),
  );
}
