import * as l10n from '@vscode/l10n';
import type { Provider } from '../../../providers/provider.ts';
import type { AccountView } from '../../admin/api.ts';
import type { Button, PickItem, Separator } from '../../input/ui.ts';
import { type Environment, type EnvKey, envKeyOf } from './env-keys.ts';
import { costText, GROUPS, groupOf, groupTitle, keyNeedText, termsOf } from './provider-texts.ts';

interface Listed {
  provider: Provider;
  key: EnvKey | undefined;
  added: number;
}

/**
 * Every provider a person can add, in groups: first those whose key is in the environment and in no account yet, then by tier, the
 * catalogue's order within. The words people search by (id, aliases, tier, who gives keys) are all in the shown texts, since
 * the list searches what it shows.
 */
export function providerItems(
  providers: readonly Provider[],
  environment: Environment,
  accounts: readonly AccountView[],
  open: (url: string) => Promise<void>,
): (PickItem<Provider> | Separator)[] {
  const listed = providers.filter(({ offline }) => !offline).map((provider) => listedOf(provider, environment, accounts));
  return GROUPS.flatMap((group) => {
    const members = listed.filter(({ provider, key, added }) => (key && added === 0 ? 'environment' : groupOf(provider)) === group);
    return members.length === 0 ? [] : [{ separator: groupTitle(group) }, ...members.map((entry) => itemOf(entry, open))];
  });
}

function listedOf(provider: Provider, environment: Environment, accounts: readonly AccountView[]): Listed {
  const added = accounts.filter((account) => account.provider === provider.id).length;
  return { provider, key: envKeyOf(provider, environment), added };
}

function itemOf({ provider, key, added }: Listed, open: (url: string) => Promise<void>): PickItem<Provider> {
  const { name, id, aliases = [], keyUrl } = provider;
  return {
    label: name,
    description: [id, ...aliases, ...(added > 0 ? [l10n.t('connected')] : [])].join(' · '),
    detail: detailOf(provider, key),
    icon: iconOf(provider, key),
    value: provider,
    ...(keyUrl === undefined ? {} : { buttons: [keyPageButton(keyUrl, open)] }),
  };
}

function detailOf(provider: Provider, key: EnvKey | undefined): string {
  const needs = key ? l10n.t('Key found in {0}', key.variable) : keyNeedText(provider);
  const { notice } = provider.terms;
  return [costText(provider), needs, ...(notice === undefined ? [] : [notice])].join(' · ');
}

function iconOf(provider: Provider, key: EnvKey | undefined): string {
  if (termsOf(provider) !== 'nothing') return 'shield';
  if (key) return 'key';
  if (provider.customBaseUrl) return 'plug';
  return provider.tier === 'local' ? 'vm' : 'cloud';
}

export function keyPageButton(keyUrl: string, open: (url: string) => Promise<void>): Button {
  return { icon: 'link-external', tooltip: l10n.t('Open key page'), press: () => open(keyUrl) };
}
