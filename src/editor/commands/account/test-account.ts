import * as l10n from '@vscode/l10n';
import type { AccountView, AdminApi } from '../../admin/api.ts';
import type { Ui } from '../../input/ui.ts';
import { testText } from './result-text.ts';

/** Tests an account while the user may cancel, and says what came of it; `mend` leads on when the key is refused. */
export async function testAccount(
  ui: Ui,
  admin: Pick<AdminApi, 'testAccount'>,
  account: AccountView,
  mend: { changeKey(): Promise<void>; keyUrl: string | undefined },
): Promise<void> {
  const waited = await ui.progress(l10n.t('Testing {0}…', account.name), (signal) => admin.testAccount(account.id, undefined, signal));
  if (waited.is === 'cancelled') return;
  const { kind, message } = testText(account.name, waited.value);
  const change = l10n.t('Change Key…');
  const page = l10n.t('Open Key Page');
  const refused = !waited.value.ok && waited.value.refused;
  const actions = refused ? [change, ...(mend.keyUrl === undefined ? [] : [page])] : [];
  const action = await ui.tell(kind, message, ...actions);
  if (action === change) await mend.changeKey();
  if (action === page && mend.keyUrl !== undefined) await ui.open(mend.keyUrl);
}
