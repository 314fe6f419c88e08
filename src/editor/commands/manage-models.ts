import * as l10n from '@vscode/l10n';
import { commands, Disposable, QuickInputButtons, type QuickPick, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import type { ModelView } from '../admin/api.ts';
import type { Command } from '../contributions.ts';
import type { Editor } from '../editor.ts';
import { choicesOf } from '../language-model/model-choices.ts';
import { listedByThemselves, listedTest } from '../model-list/listed.ts';
import { patternsFor } from '../model-list/setting.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { command } from './handler.ts';

interface Item extends QuickPickItem {
  model: string | undefined;
}

/** Which models Copilot Chat's picker lists: a list of all of them, in which the listed ones are ticked. */
export function register(editor: Editor): Disposable {
  return command(editor, 'omniroute.manageModels', () => manage(editor));
}

async function manage(editor: Editor): Promise<void> {
  const box = window.createQuickPick<Item>();
  const buttons: Record<'provider' | 'combo', { iconPath: ThemeIcon; tooltip: string }> = {
    provider: { iconPath: new ThemeIcon('add'), tooltip: l10n.t('Add Provider…') },
    combo: { iconPath: new ThemeIcon('layers'), tooltip: l10n.t('New Combo…') },
  };
  box.title = l10n.t('Models in Copilot Chat');
  box.placeholder = l10n.t('Tick the models to list; type to search by name, provider or account.');
  box.canSelectMany = true;
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.ignoreFocusOut = true;
  box.buttons = [buttons.provider, buttons.combo];
  box.busy = true;
  box.show();
  try {
    if (!editor.live.snapshot.loaded) await editor.live.refresh('models', 'accounts');
    fill(box, editor);
    const next = await chosen(box, (button) => (button === buttons.provider ? 'omniroute.addProvider' : 'omniroute.combo.new'));
    if (next === 'save') await save(box, editor);
    else if (next) await commands.executeCommand(next);
  } finally {
    box.dispose();
  }
}

type Next = 'save' | Command | undefined;

function chosen(box: QuickPick<Item>, commandOf: (button: QuickPick<Item>['buttons'][number]) => Command): Promise<Next> {
  const listeners: Disposable[] = [];
  return new Promise<Next>((resolve) => {
    listeners.push(
      box.onDidAccept(() => resolve('save')),
      box.onDidHide(() => resolve(undefined)),
      box.onDidTriggerButton((button) => resolve(button === QuickInputButtons.Back ? undefined : commandOf(button))),
    );
  }).finally(() => Disposable.from(...listeners).dispose());
}

function fill(box: QuickPick<Item>, editor: Editor): void {
  const { models, accounts } = editor.live.snapshot;
  const isListed = listedTest(listedByThemselves(models, accounts), readSetting('models.hidden'));
  box.items = choicesOf(models, accounts).flatMap(({ group, models: inGroup }) => [
    { label: group, kind: QuickPickItemKind.Separator, model: undefined },
    ...inGroup.map(itemOf),
  ]);
  box.selectedItems = box.items.filter(({ model }) => model !== undefined && isListed(model));
  box.busy = false;
  if (models.length === 0) box.placeholder = l10n.t('No models yet. Add a provider with the button above.');
}

function itemOf({ name, title, kind, providers }: ModelView): Item {
  const description = kind === 'model' && title !== name ? title : '';
  return {
    label: name,
    description: [description, ...providers.map((provider) => provider.name)].filter(Boolean).join(' · '),
    model: name,
  };
}

async function save(box: QuickPick<Item>, editor: Editor): Promise<void> {
  const { models, accounts } = editor.live.snapshot;
  const ticked = new Set(box.selectedItems.flatMap(({ model }) => model ?? []));
  box.hide();
  await writeSetting('models.hidden', patternsFor(ticked, models, accounts, readSetting('models.hidden')));
}
