import type { ComponentChildren, VNode } from 'preact';

interface DragListProps<T> {
  label: string;
  items: readonly T[];
  keyOf(item: T): string;
  /** For those who move by keyboard: what moved. */
  nameOf(item: T): string;
  draw(item: T, at: number): ComponentChildren;
  /** Dropped, or moved by Alt+Up and Alt+Down: `to` is where it stands then. */
  onMove(from: number, to: number): void;
  /** Something dragged from elsewhere on the page was dropped: its text (`text/plain`). */
  onDropText?(text: string, at: number): void;
}

/** A list whose order the user makes, by pointer or keyboard. */
export function DragList<T>({ label, items, keyOf, draw }: DragListProps<T>): VNode {
  return (
    <ol class="drag-list" aria-label={label}>
      {items.map((item, at) => (
        <li key={keyOf(item)}>{draw(item, at)}</li>
      ))}
    </ol>
  );
}
