import type { BudgetConfig, ComboConfig, TierBudgetConfig } from '../../config/schema.ts';
import type { Today } from './calendar.ts';
import { type Amounts, type Row, type Spender, toNanos, toUsd } from './rows.ts';

export type Unit = 'usd' | 'tokens' | 'requests';

/** An amount that may be spent. */
export interface Limit {
  unit: Unit;
  /** In the unit of the config: dollars, tokens, requests. */
  limit: number;
}

/** One budget of the config, ready to be held against what was spent. */
export interface Rule {
  /** `tier api-key, day` */
  name: string;
  /** What a spender must be; absent: anybody. `account` is an id or a name. */
  of: Partial<Record<'key' | 'account' | 'provider' | 'tier' | 'combo', string>>;
  period: 'day' | 'month';
  mode: 'hard' | 'soft';
  warnAt: number;
  limits: Limit[];
  /** The sum of the rows that fit, once it is worked out for today. */
  used?: Amounts;
}

/** Rules of the budgets for all requests, then of the combos that are enabled. */
export function rulesOf(budgets: readonly BudgetConfig[], combos: readonly ComboConfig[]): Rule[] {
  return [
    ...budgets.map((budget) => ruleOf(budget, {})),
    ...combos.flatMap((combo) => (combo.enabled ? (combo.budgets ?? []).map((budget) => ruleOf(budget, { combo: combo.name })) : [])),
  ];
}

function ruleOf(budget: BudgetConfig | TierBudgetConfig, of: Rule['of']): Rule {
  const { key, account, provider, tier } = { key: undefined, account: undefined, provider: undefined, ...budget };
  const wanted = { ...of, key, account, provider, tier };
  const given = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { period, mode, warnAt, usd, tokens, requests } = budget;
  return {
    name: [...(given.length > 0 ? given.map(([what, which]) => `${what} ${which}`) : ['everything']), period].join(', '),
    of: Object.fromEntries(given),
    period,
    mode,
    warnAt,
    limits: [...limitOf('usd', usd), ...limitOf('tokens', tokens), ...limitOf('requests', requests)],
  };
}

function limitOf(unit: Unit, limit: number | undefined): Limit[] {
  return limit === undefined ? [] : [{ unit, limit }];
}

/** True when the rule is about this spender. `name` is that of the spender's account. */
export function concerns(rule: Rule, spender: Spender, name: string | undefined): boolean {
  const { key, account, provider, tier, combo } = rule.of;
  return (
    (key === undefined || key === spender.key) &&
    (account === undefined || account === spender.account || account === name) &&
    (provider === undefined || provider === spender.provider) &&
    (tier === undefined || tier === spender.tier) &&
    (combo === undefined || combo === spender.combo)
  );
}

/** True when the row lies in the rule's present day or month. */
export function isCurrent(rule: Rule, row: Row, today: Today): boolean {
  return rule.period === 'day' ? row.day === today.day : row.day.startsWith(today.month);
}

/** What of the limit is used, in its own unit. */
export function usedOf({ unit }: Limit, used: Amounts): number {
  return unit === 'usd' ? toUsd(used.nanos) : used[unit];
}

/** True when `percent` of the limit is used; all of a limit of 0 always is. */
export function isUsed({ unit, limit }: Limit, used: Amounts, percent: number): boolean {
  // Money is compared in whole billionths: a sum of dollars would miss its limit by a hair.
  return unit === 'usd' ? used.nanos >= Math.round((toNanos(limit) / 100) * percent) : used[unit] * 100 >= limit * percent;
}

/** `$4.20 of $5.00`, `900 of 1,000 tokens`. */
export function saysHowMuch(limit: Limit, used: Amounts): string {
  const amount = usedOf(limit, used);
  return limit.unit === 'usd'
    ? `${dollars(amount)} of ${dollars(limit.limit)}`
    : `${amount.toLocaleString('en-US')} of ${limit.limit.toLocaleString('en-US')} ${limit.unit}`;
}

/** Cents; smaller amounts with as many places as two digits need. */
function dollars(usd: number): string {
  const places = usd > 0 && usd < 0.01 ? Math.min(9, Math.ceil(-Math.log10(usd)) + 1) : 2;
  return `$${usd.toFixed(places)}`;
}
