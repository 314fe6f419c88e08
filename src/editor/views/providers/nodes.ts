import * as l10n from '@vscode/l10n';
import type { Tier } from '../../../providers/provider.ts';
import type { AccountView, ModelView } from '../../admin/api.ts';
import type { Snapshot } from '../../live/snapshot.ts';
import { listedByThemselves, listedTest } from '../../model-list/listed.ts';
import type { FactsOf } from '../provider-facts.ts';
import type { ViewNode } from '../tree/node.ts';
import { tierRank, tierWord } from '../words.ts';
import { accountNode } from './account-node.ts';
import { modelNode } from './model-node.ts';

/** The accounts in the order of the fall-back, with their models; under the names of the tiers when there is more than one. */
export function providerNodes(snapshot: Snapshot, now: number, hidden: readonly string[], factsOf: FactsOf): ViewNode[] {
  const models = modelsByAccount(snapshot.models);
  const isListed = listedTest(listedByThemselves(snapshot.models, snapshot.accounts), hidden);
  const draw = (account: AccountView): ViewNode => {
    const children = (models.get(account.id) ?? []).map((model) => modelNode(model, account, !isListed(model.name)));
    return accountNode(account, { snapshot, facts: factsOf(account.provider), now }, children);
  };
  // The demo shows that the gateway works; alone, it gives way to the words of welcome.
  const tiers = snapshot.accounts.some(isOwn) ? accountsByTier(snapshot.accounts) : [];
  if (tiers.length <= 1) return tiers.flatMap(({ accounts }) => accounts.map(draw));
  return tiers.map(({ tier, accounts }) => tierNode(tier, accounts.map(draw)));
}

/** One of the user's accounts, not the built-in demo. */
export function isOwn({ provider }: AccountView): boolean {
  return provider !== 'demo';
}

/** The tiers that have accounts, in order; within one the best priority first. */
export function accountsByTier(accounts: readonly AccountView[]): { tier: Tier | undefined; accounts: AccountView[] }[] {
  const tiers = new Map<Tier | undefined, AccountView[]>();
  for (const account of accounts) {
    const mates = tiers.get(account.tier) ?? [];
    mates.push(account);
    tiers.set(account.tier, mates);
  }
  return [...tiers]
    .map(([tier, mates]) => ({ tier, accounts: mates.sort((a, b) => a.priority - b.priority) }))
    .sort((a, b) => tierRank(a.tier) - tierRank(b.tier));
}

/** The models of each account, by its id, in the order of the list. */
export function modelsByAccount(models: readonly ModelView[]): Map<string, ModelView[]> {
  const byAccount = new Map<string, ModelView[]>();
  for (const model of models) {
    if (model.kind !== 'model') continue;
    for (const account of model.accounts) {
      const list = byAccount.get(account) ?? [];
      list.push(model);
      byAccount.set(account, list);
    }
  }
  return byAccount;
}

function tierNode(tier: Tier | undefined, children: ViewNode[]): ViewNode {
  const label = tierWord(tier);
  const count = children.length === 1 ? l10n.t('1 account') : l10n.t('{0} accounts', children.length);
  return {
    id: `tier:${tier ?? 'others'}`,
    ref: { kind: 'group', name: tier ?? 'others' },
    label,
    contextValue: 'tier',
    spoken: `${label}, ${count}`,
    children,
    expanded: true,
  };
}
