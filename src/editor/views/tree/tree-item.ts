import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { NodeIcon } from './node.ts';
import type { TreeEntry } from './tree-state.ts';

/** A node as VS Code draws it. */
export function treeItem(entry: TreeEntry): TreeItem {
  const { id, label, description, tooltip, icon, contextValue, spoken, command, children, expanded } = entry.node;
  const item = new TreeItem(label, collapsible(children !== undefined && children.length > 0, expanded === true));
  item.id = id;
  item.description = description;
  item.tooltip = tooltip === undefined ? label : new MarkdownString(tooltip);
  item.iconPath = icon && themeIcon(icon);
  item.contextValue = contextValue;
  item.accessibilityInformation = { label: spoken };
  if (command) item.command = { ...command, arguments: [entry] };
  return item;
}

function collapsible(parent: boolean, expanded: boolean): TreeItemCollapsibleState {
  if (!parent) return TreeItemCollapsibleState.None;
  return expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function themeIcon({ id, color }: NodeIcon): ThemeIcon {
  return new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
}
