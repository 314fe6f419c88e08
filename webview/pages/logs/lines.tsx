import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LogLine } from '../../../src/log/log-line.ts';
import { useApp } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { columnsOf } from './columns.tsx';
import type { Log, LogQuery } from './use-log.ts';
import { emptyWords, kindTitle } from './words.ts';

interface LinesProps {
  query: LogQuery;
  log: Log;
  selected: string | undefined;
  onOpen(line: LogLine): void;
  onClear(): void;
}

/** Rows this near to the beginning have older ones asked for. */
const NEAR = 60;

/** The lines, newest at the end, which stays in sight while it is. */
export function Lines({ query, log, selected, onOpen, onClear }: LinesProps): VNode {
  const { go } = useApp();
  const { kind, search } = query;
  const columns = useMemo(() => columnsOf(kind, search, (id) => go({ page: 'requests', item: id })), [kind, search, go]);
  const { lines } = log.book;
  const root = useRef<HTMLDivElement>(null);
  const [atEnd, toEnd] = useEnd(root);
  if (lines === undefined) return log.error ? <Failure error={log.error} again={log.again} /> : <Loading rows={12} />;
  const { older } = log;
  return (
    <div class="log-lines" ref={root}>
      {log.error && <Failure error={log.error} again={log.again} />}
      {lines.length === 0 ? (
        <Nothing query={query} onClear={onClear} />
      ) : (
        <Table
          label={l10n.t('Log: {0}, newest last', kindTitle(kind))}
          columns={columns}
          count={lines.length}
          rowAt={(at) => lines[at]}
          keyOf={idOf}
          selected={selected}
          onOpen={onOpen}
          onRange={(from) => from < NEAR && older()}
          height="100%"
          follow={atEnd}
        />
      )}
      {!atEnd && lines.length > 0 && (
        <div class="log-to-end">
          <Button icon="arrow-down" onClick={toEnd}>
            {l10n.t('To the Newest')}
          </Button>
        </div>
      )}
    </div>
  );
}

const idOf = ({ id }: LogLine): string => id;

/** Whether the table is scrolled to its end, as it is at first, and the way there. */
function useEnd(root: { current: HTMLElement | null }): [boolean, () => void] {
  const [atEnd, setAtEnd] = useState(true);
  useEffect(() => {
    const end = new AbortController();
    const look = ({ target }: Event): void => {
      if (!(target instanceof HTMLElement) || !root.current?.contains(target)) return;
      setAtEnd(target.scrollTop + target.clientHeight >= target.scrollHeight - 40);
    };
    document.addEventListener('scroll', look, { capture: true, passive: true, signal: end.signal });
    return () => end.abort();
  }, [root]);
  const toEnd = useCallback(() => {
    const table = root.current?.querySelector<HTMLElement>('.table');
    if (!table) return;
    table.scrollTop = table.scrollHeight;
    // The button goes away, and would take the focus along.
    table.focus({ preventScroll: true });
  }, [root]);
  return [atEnd, toEnd];
}

function Nothing({ query: { kind, level, search }, onClear }: { query: LogQuery; onClear(): void }): VNode {
  if (level === 'debug' && search.trim() === '') return <Empty icon="output" title={emptyWords(kind)} />;
  return (
    <Empty icon="search" title={l10n.t('No line of this log fits.')}>
      <Button onClick={onClear}>{l10n.t('Show All Lines')}</Button>
    </Empty>
  );
}
