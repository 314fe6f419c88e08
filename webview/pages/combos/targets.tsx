import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { formatPrice } from '../../../src/editor/format/index.ts';
import type { Routes } from '../../../src/editor/views/combos/target-state.ts';
import { stateIcon, stateWords } from '../../../src/editor/views/combos/target-words.ts';
import { modelWords } from '../../../src/editor/views/providers/model-node.ts';
import { tierWord } from '../../../src/editor/views/words.ts';
import { useNow } from '../../app.ts';
import { IconButton } from '../../ui/button.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { moved } from '../../ui/drag-list/drop.ts';
import { DragList } from '../../ui/drag-list.tsx';
import { toneOf } from '../../ui/node-tone.ts';
import { Pill } from '../../ui/pill.tsx';
import { faultyTarget, type TargetRow, targetRows } from './rows.ts';
import type { Editing } from './use-editing.ts';

interface TargetsProps {
  editing: Editing;
  routes: Routes;
  onAdd(names: readonly string[], at: number): void;
}

/** The targets in their order, each as it is now. */
export function Targets({ editing: { combo, refused, change }, routes, onAdd }: TargetsProps): VNode {
  const now = useNow();
  const rows = useMemo(() => targetRows(combo, routes, now), [combo, routes, now]);
  const faulty = faultyTarget(refused?.param);
  const list = useRef<HTMLDivElement>(null);
  const remove = (at: number): void => {
    change({ targets: combo.targets.toSpliced(at, 1) });
    // The focus stays in the list: at what is there now, or the last one.
    requestAnimationFrame(() => {
      const grips = [...(list.current?.querySelectorAll<HTMLElement>('.grip') ?? [])];
      (grips[at] ?? grips.at(-1))?.focus();
    });
  };
  const pressed = ({ key, target }: KeyboardEvent): void => {
    const row = key === 'Delete' && target instanceof Element ? target.closest<HTMLElement>('[data-key]') : undefined;
    const at = rows.findIndex((entry) => entry.key === row?.dataset.key);
    if (at >= 0) remove(at);
  };
  return (
    <div class="combo-targets" role="group" ref={list} onKeyDown={pressed}>
      <DragList
        label={l10n.t('Targets of "{0}"', combo.name)}
        items={rows}
        keyOf={({ key }) => key}
        nameOf={({ target }) => target}
        draw={(row) => <Row row={row} now={now} fault={row.at === faulty ? refused?.message : undefined} onRemove={remove} />}
        onMove={(from, to) => change({ targets: moved(combo.targets, from, to) })}
        onDropText={(text, at) => onAdd([text], at)}
        empty={l10n.t('Nothing yet: add models from the list, or drop them here.')}
      />
    </div>
  );
}

interface RowProps {
  row: TargetRow;
  now: number;
  fault: string | undefined;
  onRemove(at: number): void;
}

function Row({ row: { at, target, state, model }, now, fault, onRemove }: RowProps): VNode {
  const icon = stateIcon(state);
  const until = state.is === 'blocked' ? state.block.until : undefined;
  return (
    <div class={fault === undefined ? 'combo-target' : 'combo-target faulty'}>
      <span class="combo-target-place figure">{at + 1}</span>
      <div class="combo-target-words">
        <strong>{target}</strong>
        <span class="combo-target-state">
          <Pill tone={toneOf(icon)} icon={icon.id} {...(state.is === 'blocked' ? { title: state.block.detail } : {})}>
            {stateWords(state, now)}
          </Pill>
          {until !== undefined && until > now && <Countdown until={until} />}
        </span>
        {model && <span class="quiet">{facts(model).join(' · ')}</span>}
        {fault !== undefined && <span class="field-error">{fault}</span>}
      </div>
      <IconButton icon="close" label={l10n.t('Remove "{0}"', target)} onClick={() => onRemove(at)} />
    </div>
  );
}

function facts(model: NonNullable<TargetRow['model']>): string[] {
  const { kind, providers, tier, price } = model;
  const from = providers.map(({ name }) => name).join(', ');
  if (kind !== 'model') return [from, ...modelWords(model)].filter(Boolean);
  const worth =
    price?.input === 0 && price.output === 0 && (tier === 'free' || tier === 'local')
      ? []
      : [formatPrice(price) ?? l10n.t('price not known')];
  return [from, tierWord(tier ?? undefined), ...modelWords(model), ...worth];
}
