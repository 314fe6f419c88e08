import * as l10n from '@vscode/l10n';
import type { AccountView, AdminApi, ComboConfig } from '../../admin/api.ts';
import type { Ui } from '../../input/ui.ts';

/** Combos that name models nobody would have once the account is gone. */
export function combosLeftWithout(
  account: AccountView,
  accounts: readonly AccountView[],
  combos: readonly Pick<ComboConfig, 'name' | 'targets'>[],
): string[] {
  const { prefix } = account;
  if (prefix === undefined || accounts.some((other) => other.id !== account.id && other.prefix === prefix)) return [];
  return combos.filter(({ targets }) => targets.some((target) => target.startsWith(`${prefix}/`))).map(({ name }) => name);
}

type Admin = Pick<AdminApi, 'removeAccount' | 'combos' | 'accounts' | 'budgets'>;

/** Asks, takes the account away with its key, and says which budgets went with it. */
export async function removeAccount(ui: Ui, admin: Admin, account: AccountView): Promise<void> {
  const [accounts, combos, before] = await Promise.all([admin.accounts(), admin.combos(), admin.budgets()]);
  const remove = l10n.t('Remove');
  const question = {
    message: l10n.t('Remove the account {0}?', account.name),
    detail: [keyText(account), ...comboText(combosLeftWithout(account, accounts, combos))].join('\n\n'),
  };
  if ((await ui.confirm(question, remove)) !== remove) return;
  await admin.removeAccount(account.id);
  const left = new Set((await admin.budgets()).map(({ name }) => name));
  const gone = before.map(({ name }) => name).filter((name) => !left.has(name));
  await ui.tell('info', removedText(account, gone));
}

function keyText({ credential }: AccountView): string {
  switch (credential?.kind) {
    case undefined:
      return l10n.t('It has no key.');
    case 'vault':
      return l10n.t('Its key is deleted from secret storage.');
    case 'env':
      return l10n.t('Its key stays in the environment, in {0}.', credential.name);
  }
}

function comboText(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [l10n.t('These combos name models that only this account has, and will skip them: {0}.', names.join(', '))];
}

function removedText({ name }: AccountView, budgets: readonly string[]): string {
  if (budgets.length === 0) return l10n.t('{0} is removed.', name);
  return l10n.t('{0} is removed, and with it the budgets that were for it alone: {1}.', name, budgets.join('; '));
}
