import * as z from 'zod';
import type { QuotaReading, ReadWindow } from '../types.ts';
import { field, MONTH, momentOf, ofMinutes, windowOf } from '../values.ts';

const limit = {
  type: field.text,
  unit: field.number,
  number: field.number,
  percentage: field.number,
  usage: field.number,
  currentValue: field.number,
  remaining: field.number,
  nextResetTime: field.any,
};
const schema = z.object({
  success: field.flag,
  msg: field.text,
  data: field.object({ level: field.text, planName: field.text, limits: field.list(limit) }),
});
type Limit = z.infer<z.ZodObject<typeof limit>>;

/** The units the vendor's codes stand for, as far as bodies in public showed them. 5 is a month. */
const UNIT_MINUTES: ReadonlyMap<number, number> = new Map([
  [3, 60],
  [4, 24 * 60],
  [6, 7 * 24 * 60],
]);

/**
 * Tokens of 5 hours and 7 days as per cent used (1 is one per cent), and the plan's tool calls a month, where `usage` is the limit and
 * `currentValue` what was used. Not documented by the vendor; shape by bodies in public (a plan's of 2026-02: docs/api-research.md of
 * jukanntenn/glm-plan-usage), where newer plans call the first `CREDIT_LIMIT`.
 */
export function readZai(body: unknown, now: number): QuotaReading {
  const { data, success, msg } = schema.safeParse(body).data ?? {};
  const plan = data?.planName ?? data?.level;
  return {
    ...(plan !== undefined && { plan }),
    windows: data?.limits.flatMap((each) => windowsOf(each, now)) ?? [],
    ...(success === false && { refusal: msg ?? 'The provider refused to tell.' }),
  };
}

function windowsOf(each: Limit, now: number): ReadWindow[] {
  const resetsAt = momentOf(each.nextResetTime, now);
  const { percentage: usedPercent } = each;
  switch (each.type) {
    case 'TOKENS_LIMIT':
    case 'CREDIT_LIMIT': {
      const counts = { limit: each.usage, used: each.currentValue, remaining: each.remaining };
      const unit = each.usage === undefined ? 'percent' : each.type === 'TOKENS_LIMIT' ? 'tokens' : 'credits';
      return windowOf({ ...lengthOf(each), unit, usedPercent, ...counts, resetsAt });
    }
    case 'TIME_LIMIT': {
      const counts = { limit: each.usage, used: each.currentValue, remaining: each.remaining };
      return windowOf({
        id: 'tools/month',
        label: 'Tool calls a month',
        unit: 'requests',
        usedPercent,
        ...counts,
        resetsAt,
        notChat: true,
      });
    }
    default:
      return [];
  }
}

function lengthOf({ unit, number }: Limit): { id: string; label: string } {
  if (unit === 5 && number === 1) return MONTH;
  const minutes = UNIT_MINUTES.get(unit ?? 0);
  return minutes !== undefined && number !== undefined && number > 0 ? ofMinutes(minutes * number) : { id: 'plan', label: 'Plan' };
}
