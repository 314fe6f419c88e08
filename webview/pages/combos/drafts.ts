import * as z from 'zod';
import type { ComboConfig } from '../../../src/editor/admin/api.ts';
import { comboShape } from '../../../src/editor/dashboard/contract/calls/combos.ts';

/** What the user changed and has not saved: the combo as it was when that began (`null`: a new one), and as it is to be. */
export interface Draft {
  base: ComboConfig | null;
  now: ComboConfig;
}
/** By the combo's name, or the key of a new one. */
export type Drafts = Readonly<Record<string, Draft>>;

const shape = z.record(z.string(), z.object({ base: comboShape.nullable(), now: comboShape }));

export function areDrafts(value: unknown): value is Drafts {
  return shape.safeParse(value).success;
}

export const EMPTY: ComboConfig = { name: '', enabled: true, strategy: 'fill-first', targets: [], affinity: true };

export type Field = keyof ComboConfig;

/** The fields in which two differ, the name apart. */
export function differences(one: ComboConfig, other: ComboConfig): Field[] {
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<Field>;
  fields.delete('name');
  return [...fields].filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]));
}

export interface Merged {
  /** The saved combo with what the user changed. */
  combo: ComboConfig;
  dirty: boolean;
  /** Changed elsewhere since the draft began, and of these what the user changed otherwise. */
  elsewhere: Field[];
  both: Field[];
}

/** A draft over the combo as it is saved now (`undefined`: there is none of that name). */
export function merged(draft: Draft, saved: ComboConfig | undefined): Merged {
  const { base, now } = draft;
  if (!base || !saved) return { combo: now, dirty: true, elsewhere: [], both: [] };
  const mine = differences(base, now);
  const theirs = differences(base, saved);
  const both = theirs.filter((field) => mine.includes(field) && JSON.stringify(now[field]) !== JSON.stringify(saved[field]));
  const combo = withFields(saved, now, mine);
  return { combo, dirty: differences(saved, combo).length > 0, elsewhere: theirs, both };
}

/** `combo` with these fields of another; those the other lacks are taken away. */
function withFields(combo: ComboConfig, from: ComboConfig, fields: readonly Field[]): ComboConfig {
  const taken = Object.fromEntries(fields.flatMap((field) => (from[field] === undefined ? [] : [[field, from[field]]])));
  const kept = Object.entries(combo).filter(([field]) => !fields.includes(field as Field));
  return { ...(Object.fromEntries(kept) as ComboConfig), ...taken };
}

/** The drafts with one more change of a combo; one that says what is saved already is none. */
export function changed(drafts: Drafts, key: string, saved: ComboConfig | undefined, next: ComboConfig): Drafts {
  const base = drafts[key]?.base ?? saved ?? null;
  if (base && saved && differences(saved, next).length === 0) return dropped(drafts, key);
  return { ...drafts, [key]: { base, now: next } };
}

export function dropped(drafts: Drafts, key: string): Drafts {
  const { [key]: _, ...rest } = drafts;
  return rest;
}

/** What the user was told is the ground the draft stands on from now on. */
export function rebased(drafts: Drafts, key: string, saved: ComboConfig): Drafts {
  const draft = drafts[key];
  return draft ? { ...drafts, [key]: { base: saved, now: merged(draft, saved).combo } } : drafts;
}

/** The name a combo was given elsewhere: it went, and one that is like it came. `undefined`: still there, or gone. */
export function renamedTo(name: string, before: readonly ComboConfig[], now: readonly ComboConfig[]): string | undefined {
  const old = before.find((combo) => combo.name === name);
  if (!old || now.some((combo) => combo.name === name)) return undefined;
  const fresh = now.filter((combo) => !before.some((other) => other.name === combo.name));
  const [alike, ...more] = fresh.filter((combo) => differences(old, combo).length === 0);
  return more.length === 0 ? alike?.name : undefined;
}

/** A draft follows its combo to another name. */
export function moved(drafts: Drafts, from: string, to: string): Drafts {
  const draft = drafts[from];
  if (!draft) return drafts;
  const named = { base: draft.base && { ...draft.base, name: to }, now: { ...draft.now, name: to } };
  return { ...dropped(drafts, from), [to]: named };
}

/** A name nobody has: `best`, `best-2`, … */
export function freeName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken);
  let name = wanted;
  for (let turn = 2; names.has(name); turn += 1) name = `${wanted}-${turn}`;
  return name;
}
