import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { useApp } from '../../app.ts';
import { Page } from '../../ui/layout.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { AccountDetail } from './detail.tsx';
import { AccountList } from './list.tsx';
import { useAccounts } from './use-accounts.ts';
import { useTests } from './use-tests.ts';

/** All accounts in the order of the fall-back, or one of them. */
export function Providers(): VNode {
  const { place, go } = useApp();
  const accounts = useAccounts();
  const tests = useTests();
  const cameFrom = useRef<string | undefined>(undefined);
  const { item } = place;
  if (item !== undefined) cameFrom.current = item;
  const back = (): void => go({ page: 'providers' });
  if (item === undefined) return <AccountList accounts={accounts} tests={tests} cameFrom={cameFrom.current} />;
  const account = accounts.conditions?.accounts.find(({ id, name }) => id === item || name === item);
  if (account) return <AccountDetail key={account.id} account={account} accounts={accounts} tests={tests} back={back} />;
  return (
    <Page title={l10n.t('Providers')} back={{ label: l10n.t('All Accounts'), onClick: back }}>
      {accounts.conditions ? <Empty icon="search-stop" title={l10n.t('This account is not there any more.')} /> : <Loading rows={8} />}
    </Page>
  );
}
