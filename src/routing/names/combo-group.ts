import type { ComboConfig } from '../../config/schema.ts';
import { autoGroup } from '../auto.ts';
import type { Group } from './group.ts';
import { listedGroups, modelGroup } from './model-group.ts';
import { type Reading, readReference } from './read-name.ts';
import type { Scope } from './scope.ts';

/** What a name's meaning stands for; `undefined` when nothing is there. */
export function groupOf(reading: Reading, scope: Scope): Group | undefined {
  switch (reading.kind) {
    case 'combo':
      return comboGroup(reading.combo, scope);
    case 'auto':
      return autoGroup(reading.auto, scope);
    case 'model':
      return modelGroup(reading.resolved, scope);
  }
}

function comboGroup(combo: ComboConfig, scope: Scope): Group | undefined {
  return scope.group(`combo ${combo.name}`, () => {
    const children = combo.targets.flatMap((target) => referenceGroups(target, scope));
    if (children.length === 0) return undefined;
    const { name, strategy } = combo;
    return { name, strategy, label: `combo "${name}" (${strategy})`, ranks: [children] };
  });
}

function referenceGroups(target: string, scope: Scope): Group[] {
  const groups = target.includes('*') ? patternGroups(target, scope) : namedGroups(target, scope);
  if (groups.length === 0) scope.missing.add(missingNote(target, scope));
  return groups;
}

/** Behind a route the `*` stands for what the route caught, and the result is a model's name only: see `readRoute`. */
function patternGroups(pattern: string, scope: Scope): Group[] {
  const { caught } = scope;
  if (caught === undefined) return listedGroups(pattern, scope);
  scope.usedCaught = true;
  const group = modelGroup(
    pattern.replaceAll('*', () => caught),
    scope,
  );
  return group ? [group] : [];
}

function namedGroups(target: string, scope: Scope): Group[] {
  const reading = readReference(target, scope.input.directory);
  if (reading.kind === 'combo' && !reading.combo.enabled) return [];
  const group = groupOf(reading, scope);
  return group ? [group] : [];
}

function missingNote(target: string, scope: Scope): string {
  const reading = readReference(target, scope.input.directory);
  return reading.kind === 'combo' && !reading.combo.enabled ? `"${target}" (disabled)` : `"${target}"`;
}
