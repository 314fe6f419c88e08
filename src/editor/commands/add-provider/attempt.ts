import * as l10n from '@vscode/l10n';
import { type AccountView, type AdminApi, AdminError, type NewAccount, type TestResult } from '../../admin/api.ts';
import type { Ui } from '../../input/ui.ts';
import { withoutKey } from './key-text.ts';

/** What came of asking the gateway to add an account. Only after `added` anything is stored. */
export type Attempt =
  | { is: 'added'; account: AccountView; test: TestResult | undefined }
  | { is: 'cancelled' }
  /** The provider said no to the key, in these words. */
  | { is: 'refused'; message: string }
  | { is: 'not-reached'; message: string }
  /** The gateway could not take what was entered, or could not be asked. `param`: which of it. */
  | { is: 'impossible'; message: string; param: string | undefined };

/** Tests and adds an account while the user may cancel. */
export async function tryToAdd(ui: Ui, admin: Pick<AdminApi, 'addAccount'>, providerName: string, account: NewAccount): Promise<Attempt> {
  const title = account.test === false ? l10n.t('Adding {0}…', providerName) : l10n.t('Asking {0} whether the key works…', providerName);
  const waited = await ui.progress(title, (signal) => attempt(admin, account, signal));
  return waited.is === 'cancelled' ? waited : waited.value;
}

/** The same without a progress of its own. Rejects only when the signal was aborted. */
export async function attempt(admin: Pick<AdminApi, 'addAccount'>, account: NewAccount, signal: AbortSignal): Promise<Attempt> {
  try {
    const { account: added, test } = await admin.addAccount(account, signal);
    return { is: 'added', account: added, test };
  } catch (thrown) {
    signal.throwIfAborted();
    return failed(thrown, account.key);
  }
}

function failed(thrown: unknown, key: string | undefined): Attempt {
  const message = withoutKey(thrown instanceof Error ? thrown.message : String(thrown), key);
  const code = thrown instanceof AdminError ? thrown.code : undefined;
  if (code === 'credential_refused') return { is: 'refused', message };
  if (code === 'not_reached') return { is: 'not-reached', message };
  return { is: 'impossible', message, param: thrown instanceof AdminError ? thrown.param : undefined };
}
