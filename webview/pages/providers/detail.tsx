import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { AccountView, UsageRow } from '../../../src/editor/admin/api.ts';
import type { ProviderShown } from '../../../src/editor/dashboard/contract/calls/accounts.ts';
import { formatCount, formatTokens, formatUsd } from '../../../src/editor/format/index.ts';
import { stateWords } from '../../../src/editor/views/providers/account-node.ts';
import { blockSentence } from '../../../src/editor/views/providers/account-tooltip.ts';
import { accountBlock, blockedModels } from '../../../src/editor/views/providers/blocks.ts';
import { isOwn } from '../../../src/editor/views/providers/nodes.ts';
import type { Block } from '../../../src/routing/block.ts';
import { useNow, useSlice } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page, Tile, Tiles } from '../../ui/layout.tsx';
import { Link } from '../../ui/link.tsx';
import { useEscape } from '../../ui/use-escape.ts';
import { type Run, useRun } from '../../use-run.ts';
import { Models } from './models.tsx';
import { Quota } from './quota.tsx';
import { AccountSettings } from './settings.tsx';
import { AccountState } from './state.tsx';
import { TestLine } from './test-line.tsx';
import type { Accounts } from './use-accounts.ts';
import type { Tests } from './use-tests.ts';

interface DetailProps {
  account: AccountView;
  accounts: Accounts;
  tests: Tests;
  back(): void;
}

/** Everything about one account. */
export function AccountDetail({ account, accounts, tests, back }: DetailProps): VNode {
  const run = useRun();
  const now = useNow(2000);
  const today = useSlice('todayByAccount')?.get(account.name);
  const provider = accounts.providerOf(account.provider);
  const { conditions } = accounts;
  const block = conditions && accountBlock(account, conditions, now);
  const blocked = conditions ? blockedModels(account, conditions, now) : [];
  const tested = tests.of(account.id);
  useEscape(back);
  return (
    <Page
      title={account.name}
      back={{ label: l10n.t('All Accounts'), onClick: back }}
      actions={<Actions account={account} block={block} provider={provider} tests={tests} run={run} />}
    >
      <div class="account-standing">
        <AccountState account={account} block={block} words={stateWords(account, block, now)} alone />
        {blocked.map((entry) => (
          <p key={entry.model} class="quiet">
            {l10n.t('{0}: {1}', entry.model, blockSentence(entry.block, now))}
          </p>
        ))}
        {tested && (
          <TestLine account={account} tested={tested} testing={tests.testing} run={run} hasKeyPage={provider?.keyUrl !== undefined} />
        )}
      </div>
      {provider?.notice && <Notice account={account} provider={provider} run={run} />}
      <TodayTiles today={today} />
      <Quota account={account} quota={conditions?.quota ?? []} now={now} />
      <AccountSettings account={account} provider={provider} isUnknown={accounts.providersKnown && !provider} run={run} />
      <Models account={account} blocked={blocked} now={now} />
    </Page>
  );
}

interface ActionsProps {
  account: AccountView;
  block: Block | undefined;
  provider: ProviderShown | undefined;
  tests: Tests;
  run: Run;
}

function Actions({ account, block, provider, tests, run }: ActionsProps): VNode {
  const { id, enabled } = account;
  const ref = { kind: 'account', account: id } as const;
  const test = (
    <Button icon="beaker" disabled={tests.of(id)?.is === 'running'} onClick={() => tests.testing.start(id)}>
      {l10n.t('Test')}
    </Button>
  );
  // The demo is built in: it has no key to change and cannot be removed.
  if (!isOwn(account)) return test;
  return (
    <>
      {test}
      {block && <Button onClick={() => void run('omniroute.account.resetHealth', ref)}>{l10n.t('Forget Cool-downs')}</Button>}
      <Button onClick={() => void run('omniroute.account.setKey', ref)}>{l10n.t('Change Key…')}</Button>
      {provider?.keyUrl && <Button onClick={() => void run('omniroute.account.openKeyPage', ref)}>{l10n.t('Open Key Page')}</Button>}
      <Button onClick={() => void run(enabled ? 'omniroute.account.disable' : 'omniroute.account.enable', ref)}>
        {enabled ? l10n.t('Disable') : l10n.t('Enable')}
      </Button>
      <Button onClick={() => void run('omniroute.account.remove', ref)}>{l10n.t('Remove…')}</Button>
    </>
  );
}

/** What the provider's terms want a word about. */
function Notice({ account, provider, run }: { account: AccountView; provider: ProviderShown; run: Run }): VNode {
  return (
    <div class="account-notice tone-info" role="note">
      <Icon name="info" />
      <p>
        <strong>{l10n.t('Terms of {0}', provider.name)}</strong> {provider.notice}{' '}
        {provider.keyUrl && (
          <Link title={provider.keyUrl} onClick={() => void run('omniroute.account.openKeyPage', { kind: 'account', account: account.id })}>
            {l10n.t('Open Key Page')}
          </Link>
        )}
      </p>
    </div>
  );
}

function TodayTiles({ today }: { today: UsageRow | undefined }): VNode {
  const figure = (value: number | null | undefined, format: (value: number) => string): string =>
    value === null ? '–' : format(value ?? 0);
  return (
    <Tiles>
      <Tile label={l10n.t('Requests today')} value={figure(today?.requests, formatCount)} detail={failedWords(today)} />
      <Tile label={l10n.t('Tokens in')} value={figure(today?.inputTokens, formatTokens)} />
      <Tile label={l10n.t('Tokens out')} value={figure(today?.outputTokens, formatTokens)} />
      <Tile label={l10n.t('Cost')} value={figure(today?.cost, formatUsd)} detail={unpricedWords(today)} />
      <Tile label={l10n.t('Saved today')} value={figure(today?.saved, formatUsd)} />
    </Tiles>
  );
}

function unpricedWords(today: UsageRow | undefined): string | undefined {
  return today?.cost === null ? l10n.t('prices not known') : undefined;
}

function failedWords(today: UsageRow | undefined): string | undefined {
  return today && today.failed > 0 ? l10n.t('{0} failed', formatCount(today.failed)) : undefined;
}
