import * as z from 'zod';
import type { QuotaReading } from '../types.ts';
import { field, MONTH, momentOf, ofMinutes, windowOf } from '../values.ts';

const window = { status: field.text, percent: field.number, resetsAt: field.any };
const schema = z.object({
  usage: field.object({ rolling: field.object(window), weekly: field.object(window), monthly: field.object(window) }),
});

const NAMES = [
  ['rolling', ofMinutes(300)],
  ['weekly', ofMinutes(7 * 1440)],
  ['monthly', MONTH],
] as const;

/**
 * Whole per cent used of $12 in 5 hours, $30 a week, $60 a month (opencode.ai/docs/go); 1 is one per cent (bodies in getpaseo/paseo issue
 * 4779 and Gentleman-Programming/gentle-pi pull 1124). Who allows it goes on out of the balance.
 */
export function readOpencodeGo(body: unknown, now: number): QuotaReading {
  const usage = schema.safeParse(body).data?.usage;
  return {
    windows: NAMES.flatMap(([key, name]) => {
      const told = usage?.[key];
      const usedPercent = told?.percent ?? (told?.status === 'rate-limited' ? 100 : undefined);
      return windowOf({ ...name, unit: 'percent', usedPercent, resetsAt: momentOf(told?.resetsAt, now), overage: true });
    }),
  };
}
