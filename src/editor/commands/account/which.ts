import * as l10n from '@vscode/l10n';
import type { AccountView } from '../../admin/api.ts';
import type { Ui } from '../../input/ui.ts';

/** The account a tree item stands for. */
function accountIdOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('accountId' in item)) return undefined;
  return typeof item.accountId === 'string' ? item.accountId : undefined;
}

/** The account a command is about: that of its tree item, else the only one that fits, else the one the user chooses. */
export async function whichAccount(
  ui: Ui,
  accounts: readonly AccountView[],
  item: unknown,
  { title, fits = () => true }: { title: string; fits?: (account: AccountView) => boolean },
): Promise<AccountView | undefined> {
  const id = accountIdOf(item);
  if (id !== undefined) return accounts.find((account) => account.id === id);
  const choice = accounts.filter((account) => account.provider !== 'demo' && fits(account));
  if (choice.length === 0) return void (await noneFits(ui, accounts));
  const answer = await ui.pick({
    title,
    placeholder: l10n.t('Which account?'),
    items: choice.map((account) => ({ label: account.name, description: describe(account), icon: 'account', value: account })),
  });
  return answer.is === 'value' ? answer.value : undefined;
}

async function noneFits(ui: Ui, accounts: readonly AccountView[]): Promise<void> {
  const add = l10n.t('Add Provider…');
  const message = accounts.some(({ provider }) => provider !== 'demo')
    ? l10n.t('There is no account this could be done with.')
    : l10n.t('There is no account yet.');
  if ((await ui.tell('info', message, add)) === add) await ui.run('omniroute.addProvider');
}

function describe({ provider, prefix, enabled }: AccountView): string {
  const name = `${provider} · ${prefix ?? provider}/…`;
  return enabled ? name : l10n.t('{0} · disabled', name);
}
