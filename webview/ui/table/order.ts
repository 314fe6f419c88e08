/** The order of two values of a column: what is not known (`null`, `undefined`) comes last, whichever way it is sorted. */
export function compareKnown<T extends string | number | boolean>(a: T | null | undefined, b: T | null | undefined, down: boolean): number {
  if (!isKnown(a) || !isKnown(b)) return Number(isKnown(b)) - Number(isKnown(a));
  const order = typeof a === 'string' && typeof b === 'string' ? a.localeCompare(b, undefined, { numeric: true }) : Number(a) - Number(b);
  return down ? -order : order;
}

function isKnown<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
