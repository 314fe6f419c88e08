import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { type ExtensionContext, extensions } from 'vscode';
import type { Machine } from '../../clients/client.ts';

/** This machine as the extension host sees it. The storage of an extension always lies in the default profile's `User` folder. */
export function machineOf({ globalStorageUri }: Pick<ExtensionContext, 'globalStorageUri'>): Machine & { editorUser: string } {
  return {
    platform: process.platform,
    home: homedir(),
    env: process.env,
    editorUser: dirname(dirname(globalStorageUri.fsPath)),
    extensions: new Map(extensions.all.map(({ id, packageJSON }) => [id.toLowerCase(), versionOf(packageJSON)])),
  };
}

function versionOf(manifest: unknown): string {
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return typeof version === 'string' ? version : '';
}
