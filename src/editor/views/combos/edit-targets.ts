/** A target dragged: where it was when the drag began. */
export interface Taken {
  at: number;
  target: string;
}

/** The targets with one moved a step; `undefined` when it is at the end already, or not there any more. */
export function moved(targets: readonly string[], taken: Taken, step: -1 | 1): string[] | undefined {
  const from = placeOf(targets, taken);
  const to = from + step;
  const neighbour = targets[to];
  if (from < 0 || neighbour === undefined) return undefined;
  return targets.with(from, neighbour).with(to, taken.target);
}

/** The targets without these. */
export function without(targets: readonly string[], taken: readonly Taken[]): string[] {
  const gone = new Set(taken.map((entry) => placeOf(targets, entry)));
  return targets.filter((_, at) => !gone.has(at));
}

/** These moved before the target at `before` (the end when absent), in the order they had. */
export function rearranged(targets: readonly string[], taken: readonly Taken[], before: Taken | undefined): string[] {
  const gone = new Set(taken.map((entry) => placeOf(targets, entry)).filter((at) => at >= 0));
  const mine = [...gone].sort((a, b) => a - b).flatMap((at) => targets[at] ?? []);
  const goal = before ? placeOf(targets, before) : -1;
  // Dropped upon one that comes from above, a target takes its place from below.
  const after = goal >= 0 && [...gone].every((at) => at < goal) && gone.size > 0;
  const rest = targets.flatMap((target, at) => (gone.has(at) ? [] : [{ target, at }]));
  const index = goal < 0 ? rest.length : rest.filter(({ at }) => (after ? at <= goal : at < goal)).length;
  return [...rest.slice(0, index).map(({ target }) => target), ...mine, ...rest.slice(index).map(({ target }) => target)];
}

/** New ones put in before the target at `before` (the end when absent); what is there already stays where it is. */
export function withAdded(targets: readonly string[], names: readonly string[], before?: Taken): string[] {
  const fresh = [...new Set(names)].filter((name) => !targets.includes(name));
  const at = before ? placeOf(targets, before) : -1;
  return at < 0 ? [...targets, ...fresh] : [...targets.slice(0, at), ...fresh, ...targets.slice(at)];
}

/** Where it is now: its old place if it is still there, else wherever it went. -1: gone. */
function placeOf(targets: readonly string[], { at, target }: Taken): number {
  return targets[at] === target ? at : targets.indexOf(target);
}
