import * as l10n from '@vscode/l10n';
import type { NumberField, Path } from './fields.ts';

type Tree = Readonly<Record<string, unknown>>;

/** The value at a path; `undefined` where nothing is. */
export function valueAt(settings: Tree, path: Path): unknown {
  return path.reduce<unknown>((tree, step) => (isTree(tree) ? tree[step] : undefined), settings);
}

/** The merge patch that sets one path. */
export function patchAt(path: Path, value: unknown): Record<string, unknown> {
  const [step = '', ...rest] = path;
  return { [step]: rest.length === 0 ? value : patchAt(rest, value) };
}

/** Whether two values are alike, by their JSON. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A number in the unit in which it is shown. */
export function shownNumber(value: unknown, { scale }: NumberField): string {
  return typeof value === 'number' ? String(Number((value / scale).toFixed(3))) : '';
}

export type ReadNumber = { ok: true; value: number } | { ok: false; message: string };

/** What was typed, as the setting has it: whole numbers of its own unit. */
export function readNumber(text: string, field: NumberField): ReadNumber {
  const typed = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(typed)) return { ok: false, message: l10n.t('Type a number.') };
  const value = Math.round(typed * field.scale);
  if (value < field.min) return { ok: false, message: l10n.t('At least {0}.', shownNumber(field.min, field)) };
  if (value > field.max) return { ok: false, message: l10n.t('At most {0}.', shownNumber(field.max, field)) };
  return { ok: true, value };
}

/** Words with commas or line breaks between them, each once. */
export function readWords(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[,\n]/)
        .map((word) => word.trim())
        .filter((word) => word !== ''),
    ),
  ];
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
