import type { Disposable, TreeView } from 'vscode';
import type { ViewItem } from './item.ts';

let selected: readonly ViewItem[] = [];

/** Keeps what is selected in the tree that was used last: keyboard shortcuts call commands without an item. */
export function follow(view: TreeView<ViewItem>): Disposable {
  return view.onDidChangeSelection(({ selection }) => {
    selected = selection;
  });
}

/**
 * What a command is about: all selected items when it was called on one of them (VS Code hands both over), the item itself, or, for
 * a shortcut, the selection.
 */
export function itemsOf(argument: unknown, all: unknown): readonly ViewItem[] {
  if (Array.isArray(all) && all.length > 0) return all.filter(isItem);
  return isItem(argument) ? [argument] : selected;
}

function isItem(argument: unknown): argument is ViewItem {
  return typeof argument === 'object' && argument !== null && 'ref' in argument;
}
