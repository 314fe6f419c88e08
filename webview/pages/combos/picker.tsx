import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatContext, formatCount, formatPrice, formatUsd } from '../../../src/editor/format/index.ts';
import { TIER_ORDER, tierWord } from '../../../src/editor/views/words.ts';
import { useKept } from '../../app.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Check, Select } from '../../ui/field.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { type Column, type Sorted, Table } from '../../ui/table.tsx';
import { type Choice, choicesOf, type Filter, filtered, isFilter, NO_FILTER, providersOf, sorted, typedTarget } from './choices.ts';
import type { Desk } from './index.tsx';

interface PickerProps {
  desk: Desk;
  /** The combo that is open: nothing that leads back to it can be added. */
  self: string;
  targets: readonly string[];
  onAdd(name: string): void;
}

/** Everything a combo can lead to, to search, filter, drag and add. */
export function Picker({ desk: { combos, routes }, self, targets, onAdd }: PickerProps): VNode {
  const [filter, setFilter] = useKept('combos.picker', NO_FILTER, isFilter);
  const [by, setBy] = useState<Sorted>();
  const choices = useMemo(() => choicesOf(routes.models, combos, self), [routes.models, combos, self]);
  const found = useMemo(() => sorted(filtered(choices, filter), by), [choices, filter, by]);
  const there = useMemo(() => new Set(targets), [targets]);
  const add = useRef(onAdd);
  add.current = onAdd;
  const columns = useMemo(() => columnsOf(there, (name) => add.current(name)), [there]);
  const addTyped = (): void => {
    const name = typedTarget(filter.text, choices, found);
    if (name === undefined) return;
    onAdd(name);
    setFilter({ ...filter, text: '' });
  };
  return (
    <div class="combo-picker">
      <Filters filter={filter} choices={choices} onChange={setFilter} onEnter={addTyped} />
      {filter.text.includes('*') && (
        <Button icon="add" onClick={addTyped}>
          {l10n.t('Add the Pattern "{0}"', filter.text.trim())}
        </Button>
      )}
      <p class="quiet figure" role="status">
        {l10n.t('{0} of {1}', formatCount(found.length), formatCount(choices.length))}
      </p>
      <Table
        label={l10n.t('Models and combos to add')}
        columns={columns}
        count={found.length}
        rowAt={(at) => found[at]}
        keyOf={({ name }) => name}
        {...(by ? { sorted: by } : {})}
        onSort={setBy}
        onOpen={({ name }) => onAdd(name)}
        lines={2}
        keepKey="combos.picker.place"
        height="26rem"
      />
    </div>
  );
}

interface FiltersProps {
  filter: Filter;
  choices: readonly Choice[];
  onChange(filter: Filter): void;
  onEnter(): void;
}

function Filters({ filter, choices, onChange, onEnter }: FiltersProps): VNode {
  const providers = useMemo(() => providersOf(choices), [choices]);
  const set = (patch: Partial<Filter>): void => onChange({ ...filter, ...patch });
  const entered = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onEnter();
  };
  return (
    <div class="combo-filters">
      <div class="combo-search" role="search" onKeyDown={entered}>
        <SearchField label={l10n.t('Search, or a pattern such as groq/*')} value={filter.text} onInput={(text) => set({ text })} />
      </div>
      <Select
        label={l10n.t('Provider')}
        hideLabel
        value={filter.provider}
        options={[{ value: '', label: l10n.t('All providers') }, ...providers.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(provider) => set({ provider })}
      />
      <Select
        label={l10n.t('Kind')}
        hideLabel
        value={filter.tier}
        options={[
          { value: '', label: l10n.t('All kinds') },
          { value: 'combo', label: l10n.t('Combos') },
          ...TIER_ORDER.map((tier) => ({ value: tier as string, label: tierWord(tier) })),
        ]}
        onChange={(tier) => set({ tier })}
      />
      <div class="combo-checks">
        <Check label={l10n.t('Tools')} checked={filter.tools} onChange={(tools) => set({ tools })} />
        <Check label={l10n.t('Images')} checked={filter.vision} onChange={(vision) => set({ vision })} />
        <Check label={l10n.t('Costs nothing')} checked={filter.free} onChange={(free) => set({ free })} />
      </div>
    </div>
  );
}

function columnsOf(there: ReadonlySet<string>, onAdd: (name: string) => void): Column<Choice>[] {
  return [
    {
      id: 'name',
      title: l10n.t('Model'),
      width: 'minmax(9em, 3fr)',
      sortable: true,
      cell: (choice) => <DragName choice={choice} />,
    },
    {
      id: 'context',
      title: l10n.t('Context'),
      width: '5.5em',
      align: 'right',
      sortable: true,
      from: 340,
      cell: ({ contextWindow }) => (contextWindow === null ? '–' : formatContext(contextWindow)),
    },
    {
      id: 'price',
      title: l10n.t('Price'),
      width: '6em',
      align: 'right',
      sortable: true,
      from: 440,
      cell: priceCell,
    },
    {
      id: 'add',
      title: l10n.t('Add'),
      width: '3em',
      cell: ({ name }) =>
        there.has(name) ? (
          <IconButton icon="check" label={l10n.t('"{0}" is in the combo', name)} disabled onClick={() => {}} />
        ) : (
          <IconButton icon="add" label={l10n.t('Add "{0}"', name)} onClick={() => onAdd(name)} />
        ),
    },
  ];
}

/** A name that can be dragged into the combo's targets, and what it is. */
function DragName({ choice }: { choice: Choice }): VNode {
  const { name, title } = choice;
  const own = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const start = ({ dataTransfer }: DragEvent): void => dataTransfer?.setData('text/plain', name);
    const element = own.current;
    element?.addEventListener('dragstart', start);
    return () => element?.removeEventListener('dragstart', start);
  }, [name]);
  return (
    <span class="combo-choice" ref={own} draggable title={title}>
      <span>{name}</span>
      <span class="combo-choice-words">{wordsOf(choice)}</span>
    </span>
  );
}

function wordsOf(choice: Choice): string {
  const from = choice.providers.map(({ name }) => name).join(', ');
  return [kindWord(choice), from, choice.tools && l10n.t('tools'), choice.vision && l10n.t('images')].filter(Boolean).join(' · ');
}

/** In and out, of a million tokens. */
function priceCell({ price }: Choice): VNode | string {
  if (!price) return '–';
  if (price.input === 0 && price.output === 0) return l10n.t('free');
  return (
    <span class="combo-price" title={formatPrice(price)}>
      <span>{formatUsd(price.input)}</span>
      <span>{formatUsd(price.output)}</span>
    </span>
  );
}

function kindWord({ kind, tier }: Choice): string {
  switch (kind) {
    case 'combo':
      return l10n.t('Combo');
    case 'alias':
      return l10n.t('Alias');
    case 'auto':
      return l10n.t('Automatic');
    case 'model':
      return tierWord(tier ?? undefined);
  }
}
