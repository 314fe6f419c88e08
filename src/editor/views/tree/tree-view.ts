import { Disposable, EventEmitter, type TreeDataProvider, type TreeDragAndDropController, type TreeView, window } from 'vscode';
import type { View } from '../../contributions.ts';
import type { Editor } from '../../editor.ts';
import type { Event } from '../../emitter.ts';
import type { Slice, Snapshot } from '../../live/snapshot.ts';
import type { ViewNode } from './node.ts';
import { Repaint } from './repaint.ts';
import { treeItem } from './tree-item.ts';
import { type TreeEntry, TreeState } from './tree-state.ts';

export interface TreeSpec {
  view: View;
  /** What the tree is made of: other changes do not concern it. */
  slices: readonly Slice[];
  nodes(snapshot: Snapshot, now: number): ViewNode[];
  /** What else changes it. */
  also?: readonly Event<unknown>[];
  /** Called when it is first seen. */
  firstSeen?(): void;
  dragAndDrop?: TreeDragAndDropController<TreeEntry>;
  manySelected?: boolean;
}

export interface Tree extends Disposable {
  view: TreeView<TreeEntry>;
  state: TreeState;
}

const MINUTE_MS = 60_000;

/** A tree that follows the live state while it is seen. */
export function createTree(editor: Editor, spec: TreeSpec): Tree {
  const state = new TreeState();
  const changes = new EventEmitter<TreeEntry[] | undefined>();
  const draw = (): void => {
    const changed = state.update(spec.nodes(editor.live.snapshot, Date.now()));
    if (changed === 'all') changes.fire(undefined);
    else if (changed.length > 0) changes.fire([...changed]);
  };
  const repaint = new Repaint(draw);
  const view = window.createTreeView(spec.view, {
    treeDataProvider: provider(state, changes),
    dragAndDropController: spec.dragAndDrop,
    canSelectMany: spec.manySelected ?? false,
    showCollapseAll: false,
  });
  const listeners = [
    editor.live.onDidChange((slices) => spec.slices.some((slice) => slices.has(slice)) && repaint.changed()),
    ...(spec.also ?? []).map((event) => event(() => repaint.changed())),
  ];
  const all = Disposable.from(whileSeen(view, repaint, spec), view, changes, repaint, ...listeners);
  return { view, state, dispose: () => all.dispose() };
}

function provider(state: TreeState, changes: EventEmitter<TreeEntry[] | undefined>): TreeDataProvider<TreeEntry> {
  return {
    onDidChangeTreeData: changes.event,
    getTreeItem: treeItem,
    getChildren: (entry) => entry?.children ?? state.roots,
    getParent: (entry) => entry.parent,
  };
}

/** Times pass without an event: what is seen is drawn anew once a minute. */
function whileSeen(view: TreeView<TreeEntry>, repaint: Repaint, spec: TreeSpec): Disposable {
  let timer: ReturnType<typeof setInterval> | undefined;
  let fresh = true;
  const follow = (): void => {
    clearInterval(timer);
    if (view.visible) {
      if (fresh) spec.firstSeen?.();
      fresh = false;
      timer = setInterval(() => repaint.changed(), MINUTE_MS);
    }
    repaint.visible(view.visible);
  };
  const listener = view.onDidChangeVisibility(follow);
  follow();
  return new Disposable(() => {
    clearInterval(timer);
    listener.dispose();
  });
}
