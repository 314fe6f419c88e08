import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { AccountView, Explained } from '../../../src/editor/admin/api.ts';
import { lastAnswer, useCall, useKept } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Check, TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/layout.tsx';
import { Answer } from '../../ui/states.tsx';
import { Ladder } from './ladder.tsx';
import { downQuery, involvedIn, isWhatIf, NOTHING_DOWN, nowQuery, toggled, verdictOf, type WhatIf } from './what-if.ts';

const EVERY_MS = 5000;

interface SimulatorProps {
  /** As a client asks for it. */
  name: string;
  accounts: readonly AccountView[];
  /** The combo has a draft: what is asked is the saved one. */
  unsaved: boolean;
}

/** Who would answer now, and who if some were down. Nothing is sent. */
export function Simulator({ name, accounts, unsaved }: SimulatorProps): VNode {
  const [whatIf, setWhatIf] = useKept('combos.whatIf', NOTHING_DOWN, isWhatIf);
  const now = useCall('explain', nowQuery(name, whatIf), EVERY_MS);
  const then = useCall('explain', downQuery(name, whatIf, accounts), EVERY_MS);
  const plan = lastAnswer(now.asked);
  const other = lastAnswer(then.asked);
  const isDown = whatIf.down.length > 0;
  return (
    <Section
      title={l10n.t('What if … is down?')}
      actions={
        <Button disabled={!isDown} onClick={() => setWhatIf({ ...whatIf, down: [] })}>
          {l10n.t('All Up Again')}
        </Button>
      }
    >
      {unsaved && (
        <p class="combo-hint">
          <Icon name="info" /> {l10n.t('This is about the combo as it is saved; your changes count once they are saved.')}
        </p>
      )}
      <Chips plan={plan} accounts={accounts} whatIf={whatIf} onChange={setWhatIf} />
      <Needs whatIf={whatIf} onChange={setWhatIf} />
      <p class="combo-verdict" role="status">
        {isDown && plan && other ? verdictWords(plan, other) : ''}
      </p>
      <div class="ladders">
        <section aria-label={l10n.t('Now')}>
          <h3>{l10n.t('Now')}</h3>
          <Answer asking={now} rows={5}>
            {(answer) => <Ladder plan={answer} />}
          </Answer>
        </section>
        {isDown && now.asked.is !== 'failed' && (
          <section aria-label={l10n.t('What if')}>
            <h3>{l10n.t('With these down')}</h3>
            <Answer asking={then} rows={5}>
              {(answer) => <Ladder plan={answer} {...(plan ? { other: plan } : {})} />}
            </Answer>
          </section>
        )}
      </div>
    </Section>
  );
}

interface ChipsProps {
  plan: Explained | undefined;
  accounts: readonly AccountView[];
  whatIf: WhatIf;
  onChange(whatIf: WhatIf): void;
}

/** The accounts and providers whose being down would matter; a click takes one down. */
function Chips({ plan, accounts, whatIf, onChange }: ChipsProps): VNode | null {
  const involved = involvedIn(plan, accounts, whatIf.down);
  const chips = [
    ...involved.providers.map((id) => ({ id, label: l10n.t('all of {0}', id), icon: 'server' })),
    ...involved.accounts.map(({ id, name }) => ({ id, label: name, icon: 'account' })),
  ];
  if (chips.length === 0) return null;
  return (
    <fieldset class="combo-chips">
      <legend class="field-label">{l10n.t('Taken to be down')}</legend>
      {chips.map(({ id, label, icon }) => {
        const down = whatIf.down.includes(id);
        return (
          <button
            type="button"
            key={id}
            class="chip"
            aria-pressed={down}
            onClick={() => onChange({ ...whatIf, down: toggled(whatIf.down, id) })}
          >
            <Icon name={down ? 'debug-disconnect' : icon} />
            {label}
          </button>
        );
      })}
    </fieldset>
  );
}

function Needs({ whatIf, onChange }: Pick<ChipsProps, 'whatIf' | 'onChange'>): VNode {
  const set = (patch: Partial<WhatIf>): void => onChange({ ...whatIf, ...patch });
  const tokens = (text: string): number => Math.min(100_000_000, Math.max(0, Math.round(Number(text) || 0)));
  return (
    <div class="combo-needs">
      <Check label={l10n.t('The request has tools')} checked={whatIf.tools} onChange={(tools) => set({ tools })} />
      <Check label={l10n.t('The request has images')} checked={whatIf.vision} onChange={(vision) => set({ vision })} />
      <TextField
        label={l10n.t('Input tokens')}
        type="number"
        placeholder={l10n.t('any')}
        value={whatIf.tokens === 0 ? '' : String(whatIf.tokens)}
        onInput={(text) => set({ tokens: tokens(text) })}
      />
    </div>
  );
}

function verdictWords(now: Explained, then: Explained): string {
  const verdict = verdictOf(now, then);
  switch (verdict.is) {
    case 'nobody':
      return l10n.t('Nobody could answer.');
    case 'same':
      return l10n.t('{0} ({1}) would be asked first, as now.', verdict.first.target, verdict.first.account);
    case 'other':
      return verdict.before
        ? l10n.t('{0} ({1}) would be asked first in place of {2}.', verdict.first.target, verdict.first.account, verdict.before.target)
        : l10n.t('{0} ({1}) would be asked first.', verdict.first.target, verdict.first.account);
  }
}
