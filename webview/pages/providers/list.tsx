import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { formatCount } from '../../../src/editor/format/index.ts';
import { emptyRow } from '../../../src/editor/live/today.ts';
import { fullestWindow, stateWords } from '../../../src/editor/views/providers/account-node.ts';
import { isOwn } from '../../../src/editor/views/providers/nodes.ts';
import { tierWord } from '../../../src/editor/views/words.ts';
import { useCall, useKept, useNow, useSlice } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { DragList } from '../../ui/drag-list.tsx';
import { Select } from '../../ui/field.tsx';
import { Page, Section } from '../../ui/layout.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { type Run, useRun } from '../../use-run.ts';
import { AccountRow } from './account-row.tsx';
import { ALL, type Filter, groupsOf, isFilter, prioritiesAfter, STATES, type StateFilter, type TierGroup } from './groups.ts';
import type { Accounts } from './use-accounts.ts';
import type { Tests } from './use-tests.ts';

interface ListProps {
  accounts: Accounts;
  tests: Tests;
  /** The account that was open: the focus goes back to it. */
  cameFrom: string | undefined;
}

export function AccountList({ accounts, tests, cameFrom }: ListProps): VNode {
  const run = useRun();
  const { conditions, refused } = accounts;
  useFocusOn(cameFrom, conditions !== undefined);
  return (
    <Page title={l10n.t('Providers')} actions={<AddButtons run={run} />}>
      {refused && <Failure error={new Error(l10n.t('The order was not saved: {0}', refused.message))} />}
      <Known accounts={accounts} tests={tests} run={run} />
    </Page>
  );
}

function AddButtons({ run }: { run: Run }): VNode {
  return (
    <>
      <Button icon="cloud-download" onClick={() => void run('omniroute.importKeys')}>
        {l10n.t('Import Keys…')}
      </Button>
      <Button icon="add" kind="primary" onClick={() => void run('omniroute.addProvider')}>
        {l10n.t('Add Provider…')}
      </Button>
    </>
  );
}

function Known({ accounts, tests, run }: Omit<ListProps, 'cameFrom'> & { run: Run }): VNode {
  const [loaded, link] = [useSlice('loaded'), useSlice('link')];
  const { conditions } = accounts;
  if (conditions?.accounts.some(isOwn)) return <Tiers accounts={accounts} tests={tests} run={run} />;
  if (conditions && loaded) return <NoAccounts run={run} />;
  return link?.is === 'failed' || link?.is === 'stopped' ? <NoGateway run={run} /> : <Loading rows={8} />;
}

function NoAccounts({ run }: { run: Run }): VNode {
  return (
    <Empty icon="server" title={l10n.t('No provider is set up yet')}>
      <p>
        {l10n.t(
          'Add a subscription, an API key, a free account or a model on this machine. Requests go to the best one that can answer, and to the next when it cannot.',
        )}
      </p>
      <div class="actions">
        <Button icon="add" kind="primary" onClick={() => void run('omniroute.addProvider')}>
          {l10n.t('Add Provider…')}
        </Button>
        <Button icon="cloud-download" onClick={() => void run('omniroute.importKeys')}>
          {l10n.t('Import Keys…')}
        </Button>
      </div>
    </Empty>
  );
}

function NoGateway({ run }: { run: Run }): VNode {
  return (
    <Empty icon="debug-disconnect" title={l10n.t('The gateway does not run')}>
      <p>{l10n.t('The accounts are shown once it does.')}</p>
      <div class="actions">
        <Button kind="primary" onClick={() => void run('omniroute.restartGateway')}>
          {l10n.t('Restart Gateway')}
        </Button>
        <Button onClick={() => void run('omniroute.showLog')}>{l10n.t('Show Log')}</Button>
      </div>
    </Empty>
  );
}

/** Fewer are seen at one look. */
const MANY = 6;

