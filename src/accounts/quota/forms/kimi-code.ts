import * as z from 'zod';
import type { QuotaReading, ReadWindow } from '../types.ts';
import { field, MONTH, momentOf, ofMinutes, windowOf } from '../values.ts';

const detail = { limit: field.number, used: field.number, remaining: field.number, resetTime: field.any };
const schema = z.object({
  user: field.object({ membership: field.object({ level: field.text }) }),
  usage: field.object(detail),
  limits: field.list({ window: field.object({ duration: field.number, timeUnit: field.text }), detail: field.object(detail) }),
  usages: z
    .record(z.string(), field.object({ used_ratio: field.number, reset_time: field.any }))
    .optional()
    .catch(undefined),
});
type Detail = z.infer<z.ZodObject<typeof detail>>;

/** `TIME_UNIT_MINUTE`, also without the front. */
const UNIT_MINUTES: ReadonlyMap<string, number> = new Map([
  ['MINUTE', 1],
  ['HOUR', 60],
  ['DAY', 24 * 60],
  ['WEEK', 7 * 24 * 60],
]);

/**
 * The plan's allowance, whose length the body does not tell; short windows with their length; and since 2026-09 pools as a ratio used
 * (bodies in getpaseo/paseo issue 3024 and Javis603/token-monitor issue 696). Counts are strings, and `used` may be absent. Read by the
 * vendor's own tool and otherwise not documented.
 */
export function readKimiCode(body: unknown, now: number): QuotaReading {
  const { user, usage, limits = [], usages = {} } = schema.safeParse(body).data ?? {};
  const level = user?.membership?.level;
  const windows = [
    ...limits.flatMap(({ window, detail: told }) => {
      const minutes = (window?.duration ?? 0) * (UNIT_MINUTES.get(window?.timeUnit?.replace('TIME_UNIT_', '') ?? '') ?? 0);
      return told && minutes > 0 ? ofDetail(ofMinutes(minutes), told, now) : [];
    }),
    ...(usage ? ofDetail({ id: 'plan', label: 'Plan' }, usage, now) : []),
    ...Object.entries(usages).flatMap(([name, pool]) => (pool ? ofPool(name, pool, now) : [])),
  ];
  return { ...(level !== undefined && { plan: level }), windows: firstOfEach(windows) };
}

/** The vendor sells extra usage that goes on after the plan's. */
function ofDetail(name: { id: string; label: string }, { resetTime, ...counts }: Detail, now: number): ReadWindow[] {
  return windowOf({ ...name, unit: 'requests', ...counts, resetsAt: momentOf(resetTime, now), overage: true });
}

type Pool = { used_ratio?: number | undefined; reset_time?: unknown };

/** `limit_5h`, `limit_7d`, `limit_month_total`, `limit_month_code`. */
function ofPool(name: string, { used_ratio: ratio, reset_time: reset }: Pool, now: number): ReadWindow[] {
  const named = poolName(name);
  if (!named || ratio === undefined) return [];
  return windowOf({ ...named, unit: 'percent', usedPercent: ratio * 100, resetsAt: momentOf(reset, now), overage: true });
}

function poolName(name: string): { id: string; label: string } | undefined {
  const [, count, letter] = /^limit_(\d{1,3})([hd])$/.exec(name) ?? [];
  if (count !== undefined) return ofMinutes(Number(count) * (letter === 'h' ? 60 : 1440));
  const [, part] = /^limit_month(?:_([a-z]+))?$/.exec(name) ?? [];
  if (part === undefined) return name === 'limit_month' ? MONTH : undefined;
  return part === 'total' ? MONTH : { id: `month ${part}`, label: `Month, ${part}` };
}

/** The same window told twice is the one with counts. */
function firstOfEach(windows: ReadWindow[]): ReadWindow[] {
  return windows.filter((window, index) => windows.findIndex(({ id }) => id === window.id) === index);
}
