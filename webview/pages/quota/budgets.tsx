import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { BudgetEntry } from '../../../src/editor/admin/api.ts';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/layout.tsx';
import { PlaceLink } from '../../ui/link.tsx';
import { Meter } from '../../ui/meter.tsx';
import { toneIcon } from '../../ui/tone.ts';
import { useMarked } from '../../ui/use-marked.ts';
import { type BudgetLine, budgetLines } from './budgets.ts';

/** The user's own limits beside the providers'. */
export function Budgets({ budgets, now, isMarked }: { budgets: readonly BudgetEntry[]; now: number; isMarked: boolean }): VNode | null {
  const element = useMarked<HTMLDivElement>(isMarked);
  if (budgets.length === 0) return null;
  return (
    <div ref={element} tabIndex={-1} class={isMarked ? 'marked' : ''}>
      <Section
        title={l10n.t('Budgets')}
        actions={<PlaceLink to={{ page: 'usage', item: 'budgets' }}>{l10n.t('Change Budgets')}</PlaceLink>}
      >
        <div class="quota-card">
          {budgetLines(budgets, now).map((line) => (
            <BudgetView key={line.name} line={line} />
          ))}
        </div>
      </Section>
    </div>
  );
}

function BudgetView({ line: { name, state, tone, amounts, reset, mode, unpriced } }: { line: BudgetLine }): VNode {
  const icon = toneIcon(tone);
  return (
    <div class="quota-window">
      <div class="quota-label">
        <span>{name}</span>
        <span class={`quota-used quiet tone-${tone}`}>
          {icon && <Icon name={icon} />}
          {state}
        </span>
      </div>
      <div class="quota-amounts">
        {amounts.map(({ unit, share, words }) => (
          <div key={unit} class="quota-use">
            <span class="figure">{words}</span>
            <Meter label={name} share={share} text={words} tone={tone} />
          </div>
        ))}
      </div>
      <div class="quota-end figure">
        <span>{reset}</span>
        <span class="quiet">{mode}</span>
      </div>
      {unpriced !== undefined && <p class="quota-notes quiet">{unpriced}</p>}
    </div>
  );
}
