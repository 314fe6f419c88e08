/** How much of a window was used when. */
export interface Point {
  /** Milliseconds since the epoch. */
  at: number;
  usedPercent: number;
}

/** Where a window goes when it is used on as lately. */
export interface Forecast {
  /** When it is used up; absent: not before it resets. */
  exhaustedAt?: number;
  /** Per cent of the window an hour. */
  pacePerHour: number;
  lastsUntilReset: boolean;
}

const HOUR_MS = 3_600_000;
/** The pace is that of the last hours: a night does not make the morning's slower. */
const RECENT_MS = 6 * HOUR_MS;
const LEAST_POINTS = 3;
const LEAST_SPAN_MS = 5 * 60_000;
/** After so long without a figure nobody knows the pace. */
const STALE_MS = HOUR_MS;
/** All pairs of so many points are 1,770 slopes: a fraction of a millisecond, for each window that is shown. */
const MOST_POINTS = 60;
/** A share that falls by more than a rounding has been reset. */
const RESET_DROP = 1;
const FURTHEST_MS = 400 * 24 * HOUR_MS;

/**
 * "At this pace the window is used up at HH:MM": the median slope of all pairs of points since the last reset (Theil–Sen; Sen 1968), which
 * one wild figure, or one burst, does not turn. `undefined` with fewer than 3 points over 5 minutes, or none for an hour.
 */
export function forecast(points: readonly Point[], now: number, resetsAt?: number): Forecast | undefined {
  if (resetsAt !== undefined && resetsAt <= now) return undefined;
  const recent = thinned(recentOf(sinceReset(points.filter(({ at }) => at <= now))));
  const [first, last] = [recent[0], recent.at(-1)];
  if (!first || !last || recent.length < LEAST_POINTS || last.at - first.at < LEAST_SPAN_MS || now - last.at > STALE_MS) return undefined;
  const perMs = Math.max(0, medianSlope(recent));
  const left = Math.max(0, 100 - last.usedPercent);
  const end = left === 0 ? last.at : perMs > 0 ? last.at + left / perMs : Number.POSITIVE_INFINITY;
  const exhaustedAt = Math.max(now, Math.round(end));
  const inTime = end <= now + FURTHEST_MS && (resetsAt === undefined || exhaustedAt < resetsAt);
  return { ...(inTime && { exhaustedAt }), pacePerHour: perMs * HOUR_MS, lastsUntilReset: !inTime };
}

/** The points after the last fall, in order. */
function sinceReset(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.at - b.at);
  const start = sorted.findLastIndex((point, index) => {
    const before = sorted[index - 1];
    return before !== undefined && point.usedPercent < before.usedPercent - RESET_DROP;
  });
  return sorted.slice(Math.max(0, start));
}

/** Those of the last hours; all, where these are too few to tell a pace. */
function recentOf(points: Point[]): Point[] {
  const last = points.at(-1)?.at ?? 0;
  const recent = points.filter(({ at }) => last - at <= RECENT_MS);
  const enough = recent.length >= LEAST_POINTS && last - (recent[0]?.at ?? last) >= LEAST_SPAN_MS;
  return enough ? recent : points;
}

/** At most so many, evenly taken, with the first and the last. */
function thinned(points: Point[]): Point[] {
  if (points.length <= MOST_POINTS) return points;
  const step = (points.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, index) => points[Math.round(index * step)]).filter((point) => point !== undefined);
}

function medianSlope(points: readonly Point[]): number {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
  let count = 0;
  for (const b of points) {
    for (const a of points) {
      if (a === b) break;
      if (b.at > a.at) slopes[count++] = (b.usedPercent - a.usedPercent) / (b.at - a.at);
    }
  }
  const sorted = slopes.subarray(0, count).sort();
  return ((sorted[Math.ceil(count / 2) - 1] ?? 0) + (sorted[Math.floor(count / 2)] ?? 0)) / 2;
}
