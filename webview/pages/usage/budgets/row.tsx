import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { BudgetConfig, BudgetEntry } from '../../../../src/editor/admin/api.ts';
import { formatCount } from '../../../../src/editor/format/index.ts';
import { amountWords, stateWord } from '../../../../src/editor/views/quota/budget-words.ts';
import { useApp } from '../../../app.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Countdown } from '../../../ui/countdown.tsx';
import { Meter } from '../../../ui/meter.tsx';
import { Pill } from '../../../ui/pill.tsx';
import { Failure } from '../../../ui/states.tsx';
import type { Tone } from '../../../ui/tone.ts';
import { BudgetForm } from './form.tsx';
import type { BudgetLine } from './lines.ts';
import { type Known, modeSentence, modeWord, periodWord, scopeWords, unitWord } from './words.ts';

interface Props {
  line: BudgetLine;
  known: Known;
  /** The list is read again. */
  again(): void;
}

/** `before`: as it was when the user began; what others make of it meanwhile must not be written over. */
type Doing = { is: 'nothing' } | { is: 'edit' | 'remove'; before: BudgetConfig };
const NOTHING: Doing = { is: 'nothing' };

/** One budget: how it stands, and in its place the form to change it. */
export function BudgetRow({ line, known, again }: Props): VNode {
  const { host } = useApp();
  const [doing, setDoing] = useState(NOTHING);
  const leave = (): void => setDoing(NOTHING);
  const begin = (is: 'edit' | 'remove') => () => line.config && setDoing({ is, before: line.config });
  const save = async (before: BudgetConfig, after: BudgetConfig | null): Promise<void> => {
    try {
      await host.call('saveBudget', { before, after });
      leave();
    } finally {
      again();
    }
  };
  if (doing.is === 'edit') {
    return (
      <li>
        <BudgetForm budget={doing.before} known={known} onSave={(after) => save(doing.before, after)} onLeave={leave} />
      </li>
    );
  }
  return (
    <li class="budget">
      <Head line={line} known={known} onEdit={begin('edit')} onRemove={begin('remove')} />
      <Standing line={line} />
      {doing.is === 'remove' && <Removal onRemove={() => save(doing.before, null)} onLeave={leave} />}
    </li>
  );
}

/** Asks before the budget is gone. */
function Removal({ onRemove, onLeave }: { onRemove(): Promise<void>; onLeave(): void }): VNode {
  const [error, setError] = useState<Error>();
  return (
    <div class="budget-asks" role="group" aria-label={l10n.t('Remove this budget?')}>
      <span>{l10n.t('Remove this budget?')}</span>
      <Button kind="primary" onClick={() => void onRemove().catch(setError)}>
        {l10n.t('Remove')}
      </Button>
      <Button onClick={onLeave}>{l10n.t('Cancel')}</Button>
      {error && <Failure error={error} />}
    </div>
  );
}

function Head({ line, known, onEdit, onRemove }: Pick<Props, 'line' | 'known'> & { onEdit(): void; onRemove(): void }): VNode {
  const { go } = useApp();
  const { config, state } = line;
  const scope = scopeWords(line, known);
  const { period, mode } = config ?? state ?? { period: 'day', mode: 'hard' };
  const combo = state?.about?.combo;
  return (
    <div class="budget-head">
      <div class="budget-title">
        <h3>{l10n.t('{0}, {1}', scope, periodWord(period))}</h3>
        <Pill icon={mode === 'hard' ? 'stop-circle' : 'bell'} title={modeSentence(mode)}>
          {modeWord(mode)}
        </Pill>
        {state && state.state !== 'ok' && (
          <Pill tone={toneOf(state.state)} icon={state.state === 'reached' ? 'error' : 'warning'}>
            {stateWord(state.state)}
          </Pill>
        )}
      </div>
      <span class="budget-actions">
        {config ? (
          <>
            <IconButton icon="edit" label={l10n.t('Change the budget: {0}', scope)} onClick={onEdit} />
            <IconButton icon="trash" label={l10n.t('Remove the budget: {0}', scope)} onClick={onRemove} />
          </>
        ) : (
          combo !== undefined && (
            <IconButton icon="layers" label={l10n.t('Set with the combo {0}', combo)} onClick={() => go({ page: 'combos', item: combo })} />
          )
        )}
      </span>
    </div>
  );
}

function Standing({ line: { config, state } }: { line: BudgetLine }): VNode {
  if (!state) return <p class="quiet">{l10n.t('Not counted yet.')}</p>;
  const { amounts, resetsAt, unpriced } = state;
  return (
    <>
      {amounts.map((amount) => (
        <Amount key={amount.unit} amount={amount} warnAt={config?.warnAt} />
      ))}
      <p class="budget-notes quiet">
        <span>
          {l10n.t('Begins anew in')} <Countdown until={resetsAt} />
        </span>
        {unpriced !== undefined && unpriced > 0 && (
          <span>{l10n.t('Without {0} requests whose price is not known', formatCount(unpriced))}</span>
        )}
      </p>
    </>
  );
}

interface AmountProps {
  amount: BudgetEntry['amounts'][number];
  warnAt: number | undefined;
}

function Amount({ amount, warnAt }: AmountProps): VNode {
  const { used, limit, unit } = amount;
  const share = limit > 0 ? used / limit : 1;
  const words = amountWords(amount);
  return (
    <div class="budget-amount">
      <span class="figure">{words}</span>
      <div class="budget-bar">
        <Meter label={unitWord(unit)} share={share} text={words} tone={barTone(share, warnAt)} />
        {warnAt !== undefined && warnAt < 100 && (
          <span class="budget-mark" style={{ left: `${warnAt}%` }} title={l10n.t('Warns at {0} %', formatCount(warnAt))} />
        )}
      </div>
    </div>
  );
}

function barTone(share: number, warnAt: number | undefined): Tone {
  if (share >= 1) return 'bad';
  return warnAt !== undefined && share * 100 >= warnAt ? 'warning' : 'neutral';
}

function toneOf(state: BudgetEntry['state']): Tone {
  switch (state) {
    case 'ok':
      return 'good';
    case 'warning':
      return 'warning';
    case 'reached':
      return 'bad';
  }
}
