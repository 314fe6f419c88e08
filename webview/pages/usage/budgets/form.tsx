import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BudgetConfig } from '../../../../src/editor/admin/api.ts';
import { TIER_ORDER, tierWord } from '../../../../src/editor/views/words.ts';
import { errorOf } from '../../../host/thrown.ts';
import { Button } from '../../../ui/button.tsx';
import { Select, TextField } from '../../../ui/field.tsx';
import { budgetOf, type Draft, draftOf, type Field, type Problems, problemsOf } from './draft.ts';
import { type Known, modeSentence, modeWord, periodWord } from './words.ts';

interface Props {
  /** Absent: a new one. */
  budget?: BudgetConfig;
  known: Known;
  onSave(budget: BudgetConfig): Promise<void>;
  onLeave(): void;
}

/** A budget as fields. Escape leaves it as it was. */
export function BudgetForm({ budget, known, onSave, onLeave }: Props): VNode {
  const [draft, setDraft] = useState(() => draftOf(budget));
  const [problems, setProblems] = useState<Problems>({});
  const [isSaving, setSaving] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const set = (field: Field, value: string): void => setDraft((before) => ({ ...before, [field]: value }));
  const save = async (): Promise<void> => {
    // The button stays as it is meanwhile: one that is switched off loses the focus, and Escape with it.
    if (isSaving) return;
    const read = budgetOf(draft, budget);
    if (!read.ok) return setProblems(read.problems);
    setSaving(true);
    try {
      await onSave(read.budget);
    } catch (error) {
      setProblems(problemsOf(errorOf(error)));
      setSaving(false);
    }
  };
  return (
    <div class="budget-form" role="group" onKeyDown={(event) => event.key === 'Escape' && onLeave()}>
      <h3 ref={heading} tabIndex={-1}>
        {budget ? l10n.t('Change the budget') : l10n.t('New budget')}
      </h3>
      <Scope draft={draft} problems={problems} known={known} set={set} />
      <Amounts draft={draft} problems={problems} set={set} />
      {problems.whole !== undefined && (
        <p class="field-error" role="alert">
          {problems.whole}
        </p>
      )}
      <div class="actions">
        <Button kind="primary" onClick={() => void save()}>
          {l10n.t('Save')}
        </Button>
        <Button onClick={onLeave}>{l10n.t('Cancel')}</Button>
      </div>
    </div>
  );
}

interface PartProps {
  draft: Draft;
  problems: Problems;
  set(field: Field, value: string): void;
}

function Scope({ draft, problems, known, set }: PartProps & { known: Known }): VNode {
  const { accounts, keys, names: providers } = known;
  const names = accounts.map(({ id, name }) => (accounts.some((other) => other.id !== id && other.name === name) ? id : name));
  const tiers = TIER_ORDER.map((tier) => ({ value: tier as string, label: tierWord(tier) }));
  const given = accounts.map(({ provider }) => provider);
  const choice = (field: 'key' | 'account' | 'provider' | 'tier', label: string, options: { value: string; label: string }[]): VNode => (
    <div>
      <Select label={label} value={draft[field]} options={withOwn(options, draft[field])} onChange={(value) => set(field, value)} />
      <Problem text={problems[field]} />
    </div>
  );
  return (
    <fieldset>
      <legend>{l10n.t('What it counts')}</legend>
      {choice('key', l10n.t('Key'), keys.map(plain))}
      {choice(
        'account',
        l10n.t('Account'),
        names.map((name) => ({ value: name, label: accounts.find(({ id }) => id === name)?.name ?? name })),
      )}
      {choice(
        'provider',
        l10n.t('Provider'),
        [...new Set(given)].map((id) => ({ value: id, label: providers[id] ?? id })),
      )}
      {choice('tier', l10n.t('Tier'), tiers)}
    </fieldset>
  );
}

function Amounts({ draft, problems, set }: PartProps): VNode {
  const field = (name: 'usd' | 'tokens' | 'requests' | 'warnAt', label: string): VNode => (
    <TextField label={label} value={draft[name]} error={problems[name]} onInput={(value) => set(name, value)} />
  );
  return (
    <fieldset>
      <legend>{l10n.t('How much')}</legend>
      <Select
        label={l10n.t('Period')}
        value={draft.period}
        options={(['day', 'month'] as const).map((value) => ({ value, label: periodWord(value) }))}
        onChange={(value) => set('period', value)}
      />
      {field('usd', l10n.t('US Dollars'))}
      {field('tokens', l10n.t('Tokens'))}
      {field('requests', l10n.t('Requests'))}
      <Select
        label={l10n.t('When reached')}
        value={draft.mode}
        options={(['hard', 'soft'] as const).map((value) => ({ value, label: modeWord(value), description: modeSentence(value) }))}
        onChange={(value) => set('mode', value)}
      />
      {field('warnAt', l10n.t('Warn at (%)'))}
      <Problem text={problems.amounts} />
    </fieldset>
  );
}

function Problem({ text }: { text: string | undefined }): VNode | null {
  return text === undefined ? null : (
    <p class="field-error" role="alert">
      {text}
    </p>
  );
}

const plain = (value: string): { value: string; label: string } => ({ value, label: value });

/** Any, those there are, and what is set although it is there no more. */
function withOwn(options: readonly { value: string; label: string }[], own: string): { value: string; label: string }[] {
  const isThere = own === '' || options.some(({ value }) => value === own);
  return [{ value: '', label: l10n.t('Any') }, ...options, ...(isThere ? [] : [plain(own)])];
}
