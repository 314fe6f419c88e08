import * as z from 'zod';
import type { QuotaReading, ReadWindow } from '../types.ts';
import { field, MONTH, windowOf } from '../values.ts';
import { nextUtc } from './utc.ts';

const daily = { used: field.number, limit: field.number, remaining: field.number };
const schema = z.object({
  data: field.object({
    limit: field.number,
    limit_remaining: field.number,
    limit_reset: field.text,
    usage_monthly: field.number,
    is_free_tier: field.flag,
    free_model_daily_requests: field.object(daily),
  }),
});

const PERIODS = {
  daily: { id: 'day', label: 'Day', step: 'day' },
  weekly: { id: '7d', label: 'Week', step: 'week' },
  monthly: { ...MONTH, step: 'month' },
} as const;

/**
 * The key's own limit in US dollars, `null` where it has none, reset at midnight UTC (weeks begin on Monday); the free models' requests
 * of the day; and what was spent this month (openrouter.ai/docs/api-reference/limits, …/api-keys/get-current-key).
 */
export function readOpenrouter(body: unknown, now: number): QuotaReading {
  const data = schema.safeParse(body).data?.data;
  if (!data) return { windows: [] };
  const limited = limitWindow(data, now);
  const free = data.free_model_daily_requests;
  return {
    ...(data.is_free_tier === true && { plan: 'free' }),
    windows: [
      ...limited,
      ...(limited.length > 0 ? [] : windowOf({ id: 'spent/month', label: 'Spent this month', unit: 'usd', used: data.usage_monthly })),
      ...windowOf({
        id: 'requests/day',
        label: 'Free models, requests a day',
        model: '*:free',
        unit: 'requests',
        ...free,
        resetsAt: nextUtc('day', now),
      }),
    ],
  };
}

type Limited = { limit?: number | undefined; limit_remaining?: number | undefined; limit_reset?: string | undefined };

function limitWindow({ limit, limit_remaining: remaining, limit_reset: reset }: Limited, now: number): ReadWindow[] {
  // A limit of 0 is a key that may spend nothing, which no division shows.
  if (limit === undefined || limit <= 0) return [];
  const period = Object.hasOwn(PERIODS, reset ?? '') ? PERIODS[reset as keyof typeof PERIODS] : undefined;
  const { id, label } = period ?? { id: 'key', label: 'Key limit' };
  return windowOf({ id, label, unit: 'usd', limit, remaining, resetsAt: period && nextUtc(period.step, now) });
}
