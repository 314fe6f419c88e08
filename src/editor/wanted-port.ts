import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ExtensionContext, env, UIKind, workspace } from 'vscode';
import { readSetting } from './settings.ts';

/**
 * The port the user wants. To VS Code in a browser its server is a remote: settings of machine scope count in the server's Machine
 * folder, and one that stands in the User settings is passed over without a word (seen in code-server 4.139). Who wrote it there meant it.
 */
export async function wantedPort({ globalStorageUri }: Pick<ExtensionContext, 'globalStorageUri'>): Promise<number> {
  const isSet = workspace.getConfiguration('omniroute').inspect('port')?.globalValue !== undefined;
  if (isSet || env.uiKind !== UIKind.Web) return readSetting('port');
  return (await portIn(join(dirname(dirname(globalStorageUri.fsPath)), 'settings.json'))) ?? readSetting('port');
}

async function portIn(path: string): Promise<number | undefined> {
  try {
    const { parse } = await import('jsonc-parser');
    const settings: unknown = parse(await readFile(path, 'utf8'));
    const port: unknown =
      typeof settings === 'object' && settings !== null && 'omniroute.port' in settings ? settings['omniroute.port'] : 0;
    return typeof port === 'number' && Number.isInteger(port) && port >= 1024 && port <= 65535 ? port : undefined;
  } catch {
    return undefined;
  }
}
