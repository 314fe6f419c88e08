import * as l10n from '@vscode/l10n';
import { failureWord, tierWord } from '../../../src/editor/views/words.ts';
import type { Tone } from '../../ui/tone.ts';
import { DIMENSIONS, type Dimension, type Filter, type Outcome, type Span } from './filter/filter.ts';
import type { Row } from './list/row.ts';

export interface Said {
  word: string;
  icon: string;
  tone: Tone;
}

/** What a request has come to, in words. */
export function outcomeOf({ state, fallback, error, status }: Pick<Row, 'state' | 'fallback' | 'error' | 'status'>): Said {
  switch (state) {
    case 'running':
      return { word: l10n.t('asking'), icon: 'loading', tone: 'info' };
    case 'streaming':
      return { word: l10n.t('answering'), icon: 'loading', tone: 'info' };
    case 'done':
      return fallback
        ? { word: l10n.t('answered after a fall-back'), icon: 'git-compare', tone: 'warning' }
        : { word: l10n.t('answered'), icon: 'pass', tone: 'good' };
    case 'failed':
      return { word: failedWord(error, status), icon: 'error', tone: 'bad' };
    case 'cancelled':
      return { word: l10n.t('cancelled by the tool'), icon: 'circle-slash', tone: 'neutral' };
  }
}

function failedWord(error: Row['error'], status: number | undefined): string {
  const word = error ? failureWord(error) : l10n.t('failed');
  return status === undefined || status < 400 ? word : l10n.t('{0} (status {1})', word, status);
}

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
