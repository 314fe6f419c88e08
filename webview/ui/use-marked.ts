import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What a link points at: brought into sight and focused when it becomes that. The element takes `tabIndex={-1}`. */
export function useMarked<T extends HTMLElement>(isMarked: boolean): RefObject<T | null> {
  const element = useRef<T>(null);
  useEffect(() => {
    if (!isMarked) return;
    element.current?.scrollIntoView({ block: 'nearest' });
    element.current?.focus({ preventScroll: true });
  }, [isMarked]);
  return element;
}
