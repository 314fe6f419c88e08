import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { memo } from 'preact/compat';
import type { AccountView, UsageRow } from '../../../src/editor/admin/api.ts';
import type { ProviderShown } from '../../../src/editor/dashboard/contract/calls/accounts.ts';
import { formatCount } from '../../../src/editor/format/index.ts';
import { type FullestWindow, stateIcon, windowWords } from '../../../src/editor/views/providers/account-node.ts';
import { usageParts } from '../../../src/editor/views/providers/account-tooltip.ts';
import { isOwn } from '../../../src/editor/views/providers/nodes.ts';
import { usedIcon } from '../../../src/editor/views/quota/window-node.ts';
import type { Block } from '../../../src/routing/block.ts';
import { useApp } from '../../app.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Meter } from '../../ui/meter.tsx';
import { toneOf } from '../../ui/node-tone.ts';
import type { Run } from '../../use-run.ts';
import { AccountState, Mend } from './state.tsx';
import { TestLine } from './test-line.tsx';
import type { Tested, Testing } from './use-tests.ts';

interface RowProps {
  account: AccountView;
  block: Block | undefined;
  provider: ProviderShown | undefined;
  /** Of a provider that the catalogue does not have. */
  isUnknown: boolean;
  /** `undefined`: not known yet. */
  today: UsageRow | undefined;
  /** The window of which most is used. */
  window: FullestWindow | undefined;
  /** Its state in words, where there is something to say. */
  words: string | undefined;
  /** `undefined`: not counted yet. */
  models: number | undefined;
  tested: Tested | undefined;
  testing: Testing;
  run: Run;
}

/** An account in the list: how it is, what it did today, how much of it is left, and what can be done. */
export const AccountRow = memo(function AccountRow(props: RowProps): VNode {
  const { account, block, words, provider, today, window, tested, testing, run } = props;
  return (
    <div class="account">
      <Who {...props} />
      <div class="account-state">
        <AccountState account={account} block={block} words={words} />
        <Mend account={account} block={block} run={run} />
      </div>
      <Today today={today} />
      <Tightest account={account} window={window} />
      <RowActions account={account} tested={tested} testing={testing} run={run} />
      {tested && <TestLine account={account} tested={tested} testing={testing} run={run} hasKeyPage={provider?.keyUrl !== undefined} />}
    </div>
  );
}, isSame);

/** What is worked out anew with every event is compared by what it says. */
function isSame(before: RowProps, now: RowProps): boolean {
  const { block, today, window, tested, ...rest } = now;
  const isOther = (Object.keys(rest) as (keyof typeof rest)[]).some((name) => before[name] !== rest[name]);
  return (
    !isOther &&
    before.tested === tested &&
    JSON.stringify([before.block, before.today, before.window]) === JSON.stringify([block, today, window])
  );
}

function Who({ account, block, provider, isUnknown, models }: RowProps): VNode {
  const { go } = useApp();
  const icon = stateIcon(account, block);
  const counted = models === undefined ? undefined : models === 1 ? l10n.t('1 model') : l10n.t('{0} models', formatCount(models));
  return (
    <div class="account-who">
      <span class={`account-icon tone-${toneOf(icon)}`}>
        <Icon name={icon.id} />
      </span>
      <div>
        <button type="button" class="account-name" data-account={account.id} onClick={() => go({ page: 'providers', item: account.id })}>
          {account.name}
        </button>
        {provider?.notice && <Icon name="info" label={provider.notice} class="quiet" />}
        <p class="quiet account-more">
          {[provider?.name ?? account.provider, account.prefix && `${account.prefix}/…`, counted].filter(Boolean).join(' · ')}
        </p>
        {isUnknown && <p class="quiet account-more">{l10n.t('This version does not know the provider.')}</p>}
      </div>
    </div>
  );
}

function Today({ today }: { today: UsageRow | undefined }): VNode {
  if (!today) return <p class="account-today quiet">–</p>;
  if (today.requests === 0) return <p class="account-today quiet">{l10n.t('not used today')}</p>;
  const { asked, tokens, cost } = usageParts(today);
  return (
    <div class="account-today figure">
      <p>{today.cost === null ? l10n.t('{0} today', asked) : l10n.t('{0} today, {1}', asked, cost)}</p>
      <p class="quiet account-more">{tokens}</p>
    </div>
  );
}

function Tightest({ account, window }: Pick<RowProps, 'account' | 'window'>): VNode {
  if (!window) return <div class="account-quota" />;
  const words = windowWords(window);
  return (
    <div class="account-quota">
      <Meter
        label={l10n.t('Quota of {0}', account.name)}
        share={window.usedPercent / 100}
        text={words}
        tone={toneOf(usedIcon(window.usedPercent, window.overage))}
      />
      <p class="quiet account-more figure">{words}</p>
    </div>
  );
}

function RowActions({ account, tested, testing, run }: Pick<RowProps, 'account' | 'tested' | 'testing' | 'run'>): VNode {
  const { go } = useApp();
  const { id, name, enabled } = account;
  const ref = { kind: 'account', account: id } as const;
  return (
    <div class="account-actions">
      <IconButton icon="beaker" label={l10n.t('Test {0}', name)} disabled={tested?.is === 'running'} onClick={() => testing.start(id)} />
      {isOwn(account) && (
        <IconButton
          icon={enabled ? 'debug-pause' : 'play'}
          label={enabled ? l10n.t('Disable {0}', name) : l10n.t('Enable {0}', name)}
          onClick={() => void run(enabled ? 'omniroute.account.disable' : 'omniroute.account.enable', ref)}
        />
      )}
      {isOwn(account) && (
        <IconButton icon="edit" label={l10n.t('Edit {0}', name)} onClick={() => void run('omniroute.account.edit', ref)} />
      )}
      <IconButton icon="chevron-right" label={l10n.t('Show {0}', name)} onClick={() => go({ page: 'providers', item: id })} />
    </div>
  );
}
