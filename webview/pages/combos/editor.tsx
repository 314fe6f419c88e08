import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { Strategy } from '../../../src/config/combos.ts';
import { strategies } from '../../../src/editor/commands/combo/pick-strategy.ts';
import type { ItemRef } from '../../../src/editor/views/item.ts';
import { strategySentence, strategyWord } from '../../../src/editor/views/words.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Check, Select, TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/layout.tsx';
import { Link } from '../../ui/link.tsx';
import { useRun } from '../../use-run.ts';
import type { Desk } from './index.tsx';
import { More } from './more.tsx';
import { Elsewhere, Refusal } from './notes.tsx';
import { Picker } from './picker.tsx';
import { leadingTo } from './rows.ts';
import { Simulator } from './simulator.tsx';
import { Targets } from './targets.tsx';
import { type Editing, useEditing } from './use-editing.ts';
import type { View } from './view-of.ts';

/** One combo, open to be changed; what is changed is a draft until it is saved. */
export function Editor({ view, desk }: { view: Extract<View, { is: 'combo' | 'new' }>; desk: Desk }): VNode {
  const editing = useEditing(view, desk);
  const { combo, isNew, gone, dirty, change } = editing;
  const add = (names: readonly string[], at = combo.targets.length): void => {
    const fresh = names.filter((name) => !combo.targets.includes(name));
    if (fresh.length > 0) change({ targets: combo.targets.toSpliced(at, 0, ...fresh) });
  };
  return (
    <article class="combo-editor" aria-label={combo.name || l10n.t('New combo')}>
      <div class="combo-top">
        <Head editing={editing} desk={desk} />
        <Refusal editing={editing} />
      </div>
      <Elsewhere editing={editing} />
      {isNew ? <NameField editing={editing} /> : <LeadsHere name={combo.name} desk={desk} />}
      <StrategyField strategy={combo.strategy} onChange={(strategy) => change({ strategy })} />
      <div class="combo-columns">
        <Section title={l10n.t('Asked in This Order')}>
          <Targets editing={editing} routes={desk.routes} onAdd={add} />
        </Section>
        <Section title={l10n.t('Add')}>
          <Picker desk={desk} self={combo.name} targets={combo.targets} onAdd={(name) => add([name])} />
        </Section>
      </div>
      <More editing={editing} />
      {!isNew && !gone && <Simulator name={combo.name} accounts={desk.routes.accounts} unsaved={dirty} />}
    </article>
  );
}

function Head({ editing, desk }: { editing: Editing; desk: Desk }): VNode {
  const { combo, isNew, gone, dirty, busy, nameProblem, save, discard, change } = editing;
  const blocked = !dirty || busy || nameProblem?.severity === 'error';
  return (
    <header class="combo-head">
      <h2>
        {combo.name || l10n.t('New combo')}
        {dirty && <Icon name="circle-filled" class="unsaved" label={l10n.t('Not saved yet')} />}
      </h2>
      {!isNew && !gone && <Actions editing={editing} desk={desk} />}
      <div class="actions combo-save">
        <Check label={l10n.t('Enabled')} checked={combo.enabled} onChange={(enabled) => change({ enabled })} />
        <Button onClick={discard} disabled={!dirty || busy}>
          {l10n.t('Discard')}
        </Button>
        <Button kind="primary" onClick={() => void save()} disabled={blocked} title={saveHint()}>
          {l10n.t('Save')}
        </Button>
      </div>
    </header>
  );
}

function saveHint(): string {
  const hint = l10n.t('Save (Ctrl+S)');
  return navigator.platform.startsWith('Mac') ? hint.replace('Ctrl+', '⌘') : hint;
}

function Actions({ editing: { combo }, desk }: { editing: Editing; desk: Desk }): VNode {
  const run = useRun();
  const { name } = combo;
  const ref: ItemRef = { kind: 'combo', combo: name };
  return (
    <div class="actions">
      <IconButton icon="beaker" label={l10n.t('Test "{0}"', name)} onClick={() => void run('omniroute.combo.test', ref)} />
      <CopyButton text={name} label={l10n.t('Copy the name "{0}"', name)} />
      <IconButton icon="edit" label={l10n.t('Rename "{0}"…', name)} onClick={() => void run('omniroute.combo.rename', ref)} />
      <IconButton icon="files" label={l10n.t('Duplicate "{0}"', name)} onClick={() => desk.begin({ ...combo, name: `${name}-2` })} />
      <IconButton icon="trash" label={l10n.t('Remove "{0}"…', name)} onClick={() => void run('omniroute.combo.remove', ref)} />
    </div>
  );
}

function NameField({ editing: { combo, nameProblem, refused, change } }: { editing: Editing }): VNode {
  const error = refused?.param === 'name' ? refused.message : nameProblem?.severity === 'error' ? nameProblem.message : undefined;
  const warning = nameProblem?.severity === 'warning' ? nameProblem.message : undefined;
  return (
    <TextField
      label={l10n.t('Name')}
      value={combo.name}
      onInput={(name) => change({ name: name.trim() })}
      hint={warning ?? l10n.t('Tools ask for it by this name, like for a model.')}
      error={error}
      focused
    />
  );
}

function StrategyField({ strategy, onChange }: { strategy: Strategy; onChange(strategy: Strategy): void }): VNode {
  const options = strategies().map((value) => ({ value, label: strategyWord(value), description: strategySentence(value) }));
  return (
    <div class="combo-strategy">
      <Select label={l10n.t('Strategy')} value={strategy} options={options} onChange={onChange} />
      <p class="quiet">{strategySentence(strategy)}</p>
    </div>
  );
}

/** Other names by which it is asked for. */
function LeadsHere({ name, desk: { routes, show } }: { name: string; desk: Desk }): VNode | null {
  const { aliases, combos } = leadingTo(name, routes);
  if (aliases.length + combos.length === 0) return null;
  return (
    <p class="quiet">
      {aliases.length > 0 && <span>{l10n.t('Aliases that lead here: {0}.', aliases.join(', '))} </span>}
      {combos.length > 0 && l10n.t('Part of:')}{' '}
      {combos.map((combo) => (
        <Link key={combo} onClick={() => show({ is: 'combo', name: combo })}>
          {combo}
        </Link>
      ))}
    </p>
  );
}
