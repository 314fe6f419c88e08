import * as l10n from '@vscode/l10n';
import { Disposable } from 'vscode';
import { handle } from '../commands/handler.ts';
import type { Editor } from '../editor.ts';
import { vscodeUi } from '../input/vscode-ui.ts';
import { onSettingChange, readSetting, writeSetting } from '../settings.ts';
import type { EditorModel } from './editor-api.ts';
import type { SwitchContext } from './switch.ts';
import { consentWanted, editorModels } from './window-bridge.ts';

/** The commands that turn the bridge on and off, and the question for consent when a tool asks for a model that has none. */
export function register(editor: Editor): Disposable {
  const context = contextOf(editor);
  const lazy = () => import('./switch.ts');
  const mend = async (): Promise<void> => {
    if (!readSetting('copilotBridge.enabled') || editor.link.state.is !== 'ready' || !editor.link.state.owner) return;
    await (await lazy()).resetHealth(context);
  };
  const mendQuietly = (): void => void mend().catch((error: unknown) => editor.log.warn(`bridge: ${String(error)}`));
  return Disposable.from(
    handle(editor, 'omniroute.bridge.turnOn', async () => (await lazy()).turnOn(context)),
    handle(editor, 'omniroute.bridge.turnOff', async () => (await lazy()).turnOff(context)),
    onSettingChange('copilotBridge.enabled', mendQuietly),
    askWhenWanted(editor, context),
  );
}

function contextOf(editor: Editor): SwitchContext {
  return {
    ...editorModels(editor.context),
    ui: vscodeUi,
    admin: editor.admin,
    setEnabled: (value) => writeSetting('copilotBridge.enabled', value),
  };
}

/** Once a vendor and window: VS Code's own dialog must follow something the user did. */
function askWhenWanted(editor: Editor, context: SwitchContext): Disposable {
  const asked = new Set<string>();
  const ask = async (model: EditorModel): Promise<void> => {
    const allow = l10n.t('Allow…');
    const words = l10n.t('A tool asked the gateway for {0}, which VS Code has not allowed OmniRoute to use yet.', model.name);
    if ((await vscodeUi.tell('warning', words, allow)) !== allow) return;
    const { askConsent } = await import('./switch.ts');
    await askConsent(context, [model]);
  };
  return consentWanted.event((model) => {
    if (asked.has(model.vendor)) return;
    asked.add(model.vendor);
    ask(model).catch((error: unknown) => editor.log.warn(`bridge: ${String(error)}`));
  });
}
