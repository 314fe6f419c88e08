import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { AdminApi } from './admin/api.ts';
import type { Link } from './link/link.ts';
import type { Live } from './live/snapshot.ts';

/**
 * What every feature of the extension works with. A feature is a file or folder that exports `register(editor)`, gives what is to be
 * disposed of, and is named in extension.ts.
 */
export interface Editor {
  context: ExtensionContext;
  log: LogOutputChannel;
  link: Link;
  admin: AdminApi;
  live: Live;
}
