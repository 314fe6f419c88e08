import * as z from 'zod';
import type { QuotaUnit, QuotaWindow } from '../../accounts/quota/types.ts';

const WEEK_MS = 7 * 86_400_000;
/** A figure of the future was noted by a clock that went wrong. */
const SKEW_MS = 5 * 60_000;

const number = z.number().exactOptional();
const yes = z.literal(true).exactOptional();
const windowSchema = z.object({
  id: z.string(),
  label: z.string(),
  model: z.string().exactOptional(),
  usedPercent: number,
  used: number,
  limit: number,
  remaining: number,
  unit: z.custom<QuotaUnit>((value) => typeof value === 'string'),
  resetsAt: number,
  source: z.enum(['headers', 'reader']),
  at: z.number(),
  overage: yes,
  notChat: yes,
});
const pointsSchema = z
  .array(z.tuple([z.number(), z.number()]))
  .transform((points) => points.map(([at, usedPercent]) => ({ at, usedPercent })));
const accountSchema = z.object({
  of: z.string(),
  plan: z.string().optional(),
  windows: z.array(windowSchema.optional().catch(undefined)),
  points: z.record(z.string(), pointsSchema.optional().catch(undefined)).catch({}),
});
const savedSchema = z.object({ accounts: z.record(z.string(), accountSchema.optional().catch(undefined)) });

/** What was known of one account when it was saved. */
export interface SavedQuota {
  account: string;
  /** Whose figures these are: they are not those of another key. */
  of: string;
  plan?: string;
  windows: QuotaWindow[];
  points: Map<string, { at: number; usedPercent: number }[]>;
}

/** What is worth taking back; a window that is over, or a week old, is not. */
export function readSaved(saved: unknown, now: number): SavedQuota[] {
  const { accounts = {} } = savedSchema.safeParse(saved).data ?? {};
  return Object.entries(accounts).flatMap(([account, entry]) => {
    if (!entry) return [];
    const windows = entry.windows.flatMap((window) => (window && isWorth(window, now) ? [window] : []));
    const points = new Map(Object.entries(entry.points).flatMap(([key, list]) => (list ? [[key, list] as const] : [])));
    return [{ account, of: entry.of, ...(entry.plan !== undefined && { plan: entry.plan }), windows, points }];
  });
}

function isWorth({ at, resetsAt }: QuotaWindow, now: number): boolean {
  return at <= now + SKEW_MS && now - at < WEEK_MS && (resetsAt === undefined || resetsAt > now);
}
