import * as l10n from '@vscode/l10n';
import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { gapAt, movedTo } from './drag-list/drop.ts';
import { Icon } from './icon.tsx';

export interface DragListProps<T> {
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
  /** Instead of the items while there are none; things can be dropped on it. */
  empty?: ComponentChildren;
}

/** A list whose order the user makes, by pointer or keyboard. The grip of an item takes Alt+Up and Alt+Down, and plain arrows. */
export function DragList<T>(props: DragListProps<T>): VNode {
  const { label, items, keyOf, nameOf, draw, onMove, empty } = props;
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const refocus = useFocusOn(list);
  const { gap, dragged, handlers, itemHandlers } = useDrag(list, props);
  const move = (from: number, to: number): void => {
    const item = items[from];
    if (item === undefined || to < 0 || to >= items.length) return;
    refocus(keyOf(item));
    onMove(from, to);
    setSaid(l10n.t('{0} is now number {1} of {2}.', nameOf(item), to + 1, items.length));
  };
  return (
    <>
      <ol ref={list} class={`drag-list${gap === undefined ? '' : ' over'}`} aria-label={label} {...handlers}>
        {items.map((item, at) => (
          <li
            key={keyOf(item)}
            data-key={keyOf(item)}
            class={itemClass(at, gap, items.length, dragged)}
            onKeyDown={(event) => {
              const by = stepOf(event);
              if (by === 0) return;
              event.preventDefault();
              move(at, at + by);
            }}
            {...itemHandlers(at)}
          >
            <button
              type="button"
              class="grip"
              aria-label={l10n.t('Move {0}', nameOf(item))}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              title={l10n.t('Drag, or press Alt+Up and Alt+Down')}
            >
              <Icon name="gripper" />
            </button>
            <div class="drag-item">{draw(item, at)}</div>
          </li>
        ))}
        {items.length === 0 && empty && <li class={`drag-empty${gap === undefined ? '' : ' over'}`}>{empty}</li>}
      </ol>
      <span class="said" aria-live="polite">
        {said}
      </span>
    </>
  );
}

/** −1, 1, or 0 for a key that moves nothing. On the grip itself the arrows alone will do. */
function stepOf({ key, altKey, ctrlKey, metaKey, target }: KeyboardEvent): number {
  const onGrip = target instanceof Element && target.classList.contains('grip');
  if (ctrlKey || metaKey || !(altKey || onGrip)) return 0;
  return key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
}

function itemClass(at: number, gap: number | undefined, count: number, dragged: number | undefined): string {
  const names = ['drag-row'];
  if (gap === at) names.push('drop-before');
  if (gap === count && at === count - 1) names.push('drop-behind');
  if (dragged === at) names.push('dragged');
  return names.join(' ');
}

interface ListRef {
  current: HTMLOListElement | null;
}

/** Moves the focus along with the item that was moved by keyboard. */
function useFocusOn(list: ListRef): (key: string) => void {
  const wanted = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const row = rowsOf(list).find(({ dataset }) => dataset.key === wanted.current);
    wanted.current = undefined;
    row?.querySelector<HTMLElement>('.grip')?.focus();
  });
  return (key) => {
    wanted.current = key;
  };
}

interface Dragging {
  /** Where it would fall. */
  gap: number | undefined;
  /** The item of this list that is on its way. */
  dragged: number | undefined;
  handlers: { onDragOver(event: DragEvent): void; onDragLeave(event: DragEvent): void; onDrop(event: DragEvent): void };
  itemHandlers(at: number): { draggable: true; onDragStart(event: DragEvent): void; onDragEnd(): void };
}

function useDrag<T>(list: ListRef, { items, nameOf, onMove, onDropText }: DragListProps<T>): Dragging {
  const [gap, setGap] = useState<number>();
  const [dragged, setDragged] = useState<number>();
  const over = (): void => {
    setGap(undefined);
    setDragged(undefined);
  };
  const handlers: Dragging['handlers'] = {
    onDragOver: (event) => {
      if (dragged === undefined && !(onDropText && event.dataTransfer?.types.includes('text/plain'))) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = dragged === undefined ? 'copy' : 'move';
      const boxes = rowsOf(list).map((row) => row.getBoundingClientRect());
      const next = gapAt(event.clientY, boxes);
      setGap(dragged !== undefined && movedTo(dragged, next) === undefined ? undefined : next);
    },
    onDragLeave: ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && list.current?.contains(relatedTarget))) setGap(undefined);
    },
    onDrop: (event) => {
      event.preventDefault();
      const text = event.dataTransfer?.getData('text/plain') ?? '';
      if (gap !== undefined) {
        const to = dragged === undefined ? undefined : movedTo(dragged, gap);
        if (dragged !== undefined && to !== undefined) onMove(dragged, to);
        else if (dragged === undefined && text !== '') onDropText?.(text, gap);
      }
      over();
    },
  };
  const itemHandlers: Dragging['itemHandlers'] = (at) => ({
    draggable: true,
    onDragStart: (event) => {
      const item = items[at];
      if (item === undefined || !event.dataTransfer || isControl(event.target)) return;
      event.dataTransfer.effectAllowed = 'move';
      // VS Code's own drop targets take plain text into an editor: nothing of ours is worth that.
      event.dataTransfer.setData('application/x-omniroute-item', nameOf(item));
      setDragged(at);
    },
    onDragEnd: over,
  });
  return { gap, dragged, handlers, itemHandlers };
}

function rowsOf(list: ListRef): HTMLElement[] {
  return [...(list.current?.querySelectorAll<HTMLElement>(':scope > .drag-row') ?? [])];
}

/** Text is marked in a field by dragging. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, vscode-textfield') !== null;
}
