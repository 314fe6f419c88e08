import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatCount } from '../../../../src/editor/format/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure, Loading } from '../../../ui/states.tsx';
import { Table } from '../../../ui/table.tsx';
import { columnsOf } from './columns.tsx';
import type { RequestList } from './request-list.ts';
import type { Row } from './row.ts';

interface ListProps {
  list: RequestList;
  selected: string | undefined;
  onOpen(row: Row): void;
  /** Drawn when nothing is in the list. */
  empty(): VNode;
}

/** The requests, and how many came while the top was out of sight. */
export function List({ list, selected, onOpen, empty }: ListProps): VNode {
  const columns = useMemo(columnsOf, []);
  const [reveal, setReveal] = useState<number>();
  const { count, held, error } = list;
  const there = count !== undefined;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const at = there && selected !== undefined ? list.indexOf(selected) : -1;
    if (at >= 0) setReveal(at);
  }, [list, selected, there]);
  if (count === undefined) return error ? <Failure error={error} again={() => list.reload()} /> : <Loading rows={14} />;
  return (
    <div class="requests-list" ref={root}>
      {error && <Failure error={error} again={() => list.reload()} />}
      {held > 0 && (
        <NewOnes
          count={held}
          onShow={() => {
            list.letIn();
            setReveal(0);
            // The button goes away, and would take the focus along.
            root.current?.querySelector<HTMLElement>('.table')?.focus({ preventScroll: true });
          }}
        />
      )}
      {count === 0 ? (
        empty()
      ) : (
        <Table
          label={l10n.t('Requests, newest first')}
          columns={columns}
          count={count}
          rowAt={(index) => list.rowAt(index)}
          keyOf={idOf}
          selected={selected}
          onOpen={onOpen}
          onRange={(from, to) => {
            if (from > 0 && reveal === 0) setReveal(undefined);
            list.look(from, to);
          }}
          height="100%"
          keepKey="requests.list"
          reveal={reveal}
        />
      )}
    </div>
  );
}

const idOf = ({ id }: Row): string => id;

function NewOnes({ count, onShow }: { count: number; onShow(): void }): VNode {
  const words = count === 1 ? l10n.t('1 new request') : l10n.t('{0} new requests', formatCount(count));
  return (
    <div class="requests-new">
      <Button kind="primary" icon="arrow-up" onClick={onShow}>
        {words}
      </Button>
    </div>
  );
}
