/** A stable sort, ascending by the first measure that differs; each measure is taken once. Infinities are fine. */
export function sortedBy<T>(items: readonly T[], measures: (item: T) => readonly number[]): T[] {
  const measured = items.map((item) => ({ item, by: measures(item) }));
  return measured.sort((a, b) => compared(a.by, b.by)).map(({ item }) => item);
}

function compared(a: readonly number[], b: readonly number[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? 0;
    if (left !== right) return left - right;
  }
  return 0;
}
