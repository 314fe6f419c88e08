import * as l10n from '@vscode/l10n';
import type { Provider, TermsStatus } from '../../../providers/provider.ts';

/** True where the host answers without a key. */
export function worksWithoutKey({ auth, customBaseUrl }: Pick<Provider, 'auth' | 'customBaseUrl'>): boolean {
  return customBaseUrl === true || auth.type === 'none' || (auth.type === 'bearer' && auth.optional === true);
}

/** The order of the list, and what the groups are called. */
export const GROUPS = ['environment', 'subscription', 'api-key', 'cheap', 'free', 'local', 'custom'] as const;
export type Group = (typeof GROUPS)[number];

export function groupTitle(group: Group): string {
  switch (group) {
    case 'environment':
      return l10n.t('Key found in the environment');
    case 'subscription':
      return l10n.t('Subscriptions');
    case 'api-key':
      return l10n.t('Paid by use, with an API key');
    case 'cheap':
      return l10n.t('Cheap');
    case 'free':
      return l10n.t('Free');
    case 'local':
      return l10n.t('On this computer');
    case 'custom':
      return l10n.t('Custom endpoint');
  }
}

export function groupOf({ customBaseUrl, tier }: Pick<Provider, 'customBaseUrl' | 'tier'>): Exclude<Group, 'environment'> {
  return customBaseUrl ? 'custom' : tier;
}

/** What it costs, in a word or two. */
export function costText(provider: Pick<Provider, 'customBaseUrl' | 'tier'>): string {
  switch (groupOf(provider)) {
    case 'subscription':
      return l10n.t('Subscription');
    case 'api-key':
      return l10n.t('Paid by use');
    case 'cheap':
      return l10n.t('Cheap');
    case 'free':
      return l10n.t('Free tier');
    case 'local':
      return l10n.t('Free, on this computer');
    case 'custom':
      return l10n.t('Any address');
  }
}

/** Whether it needs a key, and where a person gets one. */
export function keyNeedText(provider: Pick<Provider, 'auth' | 'customBaseUrl' | 'keyUrl' | 'inEditor'>): string {
  const { auth, keyUrl, inEditor } = provider;
  if (inEditor) return l10n.t("No key, but this editor's consent");
  const site = keyUrl === undefined ? undefined : new URL(keyUrl).hostname;
  if (auth.type === 'none') return l10n.t('No key');
  if (auth.type === 'google-service-account') return l10n.t("Needs a service account's key file, as JSON");
  if (worksWithoutKey(provider)) {
    return site === undefined ? l10n.t('Works without a key') : l10n.t('Works without a key; keys from {0}', site);
  }
  return site === undefined ? l10n.t('Needs an API key') : l10n.t('Needs an API key, from {0}', site);
}

/** What is asked for in the box. */
export function keyWord({ auth }: Pick<Provider, 'auth'>): string {
  return auth.type === 'google-service-account' ? l10n.t('Key file of a service account (JSON), or an API key') : l10n.t('API key');
}

/** Whether the terms want the user's word first: `ask` to be chosen, `tell` to be read. */
export function termsOf({ terms }: Pick<Provider, 'terms'>): 'nothing' | 'tell' | 'ask' {
  switch (terms.status) {
    case 'ok':
      return terms.notice === undefined ? 'nothing' : 'tell';
    case 'allowed-with-key':
      return 'tell';
    case 'restricted':
    case 'unclear':
    case 'unsupported':
    case 'high-risk':
    case 'prohibited':
    case 'discontinued':
      return 'ask';
  }
}

/** The terms in a sentence. */
export function termsText(name: string, status: TermsStatus): string {
  switch (status) {
    case 'ok':
      return l10n.t('Before you use {0}', name);
    case 'allowed-with-key':
      return l10n.t('{0} allows this use with an API key.', name);
    case 'restricted':
      return l10n.t('The terms of {0} restrict what it may be used for.', name);
    case 'unclear':
      return l10n.t('The terms of {0} do not say clearly whether this use is allowed.', name);
    case 'unsupported':
      return l10n.t('{0} does not support this use.', name);
    case 'high-risk':
      return l10n.t('Using {0} this way may cost you the account.', name);
    case 'prohibited':
      return l10n.t('The terms of {0} forbid this use.', name);
    case 'discontinued':
      return l10n.t('{0} is discontinued.', name);
  }
}
