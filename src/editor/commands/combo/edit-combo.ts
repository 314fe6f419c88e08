import * as l10n from '@vscode/l10n';
import type { ComboConfig } from '../../admin/api.ts';
import { bare, saveTargets } from '../../views/combos/arrange.ts';
import { moved, withAdded, without } from '../../views/combos/edit-targets.ts';
import type { ItemRef } from '../../views/item.ts';
import { nameProblem } from './combo-name.ts';
import { type ComboDesk, chosenCombo } from './desk.ts';
import { modelItems } from './model-items.ts';
import { pickStrategy } from './pick-strategy.ts';

export async function addTargets(desk: ComboDesk, ref: ItemRef | undefined): Promise<void> {
  const title = l10n.t('Add Models to a Combo');
  const combo = await chosenCombo(desk, ref, title);
  if (!combo) return;
  const answer = await desk.ui.pickMany({
    title: l10n.t('Add Models to "{0}"', combo.name),
    placeholder: l10n.t('Which models? They are asked after those that are there.'),
    items: modelItems(desk.live.snapshot, [combo.name, ...combo.targets]),
  });
  if (answer.is === 'value') await saveTargets(desk, new Map([[combo.name, withAdded(combo.targets, answer.value)]]));
}

export async function changeStrategy(desk: ComboDesk, ref: ItemRef | undefined): Promise<void> {
  const combo = await chosenCombo(desk, ref, l10n.t('Change Strategy'));
  if (!combo) return;
  const answer = await pickStrategy(desk.ui, { title: l10n.t('Strategy of "{0}"', combo.name) }, combo.strategy);
  if (answer.is === 'value' && answer.value !== combo.strategy) await save(desk, { ...combo, strategy: answer.value });
}

export async function switchCombo(desk: ComboDesk, ref: ItemRef | undefined, enabled: boolean): Promise<void> {
  const combo = await chosenCombo(desk, ref, enabled ? l10n.t('Enable Combo') : l10n.t('Disable Combo'));
  if (combo && combo.enabled !== enabled) await save(desk, { ...combo, enabled });
}

export async function renameCombo(desk: ComboDesk, ref: ItemRef | undefined): Promise<void> {
  const { ui, admin, live } = desk;
  const combo = await chosenCombo(desk, ref, l10n.t('Rename Combo'));
  if (!combo) return;
  const answer = await ui.ask({
    title: l10n.t('Rename "{0}"', combo.name),
    prompt: l10n.t('Combos, aliases, routes and keys that name it follow; tools that ask for the old name do not.'),
    value: combo.name,
    check: (text) => nameProblem(text.trim(), live.snapshot, combo.name),
  });
  const to = answer.is === 'value' ? answer.value.trim() : combo.name;
  if (to === combo.name) return;
  await admin.renameCombo(combo.name, to);
  await live.refresh('combos', 'models');
}

/** Asks first; the gateway says what still needs it. */
export async function removeCombo(desk: ComboDesk, ref: ItemRef | undefined): Promise<void> {
  const combo = await chosenCombo(desk, ref, l10n.t('Remove Combo'));
  if (combo) await confirmedRemoval(desk, combo, l10n.t('Remove the combo "{0}"?', combo.name));
}

async function confirmedRemoval({ ui, admin, live }: ComboDesk, { name }: ComboConfig, message: string): Promise<void> {
  const remove = l10n.t('Remove');
  const detail = l10n.t('Tools that ask for "{0}" get no answer any more. Its models and accounts stay.', name);
  if ((await ui.confirm({ message, detail }, remove)) !== remove) return;
  await admin.removeCombo(name);
  await live.refresh('combos', 'models');
}

export async function moveTarget(desk: ComboDesk, ref: ItemRef | undefined, step: -1 | 1): Promise<void> {
  if (ref?.kind !== 'target') return;
  const combo = comboNamed(desk, ref.combo);
  const targets = combo && moved(combo.targets, ref, step);
  if (targets) await saveTargets(desk, new Map([[ref.combo, targets]]));
}

/** Takes targets out of their combos; a combo that would be empty is removed, when the user says so. */
export async function removeTargets(desk: ComboDesk, refs: readonly ItemRef[]): Promise<void> {
  const taken = refs.filter((ref) => ref.kind === 'target');
  for (const name of new Set(taken.map(({ combo }) => combo))) {
    const combo = comboNamed(desk, name);
    if (!combo) continue;
    const targets = without(
      combo.targets,
      taken.filter((ref) => ref.combo === name),
    );
    if (targets.length > 0) await saveTargets(desk, new Map([[name, targets]]));
    else await confirmedRemoval(desk, combo, l10n.t('Without this, the combo "{0}" is empty. Remove the combo?', name));
  }
}

/** As the tree shows it: a step taken while another is being saved goes on from there. */
function comboNamed({ live, pending }: ComboDesk, name: string): ComboConfig | undefined {
  return pending.over(live.snapshot).combos.find((combo) => combo.name === name);
}

async function save({ admin, live }: ComboDesk, combo: ComboConfig): Promise<void> {
  await admin.saveCombo(combo.name, bare(combo));
  await live.refresh('combos', 'models');
}
