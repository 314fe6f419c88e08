import { useEffect } from 'preact/hooks';

/** Time for whoever took the focused element away to give the focus to what is in its place. */
const HEIR_MS = 150;

/** When what had the focus is gone, such as a button that is no longer of use, the page's heading has it: not the begin of everything. */
export function useFocusNotLost(main: { current: HTMLElement | null }): void {
  useEffect(() => {
    const { current } = main;
    if (!current) return;
    let last: Element | undefined;
    let timer: number | undefined;
    const end = new AbortController();
    const isLost = (): boolean => last !== undefined && !last.isConnected && document.activeElement === document.body;
    const onFocus = ({ target }: FocusEvent): void => {
      last = target instanceof Element ? target : undefined;
    };
    const onBlur = ({ target }: FocusEvent): void => {
      // Chrome tells it also of an element that is about to be taken away: whether it was is known a moment later.
      queueMicrotask(() => {
        const left = target instanceof Element && target.isConnected;
        if (target === last && (left || !document.hasFocus())) last = undefined;
      });
    };
    const giveBack = (): void => {
      if (isLost()) current.querySelector('h1')?.focus({ preventScroll: true });
      last = undefined;
    };
    const changes = new MutationObserver(() => {
      if (!isLost()) return;
      clearTimeout(timer);
      timer = window.setTimeout(giveBack, HEIR_MS);
    });
    current.addEventListener('focusin', onFocus, { signal: end.signal });
    current.addEventListener('focusout', onBlur, { signal: end.signal });
    changes.observe(current, { childList: true, subtree: true });
    return () => {
      changes.disconnect();
      clearTimeout(timer);
      end.abort();
    };
  }, [main]);
}
