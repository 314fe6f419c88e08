import type { QuotaWindow } from '../../accounts/quota/types.ts';

/** Least move of a window that is worth telling, in per cent. */
const STEP = 1;

export function keyOf({ id, model }: Pick<QuotaWindow, 'id' | 'model'>): string {
  return `${id}\n${model ?? ''}`;
}

/** The windows, each once: of two figures for one, the newer. */
export function merged(windows: Iterable<QuotaWindow>): QuotaWindow[] {
  const byKey = new Map<string, QuotaWindow>();
  for (const window of windows) {
    const known = byKey.get(keyOf(window));
    if (!known || window.at > known.at) byKey.set(keyOf(window), window);
  }
  return [...byKey.values()];
}

/** The window as far as it is still true: after its reset nobody knows what is used. */
export function present(window: QuotaWindow, now: number): QuotaWindow {
  if (window.resetsAt === undefined || window.resetsAt > now) return window;
  const { usedPercent, used, remaining, resetsAt, ...kept } = window;
  return kept;
}

/** True when a watcher would want to see the new figure: it is another window, was reset, or moved by a per cent. */
export function moved(before: QuotaWindow | undefined, after: QuotaWindow): boolean {
  if (!before || wasReset(before, after)) return true;
  if (before.usedPercent !== undefined && after.usedPercent !== undefined) return Math.abs(after.usedPercent - before.usedPercent) >= STEP;
  if (before.usedPercent !== after.usedPercent) return true;
  const [was, is] = [before.remaining ?? before.used, after.remaining ?? after.used];
  return was !== undefined && is !== undefined ? Math.abs(is - was) * 100 >= Math.abs(was) * STEP && is !== was : was !== is;
}

/** A rolling window's reset moves on all the time: only one whose end has passed was reset. */
export function wasReset(before: QuotaWindow, after: QuotaWindow): boolean {
  return before.resetsAt !== undefined && before.resetsAt <= after.at && before.resetsAt !== after.resetsAt;
}
