import * as l10n from '@vscode/l10n';
import { commands } from 'vscode';
import type { Editor } from '../../editor.ts';
import { vscodeUi as ui } from '../../input/vscode-ui.ts';
import { modelToTry, triedText, tryModel } from './try-it.ts';

/** One small request through the gateway, its answer, and the view that shows where it went. */
export async function tryIt({ link, live }: Editor): Promise<void> {
  const model = modelToTry(live.snapshot);
  const tried = await ui.progress(l10n.t('Asking {0}', model), async (signal) => {
    await link.ready(signal);
    return await tryModel(link, model, l10n.t('Say hello in one short sentence.'), signal);
  });
  if (tried.is !== 'value') return;
  await commands.executeCommand('omniroute.requests.focus');
  const result = tried.value;
  const add = l10n.t('Add a Provider');
  const buttons = model === 'auto' ? [] : [add];
  const chosen = await ui.tell(result.ok ? 'info' : 'error', triedText(result), ...buttons);
  if (chosen === add) await commands.executeCommand('omniroute.addProvider');
}
