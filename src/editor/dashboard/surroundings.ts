import { homedir } from 'node:os';
import { basename } from 'node:path';
import * as l10n from '@vscode/l10n';
import { commands, env, Uri, window, workspace } from 'vscode';
import type { Command } from '../contributions.ts';
import type { ViewItem } from '../views/item.ts';
import type { Surroundings } from './session/deps.ts';

/** VS Code around the dashboard. */
export function surroundingsOf(): Surroundings {
  return {
    run: async (command, ref) => {
      if (!(await isAllowed(command))) return;
      const item: ViewItem | undefined = ref && { id: 'dashboard', ref };
      await commands.executeCommand(command, item);
    },
    copy: async (text) => await env.clipboard.writeText(text),
    saveFile: async (name, text) => {
      const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
      const place = await window.showSaveDialog({ defaultUri: Uri.joinPath(folder, basename(name)) });
      if (!place) return false;
      await workspace.fs.writeFile(place, new TextEncoder().encode(text));
      return true;
    },
  };
}

/**
 * VS Code lets a webview read the clipboard, so a page must not have a key put there by itself: this one command, which asks nothing, is
 * confirmed outside of the page. The others that hand out or take away a key ask by themselves (src/editor/tools/flows, sign-out.ts).
 */
async function isAllowed(command: Command): Promise<boolean> {
  if (command !== 'omniroute.copyKey') return true;
  const copy = l10n.t('Copy');
  const detail = l10n.t('The dashboard asks for it. Whoever has the key can use the gateway.');
  return (await window.showWarningMessage(l10n.t('Copy the gateway key to the clipboard?'), { modal: true, detail }, copy)) === copy;
}
