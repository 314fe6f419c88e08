import { Disposable } from 'vscode';
import type { Editor } from '../../editor.ts';
import { vscodeUi } from '../../input/vscode-ui.ts';
import { pendingOf } from '../../views/index.ts';
import { refOf } from '../../views/item.ts';
import { itemsOf } from '../../views/selection.ts';
import { command } from '../handler.ts';
import type { VirtualDocuments } from '../virtual-documents.ts';
import type { ComboDesk } from './desk.ts';
import { addTargets, changeStrategy, moveTarget, removeCombo, removeTargets, renameCombo, switchCombo } from './edit-combo.ts';
import { explainCombo } from './explain-combo.ts';
import { newCombo } from './new-combo.ts';
import { testCombo } from './test-combo.ts';

/** The commands about combos. */
export function register(editor: Editor, documents: VirtualDocuments): Disposable {
  const { admin, live, link } = editor;
  const show = (title: string, text: string): Promise<void> => documents.show(title, text);
  const desk: ComboDesk = { ui: vscodeUi, admin, live, link, pending: pendingOf(editor), now: () => Date.now(), show };
  const first = (argument: unknown, all: unknown) => itemsOf(argument, all)[0]?.ref;
  return Disposable.from(
    command(editor, 'omniroute.combo.new', () => newCombo(desk)),
    command(editor, 'omniroute.combo.addTarget', (item) => addTargets(desk, refOf(item))),
    command(editor, 'omniroute.combo.strategy', (item) => changeStrategy(desk, refOf(item))),
    command(editor, 'omniroute.combo.rename', (item) => renameCombo(desk, refOf(item))),
    command(editor, 'omniroute.combo.enable', (item) => switchCombo(desk, refOf(item), true)),
    command(editor, 'omniroute.combo.disable', (item) => switchCombo(desk, refOf(item), false)),
    command(editor, 'omniroute.combo.remove', (item) => removeCombo(desk, refOf(item))),
    command(editor, 'omniroute.combo.test', (item) => testCombo(desk, refOf(item))),
    command(editor, 'omniroute.combo.explain', (item) => explainCombo(desk, refOf(item))),
    command(editor, 'omniroute.combo.moveUp', (item) => moveTarget(desk, first(item, undefined), -1)),
    command(editor, 'omniroute.combo.moveDown', (item) => moveTarget(desk, first(item, undefined), 1)),
    command(editor, 'omniroute.combo.removeTarget', (item, all) =>
      removeTargets(
        desk,
        itemsOf(item, all).map(({ ref }) => ref),
      ),
    ),
  );
}
