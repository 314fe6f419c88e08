import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useCallback, useMemo, useState } from 'preact/hooks';
import type { UsageView } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { useApp, useKept } from '../../app.ts';
import { isText } from '../../fits.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/layout.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { type Sorted, Table } from '../../ui/table.tsx';
import { requestsFilter } from './asked.ts';
import { groupColumns } from './columns.tsx';
import { Exports } from './exports.tsx';
import { isSorting, type Line, linesOf, sumLine } from './rows.ts';
import { groupingWord } from './words.ts';

const FIRST_SORTING: Sorted = { by: 'requests', down: true };

/** The groups as a table, their sums at its head; a click narrows the page to a group. */
export function Groups({ view, onNarrow }: { view: UsageView; onNarrow(group: string): void }): VNode {
  const [find, setFind] = useKept('usage.find', '', isText);
  const [sorting, setSorting] = useKept('usage.sorting', FIRST_SORTING, isSorting);
  const [isExporting, setExporting] = useState(false);
  const { go, keep } = useApp();
  const { by } = view.asked;
  const lines = useMemo(() => linesOf(view, find, sorting), [view, find, sorting]);
  const sum = useMemo(() => sumLine(view, lines), [view, lines]);
  const shown = useMemo(() => (sum ? [sum, ...lines] : lines), [sum, lines]);
  const toRequests = useCallback(
    (group: string) => {
      keep('requests.filter', requestsFilter(view.asked, group));
      go({ page: 'requests' });
    },
    [view.asked, keep, go],
  );
  const columns = useMemo(() => groupColumns(by, toRequests), [by, toRequests]);
  const actions = (
    <>
      <SearchField label={l10n.t('Find')} value={find} onInput={setFind} />
      <Button icon="export" onClick={() => setExporting(!isExporting)}>
        {l10n.t('Export…')}
      </Button>
    </>
  );
  return (
    <Section title={l10n.t('All, by {0}', groupingWord(by).toLowerCase())} actions={actions}>
      {isExporting && <Exports view={view} lines={lines} sum={sum} />}
      {lines.length === 0 ? (
        <p class="quiet">{l10n.t('No name holds "{0}".', find.trim())}</p>
      ) : (
        <Table
          label={l10n.t('Usage by {0}', groupingWord(by).toLowerCase())}
          columns={columns}
          count={shown.length}
          rowAt={(index) => shown[index]}
          keyOf={keyOf}
          sorted={sorting}
          onSort={setSorting}
          opens={hasName}
          onOpen={({ group }) => onNarrow(group)}
          {...(shown.length > 40 ? { height: 'min(70vh, 40rem)' } : {})}
        />
      )}
    </Section>
  );
}

/** Neither sums nor what has no name can be narrowed to. */
const hasName = ({ kind, group }: Line): boolean => kind === 'group' && group !== '';

/** Sums have a key that no group can have. */
const keyOf = ({ kind, group }: Line): string => (kind === 'group' ? `group ${group}` : 'sum');
