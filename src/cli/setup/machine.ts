import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Machine } from '../../clients/client.ts';
import type { Io } from '../io.ts';

/** This machine as its environment tells; home as Node finds it (`os.homedir`), of the environment that the command was given. */
export function thisMachine(env: Io['env'], platform: NodeJS.Platform = process.platform): Machine {
  const home = (platform === 'win32' ? env.USERPROFILE : env.HOME) || homedir();
  const editorUser = editorFolder(home, env, platform);
  return { platform, home, env, ...(existsSync(editorUser) ? { editorUser } : {}) };
}

/** VS Code's `User` folder of the default profile (code.visualstudio.com/docs/configure/settings). */
function editorFolder(home: string, env: Io['env'], platform: NodeJS.Platform): string {
  if (env.VSCODE_PORTABLE) return join(env.VSCODE_PORTABLE, 'user-data', 'User');
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Code', 'User');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Code', 'User');
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'Code', 'User');
}
