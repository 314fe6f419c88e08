/** Where to cut a stream of so many events: everywhere in a short one; else the first, the last five and ten between, always the same. */
export function sampledCuts(events: number): number[] {
  if (events <= 16) return Array.from({ length: events }, (_, at) => at);
  const random = generator(events);
  const between = Array.from({ length: 10 }, () => 2 + Math.floor(random() * (events - 7)));
  const last = Array.from({ length: 5 }, (_, at) => events - 1 - at);
  return [...new Set([0, 1, ...between, ...last])].sort((a, b) => a - b);
}

/** Numbers in [0, 1) from a seed (a linear congruential generator with the constants of Numerical Recipes). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
