import * as l10n from '@vscode/l10n';
import type { Provider } from '../../../providers/provider.ts';
import { type AccountView, type AdminApi, AdminError, type TestResult } from '../../admin/api.ts';
import type { Ui } from '../../input/ui.ts';
import { keyOf } from '../add-provider/draft.ts';
import type { Environment } from '../add-provider/env-keys.ts';
import { askAnyKey } from '../add-provider/key-steps.ts';
import { withoutKey } from '../add-provider/key-text.ts';
import { testText } from './result-text.ts';

interface Context {
  ui: Ui;
  admin: Pick<AdminApi, 'setKey'>;
  environment: Environment;
}

type NewKey = ReturnType<typeof keyOf>;
type Change = { is: 'changed'; test: TestResult | undefined } | { is: 'refused'; message: string } | { is: 'failed'; message: string };

/** Another key for an account. The old one stays until the provider took the new one, or the user says so all the same. */
export async function setKey({ ui, admin, environment }: Context, account: AccountView, provider: Provider): Promise<void> {
  const key = await newKey(ui, provider, environment, account);
  if (!key) return;
  const tried = await exchange(ui, admin, account, key, false);
  if (tried?.is !== 'refused') return tellChange(ui, account, tried);
  const again = l10n.t('Try Another Key');
  const anyway = l10n.t('Use Anyway');
  const message = l10n.t('{0} refuses this key. The account keeps the one it has.', provider.name);
  const action = await ui.confirm({ message, detail: tried.message }, again, anyway);
  if (action === again) await setKey({ ui, admin, environment }, account, provider);
  if (action === anyway) await tellChange(ui, account, await exchange(ui, admin, account, key, true));
}

async function newKey(ui: Ui, provider: Provider, environment: Environment, account: AccountView): Promise<NewKey | undefined> {
  // A key that is taken away again is another account: here there has to be one.
  const strict: Provider = {
    ...provider,
    customBaseUrl: false,
    auth: provider.auth.type === 'bearer' ? { type: 'bearer' } : provider.auth,
  };
  const title = l10n.t('Change the Key of {0}', account.name);
  const answer = await askAnyKey(ui, strict, environment, { title });
  return answer.is === 'value' && answer.value.from !== 'none' ? keyOf(answer.value) : undefined;
}

async function exchange(
  ui: Ui,
  admin: Pick<AdminApi, 'setKey'>,
  account: AccountView,
  key: NewKey,
  force: boolean,
): Promise<Change | undefined> {
  const title = force ? l10n.t('Changing the key of {0}…', account.name) : l10n.t('Testing the new key of {0}…', account.name);
  const waited = await ui.progress(title, async (signal): Promise<Change> => {
    try {
      const { test } = await admin.setKey(account.id, key, force, signal);
      return { is: 'changed', test };
    } catch (thrown) {
      signal.throwIfAborted();
      const message = withoutKey(thrown instanceof Error ? thrown.message : String(thrown), 'key' in key ? key.key : undefined);
      return { is: thrown instanceof AdminError && thrown.code === 'credential_refused' ? 'refused' : 'failed', message };
    }
  });
  return waited.is === 'value' ? waited.value : undefined;
}

async function tellChange(ui: Ui, account: AccountView, change: Change | undefined): Promise<void> {
  switch (change?.is) {
    case undefined:
      return;
    case 'refused':
    case 'failed':
      await ui.tell('error', l10n.t('The key of {0} was not changed: {1}', account.name, change.message));
      return;
    case 'changed': {
      if (!change.test) return void (await ui.tell('info', l10n.t('{0} has a new key. It was not tested.', account.name)));
      const { kind, message } = testText(account.name, change.test);
      await ui.tell(kind, l10n.t('{0} has a new key. {1}', account.name, message));
    }
  }
}
