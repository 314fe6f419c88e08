import * as l10n from '@vscode/l10n';
import { Disposable } from 'vscode';
import type { Provider } from '../../../providers/provider.ts';
import type { AccountView } from '../../admin/api.ts';
import type { Command } from '../../contributions.ts';
import type { Editor } from '../../editor.ts';
import { vscodeUi as ui } from '../../input/vscode-ui.ts';
import { handle } from '../handler.ts';
import { quotaText, resetText } from './quota-text.ts';
import { whichAccount } from './which.ts';

type Work = (account: AccountView) => Promise<unknown>;
type Fits = (account: AccountView) => boolean;

/** What is done with one account. */
export function register(editor: Editor): Disposable {
  const { admin } = editor;
  const about = (command: Command, title: () => string, work: Work, fits?: Fits): Disposable =>
    handle(editor, command, async (item) => {
      const account = await whichAccount(ui, await admin.accounts(), item, { title: title(), ...(fits ? { fits } : {}) });
      if (account) await work(account);
    });
  return Disposable.from(
    about(
      'omniroute.account.test',
      () => l10n.t('Test Account'),
      (account) => test(editor, account),
    ),
    about(
      'omniroute.account.edit',
      () => l10n.t('Edit Account'),
      (account) => edit(editor, account),
    ),
    about(
      'omniroute.account.setKey',
      () => l10n.t('Change Key'),
      (account) => changeKey(editor, account),
    ),
    about(
      'omniroute.account.enable',
      () => l10n.t('Enable Account'),
      ({ id }) => admin.editAccount(id, { enabled: true }),
      isDisabled,
    ),
    about(
      'omniroute.account.disable',
      () => l10n.t('Disable Account'),
      ({ id }) => admin.editAccount(id, { enabled: false }),
      isEnabled,
    ),
    about(
      'omniroute.account.remove',
      () => l10n.t('Remove Account'),
      (account) => remove(editor, account),
    ),
    about(
      'omniroute.account.refreshQuota',
      () => l10n.t('Read Quota Now'),
      (account) => refreshQuota(editor, account),
    ),
    about(
      'omniroute.account.resetHealth',
      () => l10n.t('Forget Cool-downs'),
      (account) => resetHealth(editor, account),
    ),
    about('omniroute.account.openKeyPage', () => l10n.t("Open the Provider's Key Page"), openKeyPage),
  );
}

const isEnabled: Fits = ({ enabled }) => enabled;
const isDisabled: Fits = ({ enabled }) => !enabled;

async function providerOf(account: AccountView): Promise<Provider | undefined> {
  const { providerById } = await import('../../../providers/catalogue.ts');
  return providerById(account.provider);
}

async function test(editor: Editor, account: AccountView): Promise<void> {
  const [provider, { testAccount }] = await Promise.all([providerOf(account), import('./test-account.ts')]);
  const keyUrl = provider?.keyUrl;
  await testAccount(ui, editor.admin, account, { keyUrl, changeKey: () => changeKey(editor, account) });
}

async function edit({ admin }: Editor, account: AccountView): Promise<void> {
  const [provider, { editAccount }] = await Promise.all([providerOf(account), import('./edit.ts')]);
  await editAccount({ ui, admin }, account, provider);
}

async function changeKey({ admin }: Editor, account: AccountView): Promise<void> {
  const [provider, { setKey }] = await Promise.all([providerOf(account), import('./set-key.ts')]);
  if (!provider) throw new Error(l10n.t('The provider {0} is not known here.', account.provider));
  await setKey({ ui, admin, environment: process.env }, account, provider);
}

async function remove({ admin }: Editor, account: AccountView): Promise<void> {
  const { removeAccount } = await import('./remove.ts');
  await removeAccount(ui, admin, account);
}

async function refreshQuota({ admin, live }: Editor, account: AccountView): Promise<void> {
  const title = l10n.t('Reading the quota of {0}…', account.name);
  const waited = await ui.progress(title, (signal) => admin.refreshQuota(account.id, signal));
  if (waited.is === 'cancelled') return;
  void live.refresh('quota');
  const view = waited.value.find((entry) => entry.account === account.id);
  const { kind, message } = quotaText(account.name, view);
  await ui.tell(kind, message);
}

async function resetHealth({ admin }: Editor, account: AccountView): Promise<void> {
  const entries = await admin.resetHealth({ account: account.id });
  void ui.tell('info', resetText(account.name, entries));
}

async function openKeyPage(account: AccountView): Promise<void> {
  const provider = await providerOf(account);
  if (provider?.keyUrl === undefined) {
    await ui.tell('info', l10n.t('It is not known where {0} gives keys.', provider?.name ?? account.provider));
    return;
  }
  await ui.open(provider.keyUrl);
}
