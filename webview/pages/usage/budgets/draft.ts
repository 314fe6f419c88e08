import * as l10n from '@vscode/l10n';
import type { BudgetConfig } from '../../../../src/editor/admin/api.ts';
import { CallError } from '../../../host/host.ts';

/** A budget while it is typed: '' where a field is left out. */
export interface Draft {
  key: string;
  account: string;
  provider: string;
  tier: string;
  period: BudgetConfig['period'];
  usd: string;
  tokens: string;
  requests: string;
  mode: BudgetConfig['mode'];
  warnAt: string;
}
export type Field = keyof Draft;
/** What is wrong, by field; `amounts`: with all three of them. */
export type Problems = Partial<Record<Field | 'amounts' | 'whole', string>>;

const FIELDS: readonly string[] = ['key', 'account', 'provider', 'tier', 'period', 'usd', 'tokens', 'requests', 'mode', 'warnAt'];
const TIERS: Readonly<Record<NonNullable<BudgetConfig['tier']>, true>> = {
  subscription: true,
  'api-key': true,
  cheap: true,
  free: true,
  local: true,
};

export function draftOf(budget: BudgetConfig | undefined): Draft {
  return {
    key: budget?.key ?? '',
    account: budget?.account ?? '',
    provider: budget?.provider ?? '',
    tier: budget?.tier ?? '',
    period: budget?.period ?? 'month',
    usd: textOf(budget?.usd),
    tokens: textOf(budget?.tokens),
    requests: textOf(budget?.requests),
    mode: budget?.mode ?? 'hard',
    warnAt: textOf(budget?.warnAt ?? 80),
  };
}

const textOf = (value: number | undefined): string => (value === undefined ? '' : String(value));

type Read = { ok: true; budget: BudgetConfig } | { ok: false; problems: Problems };

/** The budget a draft stands for; what `before` had and this page does not know stays. What the figures may be, the gateway decides. */
export function budgetOf(draft: Draft, before: BudgetConfig | undefined): Read {
  const problems: Problems = {};
  const number = (field: 'usd' | 'tokens' | 'requests' | 'warnAt'): number | undefined => {
    const text = draft[field].trim();
    if (text === '') return undefined;
    if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
    problems[field] = l10n.t('Takes a number, such as 5 or 0.50.');
    return undefined;
  };
  const amounts = { usd: number('usd'), tokens: number('tokens'), requests: number('requests') };
  const warnAt = number('warnAt') ?? 80;
  const isEmpty = Object.values(amounts).every((amount) => amount === undefined);
  if (isEmpty && Object.keys(problems).length === 0) problems.amounts = l10n.t('A budget needs an amount: of dollars, tokens or requests.');
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const { period, mode } = draft;
  const fields = { ...scopeOf(draft), period, ...amounts, mode, warnAt };
  const kept = Object.entries(before ?? {}).filter(([name]) => !FIELDS.includes(name));
  return { ok: true, budget: { ...Object.fromEntries(kept), ...present(fields) } };
}

function scopeOf({ key, account, provider, tier }: Draft): Partial<BudgetConfig> {
  return {
    ...(key ? { key } : {}),
    ...(account ? { account } : {}),
    ...(provider ? { provider } : {}),
    ...(isTier(tier) ? { tier } : {}),
  };
}

function isTier(text: string): text is NonNullable<BudgetConfig['tier']> {
  return Object.hasOwn(TIERS, text);
}

/** Without the fields that are left out. */
function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** What the gateway found wrong (`budgets[2].usd`), at its field. */
export function problemsOf(error: Error): Problems {
  const param = error instanceof CallError ? error.param : undefined;
  const place = /^budgets\[\d+\](?:\.(\w+))?$/.exec(param ?? '');
  if (!place || param === undefined) return { whole: error.message };
  const message = error.message.startsWith(`${param}: `) ? error.message.slice(param.length + 2) : error.message;
  const [, field] = place;
  if (field === undefined) return { amounts: message };
  return FIELDS.includes(field) ? { [field]: message } : { whole: message };
}
