import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { AccountView } from '../../../src/editor/admin/api.ts';
import { formatContext, formatCount, formatUsd } from '../../../src/editor/format/index.ts';
import { blockSentence } from '../../../src/editor/views/providers/account-tooltip.ts';
import type { Block } from '../../../src/routing/block.ts';
import { useKept, useSlice } from '../../app.ts';
import { isSortedBy } from '../../fits.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/layout.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { type Column, type Sorted, Table } from '../../ui/table.tsx';
import { type ModelRow, modelRows, SORTS } from './model-rows.ts';

interface ModelsProps {
  account: AccountView;
  blocked: readonly { model: string; block: Block }[];
  now: number;
}

const isSorting = isSortedBy(SORTS);
const isSorted = (value: unknown): value is Sorted | null => value === null || isSorting(value);

/** The account's models, to be searched and to copy their names. The list is told only while this is there. */
export function Models({ account, blocked, now }: ModelsProps): VNode {
  const models = useSlice('models');
  const [text, setText] = useState('');
  const [sorted, setSorted] = useKept<Sorted | null>('providers.models.sorted', null, isSorted);
  const rows = useMemo(
    () => models && modelRows(account, models, text, sorted ?? undefined),
    [models, account.id, account.prefix, text, sorted],
  );
  const columns = useColumns(blocked, now);
  return (
    <Section title={l10n.t('Models')} actions={<Search text={text} onInput={setText} count={rows?.length} />}>
      {rows === undefined && <Loading rows={8} />}
      {rows?.length === 0 && (
        <Empty icon="search-stop" title={text ? l10n.t('No model fits') : l10n.t('No models are known of this account')} />
      )}
      {rows && rows.length > 0 && (
        <Table
          label={l10n.t('Models of {0}', account.name)}
          columns={columns}
          count={rows.length}
          rowAt={(index) => rows[index]}
          keyOf={({ view }) => view.name}
          sorted={sorted ?? undefined}
          onSort={setSorted}
          {...(rows.length > 15 ? { height: '30rem' } : {})}
        />
      )}
    </Section>
  );
}

function Search({ text, onInput, count }: { text: string; onInput(text: string): void; count: number | undefined }): VNode {
  return (
    <>
      <span class="quiet figure" role="status">
        {count === undefined ? '' : count === 1 ? l10n.t('1 model') : l10n.t('{0} models', formatCount(count))}
      </span>
      <SearchField label={l10n.t('Search Models')} value={text} onInput={onInput} />
    </>
  );
}

function useColumns(blocked: ModelsProps['blocked'], now: number): Column<ModelRow>[] {
  const notes = JSON.stringify(blocked.map(({ model, block }) => [model, blockSentence(block, now)]));
  return useMemo(() => {
    const blocks = new Map<string, string>(JSON.parse(notes));
    return columnsWith(blocks);
  }, [notes]);
}

function columnsWith(blocks: ReadonlyMap<string, string>): Column<ModelRow>[] {
  const price = (id: 'input' | 'output', title: string): Column<ModelRow> => ({
    id,
    title,
    width: 'minmax(6em, 8em)',
    align: 'right',
    sortable: true,
    from: 520,
    cell: ({ view }) => (view.price === null ? <Unknown /> : view.price[id] === 0 ? l10n.t('free') : formatUsd(view.price[id])),
  });
  return [
    {
      id: 'name',
      title: l10n.t('Model'),
      width: 'minmax(10em, 1fr)',
      sortable: true,
      cell: (row) => <Name row={row} block={blocks.get(row.id)} />,
    },
    {
      id: 'context',
      title: l10n.t('Context'),
      width: 'minmax(5em, 7em)',
      align: 'right',
      sortable: true,
      from: 400,
      cell: ({ view }) => (view.contextWindow === null ? <Unknown /> : formatContext(view.contextWindow)),
    },
    price('input', l10n.t('In, per million')),
    price('output', l10n.t('Out, per million')),
    { id: 'tools', title: l10n.t('Tools'), width: '5em', sortable: true, from: 640, cell: ({ view }) => <Can it={view.tools} /> },
    { id: 'vision', title: l10n.t('Images'), width: '5em', sortable: true, from: 640, cell: ({ view }) => <Can it={view.vision} /> },
    {
      id: 'copy',
      title: l10n.t('Copy'),
      width: '3em',
      cell: ({ view: { name } }) => <CopyButton text={name} label={l10n.t('Copy {0}', name)} />,
    },
  ];
}

function Name({ row: { id, view }, block }: { row: ModelRow; block: string | undefined }): VNode {
  return (
    <span title={view.title === id ? view.name : `${view.title} (${view.name})`}>
      {block !== undefined && <Icon name="watch" label={block} />} <span class="code">{id}</span>
    </span>
  );
}

function Unknown(): VNode {
  return (
    <span class="quiet" title={l10n.t('not known')}>
      –
    </span>
  );
}

function Can({ it }: { it: boolean | null }): VNode {
  if (it === null) return <Unknown />;
  return it ? <Icon name="check" label={l10n.t('yes')} /> : <span class="quiet">{l10n.t('no')}</span>;
}
