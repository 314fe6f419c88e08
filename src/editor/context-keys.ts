import { commands, Disposable } from 'vscode';
import { CONTEXT_KEYS, type ContextKey } from './contributions.ts';
import type { Editor } from './editor.ts';
import type { Snapshot } from './live/snapshot.ts';
import { onSettingChange, readSetting } from './settings.ts';
import { contextValues } from './views/context-values.ts';

/** Keeps the keys of `when` clauses as things are; the only place that sets them. */
export function register({ live, link }: Editor): Disposable {
  const set = new Map<ContextKey, string | boolean>();
  const update = (): void => {
    const snapshot: Snapshot = { ...live.snapshot, link: link.state };
    const values = contextValues(snapshot, readSetting('copilotBridge.enabled'));
    for (const key of CONTEXT_KEYS) {
      if (set.get(key) === values[key]) continue;
      set.set(key, values[key]);
      void commands.executeCommand('setContext', key, values[key]);
    }
  };
  update();
  return Disposable.from(live.onDidChange(update), link.onDidChange(update), onSettingChange('copilotBridge.enabled', update));
}
