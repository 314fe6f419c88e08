import * as z from 'zod';
import type { QuotaReading } from '../types.ts';
import { field, windowOf } from '../values.ts';

const schema = z.object({ credits: field.number, usable_requests: field.number, requests_plan: field.number });

/** Credits in US dollars and the requests left today, `null` without a plan. When the day begins is not told. */
export function readCrof(body: unknown): QuotaReading {
  const { credits, usable_requests: remaining, requests_plan: limit } = schema.safeParse(body).data ?? {};
  return {
    windows: [
      ...(remaining === undefined
        ? []
        : windowOf({ id: 'requests/day', label: 'Requests a day', unit: 'requests', limit, remaining, overage: true })),
      ...windowOf({ id: 'balance', label: 'Balance', unit: 'usd', remaining: credits }),
    ],
  };
}
