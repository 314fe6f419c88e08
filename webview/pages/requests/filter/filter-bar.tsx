import * as l10n from '@vscode/l10n';
import type { RefObject, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatCount } from '../../../../src/editor/format/index.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Chips } from '../../../ui/chips.tsx';
import { Select } from '../../../ui/field.tsx';
import { SearchField, useTyping } from '../../../ui/search-field.tsx';
import { chipsOf, outcomeChoice, spanChoice } from '../words.ts';
import { DimensionSelect } from './dimension-select.tsx';
import { DIMENSIONS, type Filter, NO_FILTER, OUTCOMES, SPAN_NAMES, withField } from './filter.ts';

interface FilterBarProps {
  filter: Filter;
  onFilter(filter: Filter): void;
  /** How many requests are listed; `undefined`: not known yet. */
  count: number | undefined;
}

const ANY = '';

/** What the list is narrowed to. */
export function FilterBar({ filter, onFilter, count }: FilterBarProps): VNode {
  const [more, setMore] = useState(false);
  return (
    <div class="requests-filters" role="search" aria-label={l10n.t('Filter requests')}>
      <div class="requests-filter-line">
        <Search filter={filter} onFilter={onFilter} />
        <Select
          label={l10n.t('Outcome')}
          hideLabel
          value={filter.outcome ?? ANY}
          options={[{ value: ANY, label: l10n.t('Any outcome') }, ...OUTCOMES.map((value) => ({ value, label: outcomeChoice(value) }))]}
          onChange={(value) => onFilter(withField(filter, 'outcome', value === ANY ? undefined : value))}
        />
        <Select
          label={l10n.t('Time')}
          hideLabel
          value={filter.span ?? ANY}
          options={[{ value: ANY, label: l10n.t('Any time') }, ...SPAN_NAMES.map((value) => ({ value, label: spanChoice(value) }))]}
          onChange={(value) => onFilter(withField(filter, 'span', value === ANY ? undefined : value))}
        />
        <IconButton icon="filter" label={l10n.t('More Filters')} pressed={more} onClick={() => setMore(!more)} />
        <span class="requests-count figure quiet" role="status">
          {count === undefined ? '' : countWords(count)}
        </span>
      </div>
      {more && (
        <div class="requests-filter-more">
          {DIMENSIONS.map((name) => (
            <DimensionSelect key={name} name={name} filter={filter} onFilter={onFilter} />
          ))}
        </div>
      )}
      <Chips
        chips={chipsOf(filter)}
        onRemove={(field) => onFilter(withField(filter, field, undefined))}
        onClear={() => onFilter(NO_FILTER)}
      />
    </div>
  );
}

function countWords(count: number): string {
  return count === 1 ? l10n.t('1 request') : l10n.t('{0} requests', formatCount(count));
}

function Search({ filter, onFilter }: Pick<FilterBarProps, 'filter' | 'onFilter'>): VNode {
  const [text, setText] = useTyping(filter.search ?? '', (typed) => onFilter(withField(filter, 'search', typed.slice(0, 300))));
  const root = useOnEscape(text !== '', () => {
    setText('');
    onFilter(withField(filter, 'search', undefined));
  });
  return (
    <div class="requests-search" ref={root}>
      <SearchField
        label={l10n.t('Search requests')}
        placeholder={l10n.t('Search models, tools, accounts, ids')}
        value={text}
        onInput={setText}
      />
    </div>
  );
}

/** Escape in what the ref is given to; `on`: it does something there, and nothing elsewhere. */
function useOnEscape(on: boolean, then: () => void): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement>(null);
  const current = useRef({ on, then });
  current.current = { on, then };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !current.current.on) return;
      event.stopPropagation();
      current.current.then();
    };
    const { current: element } = root;
    element?.addEventListener('keydown', onKey);
    return () => element?.removeEventListener('keydown', onKey);
  }, []);
  return root;
}
