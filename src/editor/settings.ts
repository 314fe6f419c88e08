import { ConfigurationTarget, workspace } from 'vscode';
import type { Setting, Settings } from './contributions.ts';
import type { Disposable } from './emitter.ts';

const SECTION = 'omniroute';

/** What stands in the package's own declaration, for a value that somebody broke by hand or that the editor does not know yet. */
const DEFAULTS: Settings = {
  port: 20128,
  'statusBar.show': 'auto',
  'notifications.quota': true,
  'notifications.unavailable': true,
  'notifications.signIn': true,
  'notifications.budget': true,
  'notifications.gateway': true,
  'models.hidden': [],
  'copilotBridge.enabled': false,
  autoSetup: [],
};

const SHOWN: readonly string[] = ['auto', 'quota', 'cost', 'requests', 'icon', 'hidden'] satisfies Settings['statusBar.show'][];

const GOOD: { [K in Setting]: (value: unknown) => boolean } = {
  port: (value) => Number.isInteger(value),
  'statusBar.show': (value) => typeof value === 'string' && SHOWN.includes(value),
  'notifications.quota': isBoolean,
  'notifications.unavailable': isBoolean,
  'notifications.signIn': isBoolean,
  'notifications.budget': isBoolean,
  'notifications.gateway': isBoolean,
  'models.hidden': isTexts,
  'copilotBridge.enabled': isBoolean,
  autoSetup: isTexts,
};

/** One of our settings, as it is now; the default where what the user wrote is of another kind. */
export function readSetting<K extends Setting>(name: K): Settings[K] {
  const value = workspace.getConfiguration(SECTION).get<Settings[K]>(name);
  return value !== undefined && GOOD[name](value) ? value : DEFAULTS[name];
}

/** Writes a setting for this machine, where all of ours belong. */
export async function writeSetting<K extends Setting>(name: K, value: Settings[K]): Promise<void> {
  await workspace.getConfiguration(SECTION).update(name, value, ConfigurationTarget.Global);
}

/** Calls back with the new value each time the setting changes. */
export function onSettingChange<K extends Setting>(name: K, changed: (value: Settings[K]) => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${SECTION}.${name}`)) changed(readSetting(name));
  });
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