function Tiers({ accounts, tests, run }: Omit<ListProps, 'cameFrom'> & { run: Run }): VNode {
  const now = useNow(2000);
  const [filter, setFilter] = useKept<Filter>('providers.filter', ALL, isFilter);
  const counts = useCall('modelCounts', {}, 30_000).asked;
  const models = counts.is === 'there' ? counts.value : undefined;
  const { conditions, providerOf } = accounts;
  if (!conditions) return <Loading rows={8} />;
  const isMany = conditions.accounts.length > MANY;
  const groups = groupsOf(conditions, isMany ? filter : ALL, (id) => providerOf(id)?.name ?? id, now);
  return (
    <>
      {isMany && <FilterBar filter={filter} onChange={setFilter} />}
      {groups.map((group) => (
        <Tier key={group.tier ?? 'others'} group={group} accounts={accounts} tests={tests} run={run} now={now} models={models} />
      ))}
      {groups.length === 0 && (
        <Empty icon="search-stop" title={l10n.t('No account fits the filter')}>
          <Button onClick={() => setFilter(ALL)}>{l10n.t('Clear Filter')}</Button>
        </Empty>
      )}
      {groups.some(({ all }) => all.length > 1) && (
        <p class="quiet accounts-hint">
          {l10n.t('Tiers are asked from the top, accounts within one by their order: drag them, or move them with Alt+Up and Alt+Down.')}
        </p>
      )}
    </>
  );
}

function FilterBar({ filter, onChange }: { filter: Filter; onChange(filter: Filter): void }): VNode {
  const labels: Record<StateFilter, string> = {
    all: l10n.t('All States'),
    ready: l10n.t('Ready'),
    blocked: l10n.t('Not Asked Now'),
    disabled: l10n.t('Disabled'),
  };
  return (
    <search class="accounts-filter" aria-label={l10n.t('Filter Accounts')}>
      <SearchField
        label={l10n.t('Search Accounts')}
        placeholder={l10n.t('Search by name, provider or prefix')}
        value={filter.text}
        onInput={(text) => onChange({ ...filter, text })}
      />
      <Select
        label={l10n.t('State')}
        hideLabel
        value={filter.state}
        options={STATES.map((value) => ({ value, label: labels[value] }))}
        onChange={(state) => onChange({ ...filter, state })}
      />
    </search>
  );
}

/** One object, so that a row is drawn anew only when it says something else. */
const UNUSED = emptyRow();

interface TierProps extends Omit<ListProps, 'cameFrom'> {
  group: TierGroup;
  run: Run;
  now: number;
  /** How many each account has; `undefined`: not counted yet. */
  models: Readonly<Record<string, number>> | undefined;
}

function Tier({ group, accounts, tests, run, now, models }: TierProps): VNode {
  const today = useSlice('todayByAccount');
  // Until the sums of the day are there, nobody can be said not to have been used.
  const known = useSlice('today') !== null;
  const { conditions, providerOf, providersKnown, arrange } = accounts;
  return (
    <Section title={tierWord(group.tier)} actions={<span class="quiet figure">{countWords(group)}</span>}>
      <DragList
        label={tierWord(group.tier)}
        items={group.shown}
        keyOf={({ account }) => account.id}
        nameOf={({ account }) => account.name}
        onMove={(from, to) => arrange(prioritiesAfter(group, from, to))}
        draw={({ account, block }) => (
          <AccountRow
            account={account}
            block={block}
            provider={providerOf(account.provider)}
            isUnknown={providersKnown && !providerOf(account.provider)}
            today={today?.get(account.name) ?? (known ? UNUSED : undefined)}
            window={fullestWindow(account, conditions?.quota ?? [])}
            words={stateWords(account, block, now)}
            models={models?.[account.id]}
            tested={tests.of(account.id)}
            testing={tests.testing}
            run={run}
          />
        )}
      />
    </Section>
  );
}

function countWords({ all, shown }: TierGroup): string {
  if (shown.length < all.length) return l10n.t('{0} of {1} accounts', formatCount(shown.length), formatCount(all.length));
  return all.length === 1 ? l10n.t('1 account') : l10n.t('{0} accounts', formatCount(all.length));
}

function useFocusOn(account: string | undefined, isThere: boolean): void {
  // Once, when the list comes back.
  useEffect(() => {
    if (account === undefined || !isThere) return;
    const row = [...document.querySelectorAll<HTMLElement>('[data-account]')].find((element) => element.dataset.account === account);
    row?.scrollIntoView({ block: 'nearest' });
    row?.focus();
  }, []);
}
