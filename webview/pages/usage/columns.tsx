import * as l10n from '@vscode/l10n';
import type { ComponentChildren, VNode } from 'preact';
import type { UsageRow } from '../../../src/editor/admin/api.ts';
import { amountOf, lackingIn, type Measure, successOf } from '../../../src/editor/dashboard/contract/usage/measures.ts';
import type { Grouping } from '../../../src/editor/dashboard/contract/usage/range.ts';
import { formatCount, formatPercent } from '../../../src/editor/format/index.ts';
import { IconButton } from '../../ui/button.tsx';
import type { Column } from '../../ui/table.tsx';
import { speedWord, timeWord } from './figures.ts';
import type { Line, SortBy } from './rows.ts';
import { amountWord, groupingWord, measureWord, UNKNOWN } from './words.ts';

export function groupColumns(by: Grouping, toRequests: (group: string) => void): Column<Line>[] {
  return [
    {
      id: 'name' satisfies SortBy,
      title: groupingWord(by),
      width: 'minmax(6em, 3fr)',
      sortable: true,
      cell: (line) => <Name line={line} />,
    },
    added('requests', 'requests', 0, '6.6em'),
    figure('success', l10n.t('Success'), 780, (row) => percent(successOf(row) ?? null)),
    added('input', 'input', 540, '6.2em'),
    added('output', 'output', 540, '6.6em'),
    figure('cache', l10n.t('From Cache'), 960, (row) => percent(row.cacheHitShare)),
    added('cost', 'cost', 0, '7.2em'),
    added('saved', 'saved', 680, '7.2em'),
    figure('first', l10n.t('First Token'), 1250, (row) => timeWord(row.firstTokenMs?.p50 ?? null)),
    figure('p50', l10n.t('Answer p50'), 1000, (row) => timeWord(row.totalMs?.p50 ?? null)),
    figure('p95', l10n.t('Answer p95'), 1000, (row) => timeWord(row.totalMs?.p95 ?? null)),
    figure('speed', l10n.t('Tokens/s'), 1120, (row) => (row.tokensPerSecond === null ? UNKNOWN : speedWord(row.tokensPerSecond))),
    figure('fallbacks', l10n.t('Avoided'), 1120, (row) => formatCount(row.fallbacks)),
    {
      id: 'open',
      title: l10n.t('Requests'),
      hideTitle: true,
      width: '2.2em',
      from: 400,
      cell: (line) => line.kind === 'group' && line.group !== '' && <ToRequests line={line} toRequests={toRequests} />,
    },
  ];
}

function Name({ line: { kind, name } }: { line: Line }): VNode {
  switch (kind) {
    case 'total':
      return <strong>{l10n.t('Total')}</strong>;
    case 'part':
      return <strong>{l10n.t('Sum of those shown')}</strong>;
    case 'group':
      return <span title={name}>{name}</span>;
  }
}

function ToRequests({ line: { name, group }, toRequests }: { line: Line; toRequests(group: string): void }): VNode {
  return <IconButton icon="list-flat" label={l10n.t('Requests of {0}', name)} onClick={() => toRequests(group)} />;
}

function added(id: SortBy, measure: Measure, from: number, least: string): Column<Line> {
  return figure(id, measureWord(measure), from, (row) => <Amount row={row} measure={measure} />, least);
}

function figure(id: SortBy, title: string, from: number, cell: (row: UsageRow) => ComponentChildren, least = '5.8em'): Column<Line> {
  return {
    id,
    title,
    width: `minmax(${least}, 1fr)`,
    align: 'right',
    sortable: true,
    ...(from > 0 ? { from } : {}),
    cell: ({ kind, row }) => (kind === 'group' ? cell(row) : <strong>{cell(row)}</strong>),
  };
}

/** What is known, with a mark where that is not all. */
function Amount({ row, measure }: { row: UsageRow; measure: Measure }): VNode {
  const amount = amountOf(row, measure);
  const lacking = lackingIn(row, measure);
  const words = amountWord(measure, amount);
  if (lacking === 0 || amount === null) return <>{words}</>;
  return <span title={l10n.t('Not known of {0} requests, which are not in it.', formatCount(lacking))}>{l10n.t('{0} + ?', words)}</span>;
}

function percent(share: number | null): string {
  return share === null ? UNKNOWN : formatPercent(share * 100);
}
