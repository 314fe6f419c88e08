import * as l10n from '@vscode/l10n';
import type { AccountView, BudgetConfig, BudgetEntry } from '../../../../src/editor/admin/api.ts';
import { TIER_ORDER, tierWord } from '../../../../src/editor/views/words.ts';
import type { BudgetLine } from './lines.ts';

export interface Known {
  accounts: readonly Pick<AccountView, 'id' | 'name' | 'provider'>[];
  /** Names of the gateway's keys. */
  keys: readonly string[];
  /** Of providers, by id. */
  names: Readonly<Record<string, string>>;
}

/** Whom a budget concerns, as people know them. */
export function scopeWords({ config, state }: BudgetLine, { accounts, names }: Known): string {
  const about = config ?? state?.about;
  if (!about) return state?.name ?? '';
  const { key, account, provider, tier } = about;
  const combo = 'combo' in about && typeof about.combo === 'string' ? about.combo : undefined;
  const words = [
    ...(combo === undefined ? [] : [l10n.t('Combo {0}', combo)]),
    ...(key === undefined ? [] : [l10n.t('Key {0}', key)]),
    ...(account === undefined ? [] : [l10n.t('Account {0}', accounts.find(({ id }) => id === account)?.name ?? account)]),
    ...(provider === undefined ? [] : [l10n.t('Provider {0}', names[provider] ?? provider)]),
    ...(tier === undefined ? [] : [l10n.t('Tier {0}', tierWord(TIER_ORDER.find((known) => known === tier)))]),
  ];
  return words.length === 0 ? l10n.t('Everything') : words.join(' · ');
}

export function periodWord(period: BudgetConfig['period']): string {
  return period === 'day' ? l10n.t('a day') : l10n.t('a month');
}

export function modeWord(mode: BudgetConfig['mode']): string {
  return mode === 'hard' ? l10n.t('Stops') : l10n.t('Warns only');
}

export function modeSentence(mode: BudgetConfig['mode']): string {
  return mode === 'hard'
    ? l10n.t('What would go beyond it is not asked; others answer instead where they can.')
    : l10n.t('Everything goes on; there is a warning.');
}

export function unitWord(unit: BudgetEntry['amounts'][number]['unit']): string {
  switch (unit) {
    case 'usd':
      return l10n.t('US Dollars');
    case 'tokens':
      return l10n.t('Tokens');
    case 'requests':
      return l10n.t('Requests');
  }
}
