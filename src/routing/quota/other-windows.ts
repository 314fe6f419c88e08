import type { QuotaWindow } from '../../accounts/quota/types.ts';
import { windowOf } from '../../accounts/quota/values.ts';
import type { AccountConfig } from '../../config/schema.ts';
import type { BudgetEntry, LimitEntry } from '../books.ts';

/** Shorter windows come and go while one looks at them: they are limits of pace, not quotas. */
const LONG_MS = 10 * 60_000;

/** Long windows that rate-limit headers told of: a day's or a month's, or such as reset in more than ten minutes. */
export function limitWindows({ windows }: LimitEntry, now: number): QuotaWindow[] {
  return windows.flatMap(({ window, per, limit, remaining, resetsAt, at }): QuotaWindow[] => {
    const long = per === 'day' || per === 'month' || (resetsAt ?? 0) - at > LONG_MS;
    if (!long || (resetsAt !== undefined && resetsAt <= now)) return [];
    const [, what = window, model] = /^(\S+) \((.*)\)$/.exec(window) ?? [];
    const words = `${what.charAt(0).toUpperCase()}${what.slice(1).replace('-', ' ')}`;
    return windowOf({
      id: per === undefined ? what : `${what}/${per}`,
      label: per === undefined ? words : `${words} a ${per}`,
      unit: what === 'requests' ? 'requests' : 'tokens',
      model,
      limit,
      remaining,
      resetsAt,
    }).map((each) => ({ ...each, source: 'headers', at }));
  });
}

/** What was counted here against the user's own limits of requests and tokens for this account alone (`budgets`). */
export function countedWindows({ id, name }: AccountConfig, budgets: readonly BudgetEntry[], now: number): QuotaWindow[] {
  const windows = budgets.flatMap((budget) => {
    // A budget's name says all it is about: one that is about a key as well counts less than the account.
    const own = [id, name].some((word) => budget.name === `account ${word}, ${budget.period}`);
    return own ? budget.amounts.flatMap((amount) => countedWindow(amount, budget, now)) : [];
  });
  return windows.filter((window, index) => windows.findIndex((other) => other.id === window.id) === index);
}

function countedWindow(
  { unit, limit, used }: BudgetEntry['amounts'][number],
  { period, resetsAt }: BudgetEntry,
  at: number,
): QuotaWindow[] {
  if (unit === 'usd' || limit <= 0) return [];
  const label = `${unit === 'requests' ? 'Requests' : 'Tokens'} a ${period}`;
  return windowOf({ id: `${unit}/${period}`, label, unit, limit, used, resetsAt }).map((each) => ({ ...each, source: 'counted', at }));
}
