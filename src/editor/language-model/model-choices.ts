import * as l10n from '@vscode/l10n';
import type { AccountView, ModelView } from '../admin/api.ts';
import { byAccounts, ordered } from '../model-list/listed.ts';

export interface Choices {
  group: string;
  models: ModelView[];
}

/** All models as a list to choose from: what the user has named himself first, then each account's own. */
export function choicesOf(models: readonly ModelView[], accounts: readonly AccountView[]): Choices[] {
  const own = ordered(models).filter(({ kind }) => kind !== 'model');
  const groups = [...byAccounts(models).values()].map((group) => ({ group: accountNames(group[0], accounts), models: group }));
  return [...(own.length > 0 ? [{ group: l10n.t('Auto and Combos'), models: own }] : []), ...groups];
}

function accountNames(model: ModelView | undefined, accounts: readonly AccountView[]): string {
  const names = (model?.accounts ?? []).map((id) => accounts.find((account) => account.id === id)?.name ?? id);
  return names.length > 0 ? names.join(', ') : l10n.t('Others');
}
