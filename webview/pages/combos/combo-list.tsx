import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { memo } from 'preact/compat';
import type { ComboConfig } from '../../../src/editor/admin/api.ts';
import type { FirstAsked } from '../../../src/editor/dashboard/contract/calls/combos.ts';
import { strategyWord } from '../../../src/editor/views/words.ts';
import { useCall, useNow } from '../../app.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/tone.ts';
import { merged } from './drafts.ts';
import type { Desk } from './index.tsx';
import { readyCount } from './rows.ts';
import { isNewKey, type View } from './view-of.ts';

const EVERY_MS = 5000;

/** All combos with who would answer each now; automatic routing; and any other name. */
export function ComboList({ view, desk }: { view: View; desk: Desk }): VNode {
  const { combos, drafts, show } = desk;
  const now = useNow(EVERY_MS);
  const names = combos.flatMap(({ name, enabled }) => (enabled ? [name] : []));
  const { asked } = useCall('firstAsked', { names: [...names, 'auto'] }, EVERY_MS);
  const answers = asked.is === 'there' ? asked.value : [];
  const firstOf = (name: string): FirstAsked | undefined => answers.find((entry) => entry.name === name);
  const fresh = Object.entries(drafts).filter(([key]) => isNewKey(key));
  const lost = Object.keys(drafts).filter((key) => !isNewKey(key) && !combos.some(({ name }) => name === key));
  return (
    <nav class="combo-list" aria-label={l10n.t('Combos')}>
      {combos.map((combo) => (
        <Entry
          key={combo.name}
          label={combo.name}
          {...stateOf(combo, readyCount(combo, desk.routes, now))}
          words={comboWords(combo)}
          answer={combo.enabled ? answerWords(firstOf(combo.name)) : l10n.t('Disabled')}
          targets={combo.targets.join(', ')}
          unsaved={isUnsaved(desk, combo)}
          current={view.is === 'combo' && view.name === combo.name}
          onOpen={() => show({ is: 'combo', name: combo.name })}
        />
      ))}
      {lost.map((name) => (
        <Entry
          key={name}
          label={name}
          icon="layers"
          words={l10n.t('removed')}
          unsaved
          current={view.is === 'combo' && view.name === name}
          onOpen={() => show({ is: 'combo', name })}
        />
      ))}
      {fresh.map(([key, { now: combo }]) => (
        <Entry
          key={key}
          label={combo.name || l10n.t('New combo')}
          icon="layers"
          words={l10n.t('new')}
          targets={combo.targets.join(', ')}
          unsaved
          current={view.is === 'new' && view.key === key}
          onOpen={() => show({ is: 'new', key })}
        />
      ))}
      {combos.length + lost.length + fresh.length > 0 && <hr />}
      <Entry
        label="auto"
        icon="wand"
        words={l10n.t('built in')}
        answer={answerWords(firstOf('auto'))}
        current={view.is === 'ask' && view.name === 'auto'}
        onOpen={() => show({ is: 'ask', name: 'auto' })}
      />
      <Entry
        label={l10n.t('Any other name')}
        icon="question"
        words=""
        answer={l10n.t('Who would answer a model, an alias?')}
        current={view.is === 'ask' && view.name !== 'auto'}
        onOpen={() => show({ is: 'ask', name: '' })}
      />
    </nav>
  );
}

interface EntryProps {
  label: string;
  icon: string;
  tone?: Tone;
  words: string;
  /** Who would be asked first. */
  answer?: string;
  targets?: string;
  unsaved?: boolean;
  current: boolean;
  onOpen(): void;
}

const Entry = memo(
  ({ label, icon, tone = 'neutral', words, answer, targets, unsaved = false, current, onOpen }: EntryProps): VNode => (
    <button type="button" class="combo-entry" aria-current={current ? 'true' : undefined} onClick={onOpen}>
      <span class={`combo-entry-icon tone-${tone}`}>
        <Icon name={icon} />
      </span>
      <span class="combo-entry-name">
        <strong>{label}</strong>
        {unsaved && <Icon name="circle-filled" class="unsaved" label={l10n.t('Not saved yet')} />}
      </span>
      <span class="combo-entry-words">{words}</span>
      {answer !== undefined && (
        <span class="combo-entry-line" title={answer}>
          {answer}
        </span>
      )}
      {targets !== undefined && (
        <span class="combo-entry-line" title={targets}>
          {targets}
        </span>
      )}
    </button>
  ),
  (before, after) => {
    const { onOpen: _, ...one } = before;
    const { onOpen: __, ...other } = after;
    return JSON.stringify(one) === JSON.stringify(other);
  },
);

function stateOf({ enabled }: ComboConfig, ready: number): { icon: string; tone: Tone } {
  if (!enabled) return { icon: 'circle-slash', tone: 'neutral' };
  return ready > 0 ? { icon: 'layers', tone: 'good' } : { icon: 'error', tone: 'bad' };
}

function comboWords({ strategy, targets }: ComboConfig): string {
  const count = targets.length === 1 ? l10n.t('1 target') : l10n.t('{0} targets', targets.length);
  return `${count}, ${strategyWord(strategy)}`;
}

function answerWords(first: FirstAsked | undefined): string {
  if (!first) return '…';
  if (first.refused !== undefined) return first.refused;
  if (!first.step) return l10n.t('Nobody can answer now');
  return l10n.t('Now: {0}', first.step.target);
}

function isUnsaved({ drafts }: Desk, combo: ComboConfig): boolean {
  const draft = drafts[combo.name];
  return draft !== undefined && merged(draft, combo).dirty;
}
