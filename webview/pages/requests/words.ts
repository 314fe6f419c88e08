import * as l10n from '@vscode/l10n';
import { tierWord } from '../../../src/editor/views/words.ts';
import { DIMENSIONS, type Dimension, type Filter, type Outcome, type Span } from './filter/filter.ts';

export function outcomeChoice(outcome: Outcome): string {
  switch (outcome) {
    case 'running':
      return l10n.t('Under way');
    case 'answered':
      return l10n.t('Answered');
    case 'fallback':
      return l10n.t('Answered after a fall-back');
    case 'failed':
      return l10n.t('Failed');
    case 'cancelled':
      return l10n.t('Cancelled');
  }
}

export function spanChoice(span: Span): string {
  switch (span) {
    case 'hour':
      return l10n.t('Last hour');
    case 'day':
      return l10n.t('Last 24 hours');
    case 'week':
      return l10n.t('Last 7 days');
    case 'month':
      return l10n.t('Last 30 days');
  }
}

export function dimensionWord(name: Dimension): string {
  switch (name) {
    case 'client':
      return l10n.t('Tool');
    case 'key':
      return l10n.t('Key');
    case 'account':
      return l10n.t('Account');
    case 'provider':
      return l10n.t('Provider');
    case 'model':
      return l10n.t('Model');
    case 'combo':
      return l10n.t('Combo');
    case 'tier':
      return l10n.t('Tier');
  }
}

/** A value of a dimension as people read it. */
export function valueWord(name: Dimension, value: string): string {
  if (name !== 'tier') return value;
  switch (value) {
    case 'subscription':
    case 'api-key':
    case 'cheap':
    case 'free':
    case 'local':
      return tierWord(value);
    default:
      return value;
  }
}

interface Chip {
  key: keyof Filter;
  text: string;
}

/** What the list is narrowed to, one text a field; the search stands in its own field. */
export function chipsOf(filter: Filter): Chip[] {
  const chips: Chip[] = [];
  if (filter.outcome) chips.push({ key: 'outcome', text: outcomeChoice(filter.outcome) });
  if (filter.span) chips.push({ key: 'span', text: spanChoice(filter.span) });
  for (const name of DIMENSIONS) {
    const value = filter[name];
    if (value) chips.push({ key: name, text: l10n.t('{0}: {1}', dimensionWord(name), valueWord(name, value)) });
  }
  if (filter.search?.trim()) chips.push({ key: 'search', text: l10n.t('Text: {0}', filter.search.trim()) });
  return chips;
}
