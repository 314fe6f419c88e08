import type { Place } from './ui.ts';

export type Next = 'next' | 'back' | 'cancel';

/** One question of a flow, about a state that the flow's steps fill in. */
export interface Step<S> {
  name: string;
  /** Asked only when this holds of what is known by then. */
  applies(state: S): boolean;
  run(state: S, place: Place): Promise<Next>;
  /** A dialog rather than a page: not counted, and not a place to go back to. */
  aside?: boolean;
  /** Until it is answered nobody can say how many steps there are. */
  decidesRest?: boolean;
}

/**
 * Asks one step after the other, from `from` on; "back" leads to the page that was seen before. True when the last one is answered,
 * false when the user left.
 */
export async function runSteps<S>(title: string, steps: readonly Step<S>[], state: S, from?: string): Promise<boolean> {
  const seen: number[] = [];
  let at =
    from === undefined
      ? 0
      : Math.max(
          0,
          steps.findIndex((step) => step.name === from),
        );
  for (let step = steps[at]; step; step = steps[at]) {
    if (!step.applies(state)) {
      at += 1;
      continue;
    }
    const next = await step.run(state, placeOf(title, steps, state, at, seen));
    if (next === 'cancel') return false;
    if (next === 'next') {
      if (!step.aside) seen.push(at);
      at += 1;
      continue;
    }
    const before = seen.pop();
    if (before === undefined) return false;
    at = before;
  }
  return true;
}

function placeOf<S>(title: string, steps: readonly Step<S>[], state: S, at: number, seen: readonly number[]): Place {
  if (steps[at]?.aside) return { title, canGoBack: seen.length > 0 };
  const pages = steps.flatMap((step, index) => (!step.aside && step.applies(state) ? [index] : []));
  if (steps[at]?.decidesRest) return { title, step: pages.indexOf(at) + 1, canGoBack: seen.length > 0 };
  if (pages.length === 1) return { title, canGoBack: seen.length > 0 };
  return { title, step: pages.indexOf(at) + 1, totalSteps: pages.length, canGoBack: seen.length > 0 };
}
