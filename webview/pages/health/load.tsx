import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { AccountView } from '../../../src/editor/admin/api.ts';
import type { Result } from '../../../src/editor/dashboard/contract/calls.ts';
import { formatCount } from '../../../src/editor/format/index.ts';
import { useApp } from '../../app.ts';
import { Section } from '../../ui/layout.tsx';
import { Loading } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { type LoadRow, loadRows } from './load.ts';

/** How busy accounts are, and the limits they are kept to. `undefined`: not read yet. */
export function Load({
  limits,
  accounts,
}: {
  limits: Result<'healthDetail'>['limits'] | undefined;
  accounts: readonly AccountView[];
}): VNode {
  const { go } = useApp();
  const rows = useMemo(() => limits && loadRows(limits, accounts), [limits, accounts]);
  const columns = useMemo(loadColumns, []);
  return (
    <Section title={l10n.t('Load and Limits')}>
      {rows === undefined && <Loading rows={4} />}
      {rows?.length === 0 && <p class="quiet">{l10n.t('No account is busy, and none has a limit.')}</p>}
      {rows && rows.length > 0 && (
        <Table
          label={l10n.t('Load and limits of accounts')}
          columns={columns}
          count={rows.length}
          rowAt={(index) => rows[index]}
          keyOf={({ account }) => account}
          onOpen={({ account }) => go({ page: 'providers', item: account })}
        />
      )}
    </Section>
  );
}

function loadColumns(): Column<LoadRow>[] {
  return [
    { id: 'name', title: l10n.t('Account'), width: 'minmax(7em, 2fr)', cell: ({ name }) => name },
    {
      id: 'limits',
      title: l10n.t('Limits'),
      width: 'minmax(11em, 2fr)',
      from: 480,
      cell: ({ limits }) => <Words text={limits} />,
    },
    {
      id: 'told',
      title: l10n.t('Told by the Provider'),
      width: 'minmax(12em, 6fr)',
      from: 760,
      cell: ({ told }) => <Words text={told} />,
    },
    { id: 'running', title: l10n.t('Running'), width: 'minmax(5em, 0.6fr)', align: 'right', cell: ({ running }) => formatCount(running) },
    { id: 'waiting', title: l10n.t('Waiting'), width: 'minmax(5em, 0.6fr)', align: 'right', cell: ({ waiting }) => formatCount(waiting) },
  ];
}

function Words({ text }: { text: string }): VNode {
  return text === '' ? <span class="quiet">{l10n.t('none')}</span> : <span title={text}>{text}</span>;
}
