import * as l10n from '@vscode/l10n';
import type { AccountView, AdminApi } from '../../admin/api.ts';
import type { Ui } from '../../input/ui.ts';

interface Context {
  ui: Ui;
  admin: Pick<AdminApi, 'editAccount'>;
  chat: boolean;
}

interface Success {
  account: AccountView;
  /** The accounts there were before. */
  others: readonly AccountView[];
  kind: 'info' | 'warning';
  message: string;
}

/** Tells what came of it, with what a person wants to do next. */
export async function offerNextSteps({ ui, admin, chat }: Context, { account, others, kind, message }: Success): Promise<void> {
  const first = l10n.t('Set as First');
  const copy = l10n.t('Copy Base URL');
  const open = l10n.t('Open Copilot Chat');
  const priority = firstPriority(account, others);
  const actions = [...(priority === undefined ? [] : [first]), copy, ...(chat ? [open] : [])];
  const action = await ui.tell(kind, message, ...actions);
  if (action === first && priority !== undefined) await admin.editAccount(account.id, { priority });
  if (action === copy) await ui.run('omniroute.copyBaseUrl');
  if (action === open) await ui.run('workbench.action.chat.open');
}

/** The priority that puts an account before the others; `undefined` when it is the first already. A smaller number comes first. */
export function firstPriority(account: AccountView, others: readonly AccountView[]): number | undefined {
  const least = Math.min(...others.filter(({ id, enabled }) => enabled && id !== account.id).map(({ priority }) => priority));
  return account.priority < least ? undefined : least - 1;
}
