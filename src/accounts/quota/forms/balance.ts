import { asString, isObject } from '../../../conversation/json.ts';
import type { QuotaReader } from '../../../providers/provider.ts';
import type { QuotaReading, QuotaUnit } from '../types.ts';
import { numberOf, windowOf } from '../values.ts';

type Balance = Extract<QuotaReader, { form: 'balance' }>;

/**
 * One amount somewhere in the body, in a currency the body does not name: Moonshot (platform.moonshot.ai/docs/api/balance), SiliconFlow
 * (docs.siliconflow.com, Get user info), Vercel (vercel.com/docs/ai-gateway/usage), Poe (creator.poe.com/api-reference/getCurrentBalance),
 * Novita (novita.ai/docs/api-reference/basic-get-user-balance).
 */
export function readBalance(body: unknown, { field, unit, perUnit = 1 }: Balance): QuotaReading {
  const amount = numberOf(field.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), body));
  const windows =
    amount === undefined ? [] : windowOf({ id: 'balance', label: 'Balance', unit: unitOf(unit), remaining: amount / perUnit });
  return { windows, ...(windows.length === 0 && isObject(body) && refusalOf(asString(body.message))) };
}

/** Currency codes are upper case; US dollars have a unit of their own. */
export function unitOf(currency: string): QuotaUnit {
  if (currency === 'credits' || currency === 'usd') return currency;
  const code = currency.toUpperCase() as Uppercase<string>;
  return code === 'USD' ? 'usd' : code;
}

function refusalOf(message: string | undefined): { refusal: string } | undefined {
  return message ? { refusal: message } : undefined;
}
