import { homedir } from 'node:os';
import { basename } from 'node:path';
import { commands, env, Uri, window, workspace } from 'vscode';
import type { ViewItem } from '../views/item.ts';
import type { Surroundings } from './session/deps.ts';

/** VS Code around the dashboard. */
export function surroundingsOf(): Surroundings {
  return {
    run: async (command, ref) => {
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
