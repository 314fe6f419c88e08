import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { commands, Uri, window, workspace } from 'vscode';
import type { Target } from './export-backup.ts';

/** Asks where to save a zip. On this side's disk only the user may read it. */
export async function saveZip(suggested: string): Promise<Target | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const home = process.env.HOME ?? process.env.USERPROFILE;
  // Not into the workspace, where it would be committed.
  const defaultUri = home ? Uri.file(join(home, suggested)) : folder && Uri.joinPath(folder, '..', suggested);
  const uri = await window.showSaveDialog({ filters: { ZIP: ['zip'] }, ...(defaultUri ? { defaultUri } : {}) });
  if (!uri) return undefined;
  return {
    name: basename(uri.path),
    write: async (bytes) => {
      if (uri.scheme === 'file') await writeFile(uri.fsPath, bytes, { mode: 0o600 });
      else await workspace.fs.writeFile(uri, bytes);
    },
    reveal: async () => {
      // Only a desktop has a place where files are shown; elsewhere the editor opens what it can.
      await commands.executeCommand('revealFileInOS', uri).then(undefined, () => commands.executeCommand('vscode.open', uri));
    },
  };
}

/** Asks for a zip and reads it. `most`: more bytes are not even read. */
export async function openZip(most: number): Promise<{ name: string; bytes: Uint8Array } | undefined> {
  const [uri] = (await window.showOpenDialog({ canSelectMany: false, filters: { ZIP: ['zip'] } })) ?? [];
  if (!uri) return undefined;
  const { size } = await workspace.fs.stat(uri);
  if (size > most) throw new Error(l10n.t('{0} is too large for a backup of OmniRoute.', basename(uri.path)));
  const bytes = uri.scheme === 'file' ? await readFile(uri.fsPath) : await workspace.fs.readFile(uri);
  return { name: basename(uri.path), bytes };
}
