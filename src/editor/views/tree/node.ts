import type { ItemRef } from '../item.ts';

/** A codicon, and the theme's colour where the state has one; the shape alone tells the state too. */
export interface NodeIcon {
  id: string;
  color?: string;
}

/** One line of a tree as plain data: what VS Code shows, without VS Code. */
export interface ViewNode {
  /** The same for the same thing however it changes: keeps what is expanded and selected. */
  id: string;
  ref: ItemRef;
  label: string;
  description?: string;
  /** Markdown; values in it are escaped. */
  tooltip?: string;
  icon?: NodeIcon;
  /** What the `when`s in package.json read. */
  contextValue?: string;
  /** What a screen reader says: the label, and what the icon shows. */
  spoken: string;
  /** Runs when it is picked; gets the item. */
  command?: { command: string; title: string };
  /** Absent: a leaf. */
  children?: readonly ViewNode[];
  expanded?: boolean;
}

/** Colours every theme has, high contrast too. */
export const COLORS = {
  good: 'testing.iconPassed',
  warning: 'list.warningForeground',
  bad: 'list.errorForeground',
  off: 'disabledForeground',
} as const;
