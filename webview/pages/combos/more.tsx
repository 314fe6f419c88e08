import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { FAILURE_CLASSES, type FailureClass } from '../../../src/conversation/error.ts';
import type { ComboConfig } from '../../../src/editor/admin/api.ts';
import { formatTokens, formatUsd } from '../../../src/editor/format/index.ts';
import { failureWord, tierWord } from '../../../src/editor/views/words.ts';
import { useApp, useKept } from '../../app.ts';
import { isFlag } from '../../fits.ts';
import { Check, TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Editing } from './use-editing.ts';

/** What is rarely changed: bounds, when the next one is asked, whether conversations stay. */
export function More({ editing }: { editing: Editing }): VNode {
  const [open, setOpen] = useKept('combos.more', false, isFlag);
  return (
    <section>
      <h2>
        <button type="button" class="disclosure" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
          {l10n.t('Limits and Fallback')}
        </button>
      </h2>
      {open && <Fields editing={editing} />}
    </section>
  );
}

function Fields({ editing: { combo, refused, change } }: { editing: Editing }): VNode {
  const errorOf = (param: string): string | undefined => (refused?.param?.startsWith(param) ? refused.message : undefined);
  return (
    <div class="combo-more-fields">
      <NumberField
        label={l10n.t('An answer begins within (seconds)')}
        hint={l10n.t('Over all attempts; empty: no limit of its own.')}
        value={combo.deadlineMs === undefined ? undefined : combo.deadlineMs / 1000}
        error={errorOf('deadlineMs')}
        onChange={(seconds) => change({ deadlineMs: seconds === undefined ? undefined : Math.round(seconds * 1000) })}
      />
      <NumberField
        label={l10n.t('Attempts at most')}
        hint={l10n.t('Over all targets; empty: as the settings say.')}
        value={combo.maxAttempts}
        error={errorOf('maxAttempts')}
        onChange={(maxAttempts) => change({ maxAttempts })}
      />
      <Check
        label={l10n.t('A conversation stays with who answered it')}
        checked={combo.affinity}
        onChange={(affinity) => change({ affinity })}
      />
      <Fallback chosen={combo.fallbackOn} error={errorOf('fallbackOn')} onChange={(fallbackOn) => change({ fallbackOn })} />
      <Budgets budgets={combo.budgets} />
    </div>
  );
}

interface NumberFieldProps {
  label: string;
  hint: string;
  value: number | undefined;
  error: string | undefined;
  onChange(value: number | undefined): void;
}

/** Keeps what is typed as it is typed: `1.` is on its way to `1.5`. */
function NumberField({ label, hint, value, error, onChange }: NumberFieldProps): VNode {
  const [typed, setTyped] = useState('');
  const text = numberOf(typed) === value ? typed : value === undefined ? '' : String(value);
  const take = (next: string): void => {
    setTyped(next);
    onChange(numberOf(next));
  };
  return <TextField type="number" label={label} hint={hint} value={text} onInput={take} error={error} />;
}

function numberOf(text: string): number | undefined {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
}

/** Nobody falls back from what the client or we ourselves ended. */
const CHOOSABLE = FAILURE_CLASSES.filter((failure) => failure !== 'cancelled' && failure !== 'internal');

interface FallbackProps {
  chosen: readonly FailureClass[] | undefined;
  error: string | undefined;
  onChange(chosen: FailureClass[] | undefined): void;
}

function Fallback({ chosen, error, onChange }: FallbackProps): VNode {
  const { host } = useApp();
  // What holds without a choice is what the gateway does for a name that has none.
  const begin = async (): Promise<void> => {
    const plan = await host.call('explain', { model: 'auto' }).catch(() => undefined);
    onChange(plan?.bounds.fallbackOn ?? CHOOSABLE);
  };
  const set = (failure: FailureClass, on: boolean): void =>
    onChange(CHOOSABLE.filter((entry) => (entry === failure ? on : chosen?.includes(entry))));
  return (
    <fieldset class="combo-fallback">
      <legend class="field-label">{l10n.t('When the next one is asked')}</legend>
      <Check
        label={l10n.t('After every failure that another target could mend')}
        checked={chosen === undefined}
        onChange={(all) => (all ? onChange(undefined) : void begin())}
      />
      {chosen && (
        <div class="combo-checks">
          {CHOOSABLE.map((failure) => (
            <Check key={failure} label={failureWord(failure)} checked={chosen.includes(failure)} onChange={(on) => set(failure, on)} />
          ))}
        </div>
      )}
      {error !== undefined && <span class="field-error">{error}</span>}
    </fieldset>
  );
}

function Budgets({ budgets = [] }: { budgets: ComboConfig['budgets'] }): VNode | null {
  if (budgets.length === 0) return null;
  return (
    <div>
      <p class="field-label">{l10n.t('Budgets of its own')}</p>
      <ul class="plain">
        {budgets.map((budget, at) => (
          <li key={at}>{budgetWords(budget)}</li>
        ))}
      </ul>
      <p class="hint">{l10n.t('They are kept as they are; the file of the settings has them.')}</p>
    </div>
  );
}

function budgetWords({ tier, period, usd, tokens, requests }: NonNullable<ComboConfig['budgets']>[number]): string {
  const amounts = [
    usd === undefined ? undefined : formatUsd(usd),
    tokens === undefined ? undefined : l10n.t('{0} tokens', formatTokens(tokens)),
    requests === undefined ? undefined : l10n.t('{0} requests', formatTokens(requests)),
  ].filter((amount) => amount !== undefined);
  const sum = amounts.join(', ');
  return period === 'day' ? l10n.t('{0}: {1} a day', tierWord(tier), sum) : l10n.t('{0}: {1} a month', tierWord(tier), sum);
}
