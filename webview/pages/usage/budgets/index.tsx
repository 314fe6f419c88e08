import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { BudgetConfig } from '../../../../src/editor/admin/api.ts';
import { useApp, useCall, useSlice, useTopic } from '../../../app.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/layout.tsx';
import { Answer, Empty } from '../../../ui/states.tsx';
import { BudgetForm } from './form.tsx';
import { linesOf } from './lines.ts';
import { BudgetRow } from './row.tsx';
import type { Known } from './words.ts';

/** The user's budgets: how they stand, and how they are set. */
export function Budgets(): VNode {
  const asking = useCall('budgetList', {});
  const [isNew, setNew] = useState(false);
  const { host } = useApp();
  const section = useShown();
  const known = useKnown(asking.asked.is === 'there' ? asking.asked.value.budgets : []);
  useTopic('config', {}, asking.again);
  const add = async (after: BudgetConfig): Promise<void> => {
    await host.call('saveBudget', { before: null, after });
    asking.again();
    setNew(false);
  };
  const button = (
    <Button icon="add" disabled={isNew} onClick={() => setNew(true)}>
      {l10n.t('Add Budget')}
    </Button>
  );
  return (
    <div ref={section} tabIndex={-1} class="budgets">
      <Section title={l10n.t('Budgets')} actions={button}>
        <Answer asking={asking} rows={4}>
          {({ budgets, keys }) => (
            <>
              {isNew && <BudgetForm known={{ ...known, keys }} onSave={add} onLeave={() => setNew(false)} />}
              <List budgets={budgets} known={{ ...known, keys }} isAdding={isNew} again={asking.again} />
            </>
          )}
        </Answer>
      </Section>
    </div>
  );
}

/** What budgets may be for, and what it is called. */
function useKnown(budgets: readonly BudgetConfig[]): Omit<Known, 'keys'> {
  const accounts = useSlice('accounts') ?? [];
  const ids = new Set([...accounts, ...budgets].flatMap(({ provider }) => provider ?? []));
  const { asked } = useCall('providers', { ids: [...ids].sort() });
  const found = asked.is === 'there' ? asked.value : [];
  return { accounts, names: Object.fromEntries(found.map(({ id, name }) => [id, name])) };
}

interface ListProps {
  budgets: readonly BudgetConfig[];
  known: Known;
  isAdding: boolean;
  again(): void;
}

function List({ budgets, known, isAdding, again }: ListProps): VNode | null {
  const states = useSlice('budgets');
  const lines = useMemo(() => linesOf(budgets, states ?? []), [budgets, states]);
  if (lines.length === 0) return isAdding ? null : <NoBudgets />;
  return (
    <ul class="budget-list">
      {lines.map((line) => (
        <BudgetRow key={line.key} line={line} known={known} again={again} />
      ))}
    </ul>
  );
}

function NoBudgets(): VNode {
  return (
    <Empty icon="law" title={l10n.t('No budgets')}>
      <p>{l10n.t('A budget limits what is spent in a day or a month: by everything, or by one key, account, provider or tier.')}</p>
    </Empty>
  );
}

/** A link to the budgets brings them into sight. */
function useShown(): { current: HTMLDivElement | null } {
  const { place } = useApp();
  const section = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.page !== 'usage' || place.item !== 'budgets') return;
    section.current?.scrollIntoView({ block: 'start' });
    section.current?.focus({ preventScroll: true });
  }, [place]);
  return section;
}
