/** Figures of a chart, before they are drawn. Pure. */

export interface Series {
  name: string;
  /** One value a point of `at`; `null`: not known. */
  values: readonly (number | null)[];
}

/** Each series upon those before it; a hidden one is nothing. Where none knows a value there is none. */
export function stacked(series: readonly Series[], hidden: ReadonlySet<string>): (number | null)[][] {
  const points = series[0]?.values.length ?? 0;
  const sums: (number | null)[] = Array.from({ length: points }, () => null);
  return series.map(({ name, values }) => {
    if (hidden.has(name)) return sums.map(() => null);
    values.forEach((value, at) => {
      if (value !== null) sums[at] = (sums[at] ?? 0) + value;
    });
    return [...sums];
  });
}

export function sumOf({ values }: Series): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

export function lastOf({ values }: Series): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/** From nothing to a little above the most, so that the highest bar does not touch the edge. */
export function scaleOf(columns: readonly ArrayLike<number | null | undefined>[]): [number, number] {
  let most = 0;
  for (const values of columns) for (let at = 0; at < values.length; at += 1) most = Math.max(most, values[at] ?? 0);
  return [0, most > 0 ? most * 1.06 : 1];
}

/** How long the last point lasts: as long as the one before it; a day when it is the only one. */
export function stepOf(at: readonly number[]): number {
  const last = at.at(-1);
  const before = at.at(-2);
  return last === undefined || before === undefined ? 86_400_000 : last - before;
}

/** The point nearest to a moment. */
export function pointAt(moment: number, at: readonly number[]): number | undefined {
  if (at.length === 0) return undefined;
  const next = at.findIndex((start) => start > moment);
  if (next === -1) return at.length - 1;
  if (next === 0) return 0;
  return (at[next] ?? 0) - moment < moment - (at[next - 1] ?? 0) ? next : next - 1;
}

/** Where the keyboard goes from a point; `undefined`: the key is none of the chart's. */
export function pointAfterKey(key: string, point: number | undefined, count: number): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  const by = (points: number): number => (point === undefined ? last : Math.min(last, Math.max(0, point + points)));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return by(1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return by(-1);
    case 'PageUp':
      return by(7);
    case 'PageDown':
      return by(-7);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** An SVG path through the values in a box of 100 × 20, with a gap where one is not known. A value alone is a short dash. */
export function sparkPath(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(...known, low);
  const step = values.length > 1 ? 100 / (values.length - 1) : 0;
  const y = (value: number): number => (high === low ? 19 : 19 - ((value - low) / (high - low)) * 18);
  let path = '';
  values.forEach((value, at) => {
    if (value === null) return;
    const x = at * step;
    const before = values[at - 1];
    const after = values[at + 1];
    if (before === null || before === undefined) path += `M${round(x)} ${round(y(value))}`;
    else path += `L${round(x)} ${round(y(value))}`;
    if ((before === null || before === undefined) && (after === null || after === undefined)) path += 'h1';
  });
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
