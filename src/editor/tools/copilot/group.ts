import { isDeepStrictEqual } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { EditProblem, PathStep, TextEdit } from '../../../clients/edit/edit.ts';
import type { Json, JsonObject } from '../../../conversation/json.ts';
import type { GroupModel } from './entries.ts';

/** Its name, and the vendor it belongs to: what VS Code tells groups apart by. */
export const GROUP = { name: 'OmniRoute', vendor: 'customendpoint' } as const;

/** Our group in the text of `chatLanguageModels.json`. */
export type GroupPlace =
  | { is: 'absent' }
  /** `at`: its place in the list. `apiKey`: the reference to the secret, as VS Code wrote it. */
  | { is: 'there'; at: number; models: GroupModel[]; apiKey: string | undefined }
  | { is: 'broken'; problem: EditProblem };

type Read = (text: string) => { ok: true; value: Json } | { ok: false; problem: EditProblem };

export function findGroup(text: string, read: Read): GroupPlace {
  if (text.trim() === '') return { is: 'absent' };
  const parsed = read(text);
  if (!parsed.ok) return { is: 'broken', problem: parsed.problem };
  if (!Array.isArray(parsed.value))
    return { is: 'broken', problem: { message: l10n.t('A list of groups was expected.'), line: 1, column: 1 } };
  const at = parsed.value.findIndex((group) => isObject(group) && group.name === GROUP.name && group.vendor === GROUP.vendor);
  const group = parsed.value[at];
  if (!isObject(group)) return { is: 'absent' };
  const models = Array.isArray(group.models) ? group.models.filter(isModel) : [];
  return { is: 'there', at, models, apiKey: typeof group.apiKey === 'string' ? group.apiKey : undefined };
}

export interface Merged {
  edits: TextEdit[];
  /** What the user changed and is kept, as sentences. */
  kept: string[];
  /** What was written, to know next time what is the user's. */
  written: GroupModel[];
}

/**
 * The edits that bring our group in step: `base` is what we wrote last, `wanted` what the gateway offers now. What differs from `base` is
 * the user's doing and stays: values he changed, models he added or took out. Nothing else of the file is touched.
 */
export function mergeGroup(
  { at, models }: Extract<GroupPlace, { is: 'there' }>,
  base: readonly GroupModel[],
  wanted: readonly GroupModel[],
): Merged {
  const merged: Merged = { edits: [], kept: [], written: [] };
  const [theirs, before] = [byId(models), byId(base)];
  for (const model of wanted) mergeOne(merged, at, model, theirs.get(model.id), before.get(model.id));
  const offered = new Set(wanted.map(({ id }) => id));
  for (const model of models) {
    const known = before.get(model.id);
    if (!known || offered.has(model.id)) continue;
    if (isDeepStrictEqual(known, model)) merged.edits.push({ remove: pathOf(at, model.id) });
    else {
      merged.written.push(known);
      merged.kept.push(l10n.t('"{0}" is not offered any more, but was changed by you: it stays.', model.id));
    }
  }
  return merged;
}

function mergeOne(
  { edits, kept, written }: Merged,
  at: number,
  wanted: GroupModel,
  theirs: GroupModel | undefined,
  base: GroupModel | undefined,
): void {
  if (!theirs) {
    written.push(base ?? wanted);
    if (base) kept.push(l10n.t('"{0}" was taken out by you: it stays out.', wanted.id));
    else edits.push({ set: pathOf(at, wanted.id), to: wanted });
    return;
  }
  if (!base) {
    kept.push(l10n.t('"{0}" was added by you: it stays as it is.', wanted.id));
    return;
  }
  written.push(wanted);
  const changed = membersOf(base, wanted).filter(
    (name) => !isDeepStrictEqual(theirs[name], base[name]) && !isDeepStrictEqual(theirs[name], wanted[name]),
  );
  if (changed.length > 0) kept.push(l10n.t('{0} of "{1}" was changed by you: it stays.', changed.join(', '), wanted.id));
  for (const name of membersOf(base, wanted)) {
    if (changed.includes(name) || isDeepStrictEqual(theirs[name], wanted[name])) continue;
    const path = [...pathOf(at, wanted.id), name];
    const to = wanted[name];
    edits.push(to === undefined ? { remove: path } : { set: path, to });
  }
}

/** Takes our models away; the group itself too, when nobody else's are in it. */
export function removeGroup(
  { at, models }: Extract<GroupPlace, { is: 'there' }>,
  base: readonly GroupModel[],
): { edits: TextEdit[]; kept: string[] } {
  const ours = new Set(base.map(({ id }) => id));
  const others = models.filter(({ id }) => !ours.has(id));
  if (others.length === 0) return { edits: [{ remove: [at] }], kept: [] };
  const edits = models.filter(({ id }) => ours.has(id)).map(({ id }): TextEdit => ({ remove: pathOf(at, id) }));
  return { edits, kept: [l10n.t('The group stays with the models you added: {0}.', others.map(({ id }) => id).join(', '))] };
}

/** What differs from what was written, as sentences; a user's own edits are no drift. */
export function driftOfGroup(place: GroupPlace, base: readonly GroupModel[], wanted: readonly GroupModel[]): string[] {
  if (place.is === 'absent') return [l10n.t('The group "{0}" is not there any more.', GROUP.name)];
  if (place.is === 'broken') return [];
  const { edits } = mergeGroup(place, base, wanted);
  if (edits.length === 0) return [];
  const [before, now] = [new Set(base.map(({ id }) => id)), new Set(wanted.map(({ id }) => id))];
  const added = [...now].filter((id) => !before.has(id));
  const gone = [...before].filter((id) => !now.has(id));
  const differences = [
    added.length > 0 ? l10n.t('New models are missing: {0}.', added.join(', ')) : undefined,
    gone.length > 0 ? l10n.t('Models are listed that are not offered any more: {0}.', gone.join(', ')) : undefined,
  ].filter((text) => text !== undefined);
  return differences.length > 0 ? differences : [l10n.t('What is known of its models, or the gateway’s address, has changed.')];
}

function pathOf(at: number, id: string): PathStep[] {
  return [at, 'models', { where: 'id', is: id }];
}

function membersOf(base: GroupModel, wanted: GroupModel): string[] {
  return [...new Set([...Object.keys(base), ...Object.keys(wanted)])];
}

function byId(models: readonly GroupModel[]): Map<string, GroupModel> {
  return new Map(models.map((model) => [model.id, model]));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isModel(value: Json | undefined): value is GroupModel {
  return isObject(value) && typeof value.id === 'string';
}
