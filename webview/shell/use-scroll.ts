import { useLayoutEffect } from 'preact/hooks';
import { useApp } from '../app.ts';

/** How long a page may take to become as high as it was. */
const GROWING_MS = 3000;

/** The page is scrolled to where it was left, once it is high enough; not when the link points at something on it. */
export function useScroll(page: string): void {
  const { keep, kept, place } = useApp();
  const key = `${page}.scroll`;
  const points = place.item !== undefined;
  useLayoutEffect(() => {
    const before = kept(key);
    const wanted = typeof before === 'number' && !points ? before : 0;
    const end = new AbortController();
    const { signal } = end;
    let restoring = wanted > 0;
    const stop = (): void => {
      restoring = false;
    };
    const tryIt = (): void => {
      if (!restoring) return;
      window.scrollTo({ top: wanted, behavior: 'instant' });
      if (Math.abs(window.scrollY - wanted) < 2) stop();
    };
    if (!restoring) window.scrollTo({ top: 0, behavior: 'instant' });
    const growing = new ResizeObserver(tryIt);
    growing.observe(document.body);
    const timer = setTimeout(stop, GROWING_MS);
    for (const sign of ['wheel', 'keydown', 'pointerdown'] as const) window.addEventListener(sign, stop, { signal, passive: true });
    window.addEventListener('scroll', () => !restoring && keep(key, Math.round(window.scrollY)), { signal, passive: true });
    return () => {
      end.abort();
      clearTimeout(timer);
      growing.disconnect();
    };
  }, [key, keep, kept]);
}
