import * as l10n from '@vscode/l10n';
import { Disposable, env, window } from 'vscode';
import type { Editor } from '../../editor.ts';
import { withHidden, withShown } from '../../model-list/setting.ts';
import { readSetting, writeSetting } from '../../settings.ts';
import type { ItemRef } from '../../views/item.ts';
import { itemsOf } from '../../views/selection.ts';
import { command } from '../handler.ts';

/** The commands about models: the name that tools ask for, and whether Copilot Chat lists it. */
export function register(editor: Editor): Disposable {
  return Disposable.from(
    command(editor, 'omniroute.model.copyName', async (item, all) => copyNames(itemsOf(item, all).flatMap(({ ref }) => nameOf(ref) ?? []))),
    command(editor, 'omniroute.model.hide', (item, all) => change(editor, withHidden, modelsOf(item, all))),
    command(editor, 'omniroute.model.show', (item, all) => change(editor, withShown, modelsOf(item, all))),
  );
}

async function change(editor: Editor, changed: typeof withShown, names: readonly string[]): Promise<void> {
  const { models, accounts } = editor.live.snapshot;
  await writeSetting('models.hidden', changed(names, models, accounts, readSetting('models.hidden')));
}

function modelsOf(item: unknown, all: unknown): string[] {
  return itemsOf(item, all).flatMap(({ ref }) => (ref.kind === 'model' ? [ref.model] : []));
}

/** The name a tool asks for. */
function nameOf(ref: ItemRef): string | undefined {
  switch (ref.kind) {
    case 'model':
      return ref.model;
    case 'target':
      return ref.target;
    case 'combo':
      return ref.combo;
    case 'auto':
      return ref.name;
    case 'group':
    case 'account':
    case 'quota-account':
    case 'window':
    case 'budget':
    case 'request':
    case 'tool':
    case 'copy':
      return undefined;
  }
}

async function copyNames(names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const text = names.join('\n');
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(names.length === 1 ? l10n.t('Copied {0}.', text) : l10n.t('Copied {0} names.', names.length), 3000);
}
