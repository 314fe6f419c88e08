import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { UsageRow } from '../../../src/editor/admin/api.ts';
import { formatCount, formatMs, formatPercent } from '../../../src/editor/format/index.ts';
import { useCall, useKept } from '../../app.ts';
import { isOneOf, isSortedBy } from '../../fits.ts';
import { Select } from '../../ui/field.tsx';
import { Section } from '../../ui/layout.tsx';
import { Answer } from '../../ui/states.tsx';
import { type Column, type Sorted, Table } from '../../ui/table.tsx';
import { type LatencyRow, latencyRows, SORTS, type SortedBy, sortedRows } from './latency.ts';

const EVERY_MS = 15_000;
const UNKNOWN = '–';

type By = 'provider' | 'model';
type Span = '1h' | '1d';

const isBy = isOneOf<By>(['provider', 'model']);
const isSpan = isOneOf<Span>(['1h', '1d']);
const isSorted = isSortedBy(SORTS);

/** How long providers, or models, take to begin and to end. */
export function Latency(): VNode {
  const [by, setBy] = useKept<By>('health.latency.by', 'provider', isBy);
  const [since, setSince] = useKept<Span>('health.latency.since', '1h', isSpan);
  const asking = useCall('usage', { by, since }, EVERY_MS);
  return (
    <Section
      title={l10n.t('Latency')}
      actions={
        <>
          <Select label={l10n.t('Of')} hideLabel value={by} options={byOptions()} onChange={setBy} />
          <Select label={l10n.t('Over')} hideLabel value={since} options={spanOptions()} onChange={setSince} />
        </>
      }
    >
      <Answer asking={asking} rows={5}>
        {(rows) => <LatencyTable rows={rows} by={by} />}
      </Answer>
    </Section>
  );
}

function byOptions(): { value: By; label: string }[] {
  return [
    { value: 'provider', label: l10n.t('By provider') },
    { value: 'model', label: l10n.t('By model') },
  ];
}

function spanOptions(): { value: Span; label: string }[] {
  return [
    { value: '1h', label: l10n.t('Last hour') },
    { value: '1d', label: l10n.t('Last 24 hours') },
  ];
}

function LatencyTable({ rows, by }: { rows: readonly UsageRow[]; by: By }): VNode {
  const [sorted, setSorted] = useKept<Sorted>('health.latency.sorted', { by: 'requests', down: true }, isSorted);
  const shown = useMemo(() => sortedRows(latencyRows(rows), sorted.by, sorted.down), [rows, sorted]);
  const columns = useMemo(() => latencyColumns(by), [by]);
  if (shown.length === 0) return <p class="quiet">{l10n.t('Nothing was asked in this time.')}</p>;
  return (
    <Table
      label={by === 'provider' ? l10n.t('Latency by provider') : l10n.t('Latency by model')}
      columns={columns}
      count={shown.length}
      rowAt={(index) => shown[index]}
      keyOf={({ name }) => name}
      sorted={sorted}
      onSort={setSorted}
      {...(shown.length > 12 ? { height: '24rem' } : {})}
    />
  );
}

function latencyColumns(by: By): Column<LatencyRow>[] {
  const name = by === 'provider' ? l10n.t('Provider') : l10n.t('Model');
  return [
    { id: 'name', title: name, width: 'minmax(8em, 3fr)', sortable: true, cell: (row) => <span title={row.name}>{row.name}</span> },
    figure('requests', l10n.t('Requests'), 600, ({ requests }) => formatCount(requests)),
    figure('answered', l10n.t('Answered'), 680, ({ answered }) => (answered === undefined ? UNKNOWN : formatPercent(answered * 100))),
    figure('first50', l10n.t('First p50'), 0, ({ first }) => time(first?.p50)),
    figure('first95', l10n.t('First p95'), 440, ({ first }) => time(first?.p95)),
    figure('first99', l10n.t('First p99'), 840, ({ first }) => time(first?.p99)),
    figure('total50', l10n.t('Whole p50'), 0, ({ total }) => time(total?.p50)),
    figure('total95', l10n.t('Whole p95'), 520, ({ total }) => time(total?.p95)),
    figure('total99', l10n.t('Whole p99'), 840, ({ total }) => time(total?.p99)),
    figure('speed', l10n.t('Tokens/s'), 760, ({ speed }) => (speed === null ? UNKNOWN : formatCount(speed))),
  ];
}

function figure(id: SortedBy, title: string, from: number, cell: (row: LatencyRow) => string): Column<LatencyRow> {
  return { id, title, width: 'minmax(6.5em, 1fr)', align: 'right', sortable: true, from, cell };
}

function time(ms: number | undefined): string {
  return ms === undefined ? UNKNOWN : formatMs(ms);
}
