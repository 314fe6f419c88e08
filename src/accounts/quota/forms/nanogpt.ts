import * as z from 'zod';
import type { QuotaReading } from '../types.ts';
import { field, MONTH, momentOf, ofMinutes, windowOf } from '../values.ts';

const used = { used: field.number, remaining: field.number, percentUsed: field.number, resetAt: field.any };
const KEYS = ['daily', 'monthly', 'dailyInputTokens', 'weeklyInputTokens', 'dailyImages'] as const;
const schema = z.object({
  active: field.flag,
  state: field.text,
  limits: z.record(z.string(), field.number).optional().catch(undefined),
  daily: field.object(used),
  monthly: field.object(used),
  dailyInputTokens: field.object(used),
  weeklyInputTokens: field.object(used),
  dailyImages: field.object(used),
});

const WINDOWS = {
  daily: { id: 'requests/day', label: 'Requests a day', unit: 'requests' },
  monthly: { ...MONTH, unit: 'requests' },
  dailyInputTokens: { id: 'tokens/day', label: 'Input tokens a day', unit: 'tokens' },
  weeklyInputTokens: { ...ofMinutes(7 * 1440), unit: 'tokens' },
  dailyImages: { id: 'images/day', label: 'Images a day', unit: 'requests', notChat: true },
} as const satisfies Record<(typeof KEYS)[number], object>;

/**
 * Day and month of the subscription (docs.nano-gpt.com, Subscription Usage), or as newer plans have it input tokens a day and a week and
 * images; `percentUsed` is a fraction. Other models, and what is beyond, go on out of the balance.
 */
export function readNanogpt(body: unknown, now: number): QuotaReading {
  const data = schema.safeParse(body).data;
  if (!data) return { windows: [] };
  const plan = data.state ?? (data.active === false ? 'inactive' : undefined);
  return {
    ...(plan !== undefined && { plan }),
    windows:
      data.active === false
        ? []
        : KEYS.flatMap((key) => {
            const { percentUsed, resetAt, ...counts } = data[key] ?? {};
            const limit = data.limits?.[key] ?? sum(counts.used, counts.remaining);
            // Counts say it more exactly than a rounded fraction.
            const usedPercent = limit === undefined && percentUsed !== undefined ? percentUsed * 100 : undefined;
            return windowOf({ ...WINDOWS[key], ...counts, limit, usedPercent, resetsAt: momentOf(resetAt, now), overage: true });
          }),
  };
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
