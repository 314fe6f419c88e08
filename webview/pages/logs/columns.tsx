import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { formatClock, formatMoment, formatMs } from '../../../src/editor/format/index.ts';
import type { LogKind, LogLine } from '../../../src/log/log-line.ts';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/link.tsx';
import { Marked } from '../../ui/marked.tsx';
import type { Column } from '../../ui/table.tsx';
import { changesText, shortId, shortMessage } from './line-text.ts';
import { actionWords, levelIcon, levelWord, whoWords } from './words.ts';

type Columns = Column<LogLine>[];
type Draw = (line: LogLine) => string;

/** What is shown of the lines of a kind. `onRequest`: the link to a line's request. */
export function columnsOf(kind: LogKind, search: string, onRequest: (id: string) => void): Columns {
  const text = (draw: Draw) => (line: LogLine) => {
    const words = draw(line);
    return (
      <span title={words}>
        <Marked text={words} search={search} />
      </span>
    );
  };
  const time: Column<LogLine> = { id: 'time', title: l10n.t('Time'), width: 'minmax(8.5ch, max-content)', cell: timeCell };
  const level: Column<LogLine> = { id: 'level', title: l10n.t('Level'), width: '6.2em', from: 420, cell: (line) => <Level line={line} /> };
  const request: Column<LogLine> = {
    id: 'request',
    title: l10n.t('Request'),
    width: '9.5em',
    from: 700,
    cell: ({ requestId }) => requestId !== undefined && <RequestLink id={requestId} onOpen={onRequest} />,
  };
  const message: Column<LogLine> = { id: 'message', title: l10n.t('Message'), width: 'minmax(0, 1fr)', cell: messageCell(search) };
  switch (kind) {
    case 'console':
    case 'request':
      return [time, level, message, request];
    case 'proxy':
      return [time, ...attemptColumns(text), request];
    case 'audit':
      return [time, ...auditColumns(text)];
  }
}

function attemptColumns(text: (draw: Draw) => Column<LogLine>['cell']): Columns {
  return [
    { id: 'outcome', title: l10n.t('Outcome'), width: 'minmax(8.5em, 1fr)', cell: (line) => <AttemptOutcome line={line} /> },
    { id: 'target', title: l10n.t('Model'), width: 'minmax(7em, 1.6fr)', cell: text(({ attempt }) => attempt?.target ?? '') },
    { id: 'account', title: l10n.t('Account'), width: 'minmax(5em, 1fr)', from: 480, cell: text(({ attempt }) => attempt?.account ?? '') },
    {
      id: 'provider',
      title: l10n.t('Provider'),
      width: 'minmax(5em, 1fr)',
      from: 860,
      cell: text(({ attempt }) => attempt?.provider ?? ''),
    },
    { id: 'proxy', title: l10n.t('Proxy'), width: 'minmax(5em, 1fr)', from: 620, cell: text(proxyWords) },
    { id: 'ms', title: l10n.t('Took'), width: '5em', align: 'right', from: 380, cell: ({ attempt }) => attempt && formatMs(attempt.ms) },
  ];
}

function auditColumns(text: (draw: Draw) => Column<LogLine>['cell']): Columns {
  return [
    { id: 'what', title: l10n.t('What'), width: 'minmax(8em, 1fr)', cell: text(({ audit }) => actionWords(audit?.what ?? '')) },
    { id: 'subject', title: l10n.t('Subject'), width: 'minmax(5em, 1fr)', cell: text(({ audit }) => audit?.subject ?? '') },
    { id: 'who', title: l10n.t('Who'), width: 'minmax(5em, 0.7fr)', from: 460, cell: text(({ audit }) => whoWords(audit?.who ?? '')) },
    {
      id: 'changes',
      title: l10n.t('Changes'),
      width: 'minmax(0, 3fr)',
      from: 640,
      cell: text(({ audit }) => changesText(audit?.changes ?? [])),
    },
  ];
}

function timeCell({ time }: LogLine): VNode {
  const at = Date.parse(time);
  return (
    <time class="figure" dateTime={time} title={formatMoment(at)}>
      {formatClock(at, Date.now())}
    </time>
  );
}

/** An icon and the word, in the level's colour. */
export function Level({ line: { level } }: { line: LogLine }): VNode {
  return (
    <span class={`log-level level-${level}`}>
      <Icon name={levelIcon(level)} />
      <span>{levelWord(level)}</span>
    </span>
  );
}

function messageCell(search: string) {
  return (line: LogLine): VNode => (
    <span class={`log-message level-${line.level}`}>
      {/* Where there is no room for the column of levels. */}
      {(line.level === 'error' || line.level === 'warn') && <Icon name={levelIcon(line.level)} label={levelWord(line.level)} />}
      <Marked text={shortMessage(line)} search={search} />
    </span>
  );
}

export function AttemptOutcome({ line: { attempt } }: { line: LogLine }): VNode {
  const failure = attempt?.failure;
  return (
    <span class={`log-level ${failure ? 'tone-warning' : 'tone-good'}`}>
      <Icon name={failure ? 'warning' : 'pass'} />
      <span>{failure ? l10n.t('{0} {1}', failure.class, failure.status) : l10n.t('answered')}</span>
    </span>
  );
}

/** The proxy an attempt went through. */
export function proxyWords({ attempt }: LogLine): string {
  if (attempt?.proxy === undefined) return l10n.t('not known');
  return attempt.proxy ?? l10n.t('none');
}

function RequestLink({ id, onOpen }: { id: string; onOpen(id: string): void }): VNode {
  return (
    <Link class="log-link" title={l10n.t('Show request {0}', id)} tabIndex={-1} onClick={() => onOpen(id)}>
      {shortId(id)}
    </Link>
  );
}
