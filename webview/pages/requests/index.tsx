import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { useApp, useKept } from '../../app.ts';
import { Page } from '../../ui/layout.tsx';
import { useEscape } from '../../ui/use-escape.ts';
import { Detail } from './detail/detail.tsx';
import { NothingAsked, NothingFits } from './empty.tsx';
import { type Filter, isEmpty, isFilter, NO_FILTER } from './filter/filter.ts';
import { FilterBar } from './filter/filter-bar.tsx';
import { List } from './list/list.tsx';
import { useRequestList } from './list/use-request-list.ts';

/** Every request in the ledger and those under way, and one of them in full. */
export function Requests(): VNode {
  const { place, go } = useApp();
  const [filter, setFilter] = useKept<Filter>('requests.filter', NO_FILTER, isFilter);
  const list = useRequestList(filter);
  const { item } = place;
  const root = useRef<HTMLDivElement>(null);
  const closed = useRef(false);
  const close = useCallback(() => {
    closed.current = true;
    go({ page: 'requests' });
  }, [go]);
  useEffect(() => {
    // Not at once: where there is room for one of the two, the list is hidden until the request is gone.
    if (closed.current && item === undefined) root.current?.querySelector<HTMLElement>('.table')?.focus({ preventScroll: true });
    closed.current = false;
  }, [item]);
  useEscape(item === undefined ? undefined : close);
  return (
    <div class="requests fills-window" ref={root}>
      <Page title={l10n.t('Requests')}>
        <FilterBar filter={filter} onFilter={setFilter} count={list.count} />
        <div class={item === undefined ? 'requests-both' : 'requests-both with-detail'}>
          <List
            list={list}
            selected={item}
            onOpen={({ id }) => go({ page: 'requests', item: id })}
            empty={() => (isEmpty(filter) ? <NothingAsked /> : <NothingFits onClear={() => setFilter(NO_FILTER)} />)}
          />
          {item !== undefined && <Detail id={item} seen={list.find(item)} onClose={close} />}
        </div>
      </Page>
    </div>
  );
}
