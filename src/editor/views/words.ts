import * as l10n from '@vscode/l10n';
import type { FailureClass } from '../../conversation/error.ts';
import type { Tier } from '../../providers/provider.ts';
import type { ComboConfig } from '../admin/api.ts';

/** The tiers in the order of the fall-back. */
export const TIER_ORDER: readonly Tier[] = ['subscription', 'api-key', 'cheap', 'free', 'local'];

export function tierRank(tier: Tier | undefined): number {
  const rank = tier === undefined ? -1 : TIER_ORDER.indexOf(tier);
  return rank < 0 ? TIER_ORDER.length : rank;
}

export function tierWord(tier: Tier | undefined): string {
  switch (tier) {
    case 'subscription':
      return l10n.t('Subscriptions');
    case 'api-key':
      return l10n.t('Paid by Use');
    case 'cheap':
      return l10n.t('Low Price');
    case 'free':
      return l10n.t('Free');
    case 'local':
      return l10n.t('This Machine');
    case undefined:
      return l10n.t('Others');
  }
}

export type Strategy = ComboConfig['strategy'];

/** A strategy as a plain word. */
export function strategyWord(strategy: Strategy): string {
  switch (strategy) {
    case 'fill-first':
      return l10n.t('in order');
    case 'round-robin':
      return l10n.t('in turn');
    case 'p2c':
      return l10n.t('less busy of two');
    case 'random':
      return l10n.t('at random');
    case 'least-used':
      return l10n.t('least used');
    case 'cost-optimized':
      return l10n.t('cheapest');
    case 'latency':
      return l10n.t('fastest');
  }
}

/** What a strategy does, in one sentence. */
export function strategySentence(strategy: Strategy): string {
  switch (strategy) {
    case 'fill-first':
      return l10n.t('The first that can answer is asked; the next one only when those above it cannot.');
    case 'round-robin':
      return l10n.t('Each conversation goes to the next in the circle.');
    case 'p2c':
      return l10n.t('Two are drawn, and the less busy one is asked.');
    case 'random':
      return l10n.t('One is drawn for each conversation.');
    case 'least-used':
      return l10n.t('The one with the fewest requests in the last hour is asked.');
    case 'cost-optimized':
      return l10n.t('The cheapest for this request is asked; plans, free tiers and local models cost nothing.');
    case 'latency':
      return l10n.t('The one that begins to answer soonest is asked.');
  }
}

/** Why an attempt failed. */
export function failureWord(failure: FailureClass): string {
  switch (failure) {
    case 'request':
      return l10n.t('the request was not accepted');
    case 'context':
      return l10n.t('the conversation is too long');
    case 'auth':
      return l10n.t('the key was refused');
    case 'quota':
      return l10n.t('quota used up');
    case 'billing':
      return l10n.t('not paid for');
    case 'rate':
      return l10n.t('too many requests');
    case 'overload':
      return l10n.t('overloaded');
    case 'capability':
      return l10n.t('the model cannot do this');
    case 'policy':
      return l10n.t('refused by policy');
    case 'network':
      return l10n.t('no connection');
    case 'empty':
      return l10n.t('empty answer');
    case 'cancelled':
      return l10n.t('cancelled');
    case 'internal':
      return l10n.t('failed inside the gateway');
  }
}
