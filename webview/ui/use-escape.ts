import { useEffect } from 'preact/hooks';

/** Escape, wherever nothing nearer takes it; `undefined`: there is nothing to leave. */
export function useEscape(then: (() => void) | undefined): void {
  useEffect(() => {
    if (!then) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isField(event.target)) then();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [then]);
}

/** Fields and lists have an Escape of their own. */
function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, vscode-textfield, vscode-single-select') !== null;
}
