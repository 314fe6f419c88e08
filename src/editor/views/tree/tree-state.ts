import type { ItemRef, ViewItem } from '../item.ts';
import type { ViewNode } from './node.ts';

/** A node's place in the tree: one object for as long as the thing is shown, since VS Code knows items by identity. */
export class TreeEntry implements ViewItem {
  node: ViewNode;
  readonly parent: TreeEntry | undefined;
  children: TreeEntry[] = [];

  constructor(node: ViewNode, parent: TreeEntry | undefined) {
    this.node = node;
    this.parent = parent;
  }

  get id(): string {
    return this.node.id;
  }

  get ref(): ItemRef {
    return this.node.ref;
  }
}

/** What must be drawn again: everything, or these (with what is below them). */
export type Changed = 'all' | readonly TreeEntry[];

/** The tree as it is drawn; compared with the next one, so that only what changed is drawn again. */
export class TreeState {
  roots: TreeEntry[] = [];
  #byId = new Map<string, TreeEntry>();

  find(id: string): TreeEntry | undefined {
    return this.#byId.get(id);
  }

  update(nodes: readonly ViewNode[]): Changed {
    const before = this.#byId;
    this.#byId = new Map();
    const changed: TreeEntry[] = [];
    const { entries, moved } = this.#reconcile(nodes, this.roots, undefined, before, changed);
    this.roots = entries;
    return moved ? 'all' : changed;
  }

  #reconcile(
    nodes: readonly ViewNode[],
    drawn: readonly TreeEntry[],
    parent: TreeEntry | undefined,
    before: ReadonlyMap<string, TreeEntry>,
    changed: TreeEntry[],
  ): { entries: TreeEntry[]; moved: boolean } {
    const entries = nodes.map((node) => this.#entry(node, parent, before, changed));
    const moved = entries.length !== drawn.length || entries.some((entry, index) => entry !== drawn[index]);
    return { entries, moved };
  }

  #entry(node: ViewNode, parent: TreeEntry | undefined, before: ReadonlyMap<string, TreeEntry>, changed: TreeEntry[]): TreeEntry {
    const known = before.get(node.id);
    // Under another parent it is another item.
    const entry = known && known.parent === parent ? known : new TreeEntry(node, parent);
    this.#byId.set(node.id, entry);
    const other = face(entry.node) !== face(node);
    entry.node = node;
    const below: TreeEntry[] = [];
    const { entries, moved } = this.#reconcile(node.children ?? [], entry.children, entry, before, below);
    entry.children = entries;
    // Drawing an item draws what is below it.
    if (other || moved) changed.push(entry);
    else changed.push(...below);
    return entry;
  }
}

/** Everything of a node that is seen, its children apart. */
function face({ children, ...seen }: ViewNode): string {
  return JSON.stringify([seen, children !== undefined && children.length > 0]);
}
