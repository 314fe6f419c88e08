import * as l10n from '@vscode/l10n';
import type { ComponentChildren, VNode } from 'preact';
import { formatClock, formatCount, formatMoment, formatMs, formatTokens, formatUsd } from '../../../../src/editor/format/index.ts';
import { isUnderWay } from '../../../../src/editor/live/under-way.ts';
import { useNow } from '../../../app.ts';
import { outcomeOf } from '../../../shared/outcome.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { Column } from '../../../ui/table.tsx';
import { attemptsIn, type Row } from './row.ts';

/** The list's columns; of a narrow one those that say most. */
export function columnsOf(): Column<Row>[] {
  return [
    { id: 'at', title: l10n.t('Time'), width: 'clamp(9ch, 34%, 14ch)', cell: timeCell },
    { id: 'outcome', title: l10n.t('Outcome'), width: 'minmax(min(8.5em, 26%), 1.2fr)', cell: (row) => <OutcomeOf row={row} short /> },
    { id: 'requested', title: l10n.t('Asked For'), width: 'minmax(5em, 1.4fr)', cell: ({ requested }) => text(requested) },
    { id: 'target', title: l10n.t('Answered By'), width: 'minmax(8em, 2fr)', from: 625, cell: answeredCell },
    { id: 'client', title: l10n.t('Tool'), width: 'minmax(5em, 1fr)', from: 510, cell: ({ client }) => text(client || unknown()) },
    { id: 'key', title: l10n.t('Key'), width: 'minmax(4em, 0.7fr)', from: 1160, cell: ({ key }) => text(key) },
    { ...figure('input', l10n.t('In')), width: '3.8em', from: 860, cell: ({ usage }) => tokens(usage?.input) },
    { ...figure('cached', l10n.t('Cached')), from: 1040, cell: ({ usage }) => tokens(usage?.cacheRead) },
    { ...figure('output', l10n.t('Out')), width: '3.8em', from: 860, cell: ({ usage }) => tokens(usage?.output) },
    { ...figure('reasoning', l10n.t('Reasoning')), width: '6em', from: 1250, cell: ({ usage }) => tokens(usage?.reasoning) },
    { ...figure('cost', l10n.t('Cost')), from: 710, width: '5.4em', cell: ({ usd }) => costCell(usd) },
    { ...figure('first', l10n.t('First Byte')), width: '5.1em', from: 1060, cell: ({ firstTokenMs }) => time(firstTokenMs) },
    { ...figure('total', l10n.t('Total')), from: 440, cell: (row) => <Total row={row} /> },
    { ...figure('attempts', l10n.t('Attempts')), width: '5em', from: 1110, cell: (row) => formatCount(attemptsIn(row)) },
  ];
}

function figure(id: string, title: string): Pick<Column<Row>, 'id' | 'title' | 'width' | 'align'> {
  return { id, title, width: '4.6em', align: 'right' };
}

function timeCell({ startedAt }: Row): ComponentChildren {
  return (
    <time class="figure" dateTime={new Date(startedAt).toISOString()} title={formatMoment(startedAt)}>
      {formatClock(startedAt, Date.now())}
    </time>
  );
}

/** An icon and a word. */
export function OutcomeOf({ row, short = false }: { row: Row; short?: boolean }): VNode {
  const { word, icon, tone } = outcomeOf(row);
  return (
    <span class={`request-outcome tone-${tone}`} title={word}>
      <Icon name={icon} class={icon === 'loading' ? 'spin' : ''} />
      <span>{short && row.state === 'done' ? l10n.t('answered') : word}</span>
    </span>
  );
}

function answeredCell(row: Row): ComponentChildren {
  const { target, account, fallback } = row;
  if (target === undefined) return dash();
  const words = account === undefined ? target : l10n.t('{0} ({1})', target, account);
  return (
    <span title={words}>
      {fallback && <Icon name="git-compare" label={l10n.t('Fall-back')} class="request-fallback" />}
      {target} <span class="quiet">{account}</span>
    </span>
  );
}

/** How long it took, or takes so far. */
export function Total({ row }: { row: Row }): VNode {
  if (isUnderWay(row)) return <Ticking since={row.startedAt} />;
  return <>{time(row.totalMs)}</>;
}

function Ticking({ since }: { since: number }): VNode {
  const now = useNow(500);
  return <span class="figure">{formatMs(Math.max(0, now - since))}</span>;
}

/** Too little to be told in figures is told in fewer words than elsewhere: the column is narrow. */
function costCell(usd: number | undefined): ComponentChildren {
  if (usd === undefined) return dash();
  return usd > 0 && usd < LEAST_USD ? <span title={formatUsd(usd)}>{l10n.t('< {0}', formatUsd(LEAST_USD))}</span> : formatUsd(usd);
}

const LEAST_USD = 0.0001;

function tokens(count: number | undefined): ComponentChildren {
  return count === undefined ? dash() : formatTokens(count);
}

function time(ms: number | undefined): ComponentChildren {
  return ms === undefined ? dash() : formatMs(ms);
}

function text(value: string): ComponentChildren {
  return <span title={value}>{value}</span>;
}

function unknown(): string {
  return l10n.t('not known');
}

/** Not known, or not yet. */
function dash(): ComponentChildren {
  return <span class="quiet">–</span>;
}
