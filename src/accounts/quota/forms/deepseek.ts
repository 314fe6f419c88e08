import * as z from 'zod';
import type { QuotaReading } from '../types.ts';
import { field, windowOf } from '../values.ts';
import { unitOf } from './balance.ts';

const schema = z.object({ balance_infos: field.list({ currency: field.text, total_balance: field.number }) });

/** A balance for each currency, amounts as strings; the total holds what was granted (api-docs.deepseek.com/api/get-user-balance). */
export function readDeepseek(body: unknown): QuotaReading {
  const infos = schema.safeParse(body).data?.balance_infos ?? [];
  const named = infos.filter(({ currency, total_balance: total }) => currency !== undefined && total !== undefined);
  const windows = named.flatMap(({ currency = '', total_balance: remaining }, index) =>
    windowOf({ id: index === 0 ? 'balance' : `balance ${currency}`, label: 'Balance', unit: unitOf(currency), remaining }),
  );
  return { windows };
}
