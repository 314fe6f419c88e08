import * as l10n from '@vscode/l10n';

/** A path in the settings: `['timeouts', 'connectMs']`. */
export type Path = readonly string[];

interface Common {
  path: Path;
  label: string;
  hint: string;
}

/** Numbers are shown in a unit people think in: `scale` of the setting's own make one of it. What is counted has none. */
export interface NumberField extends Common {
  kind: 'number';
  unit: string;
  scale: number;
  min: number;
  max: number;
}

export type SettingField =
  | NumberField
  | (Common & { kind: 'switch' })
  | (Common & { kind: 'choice'; options: { value: string; label: string }[] })
  /** Words, with commas between them. */
  | (Common & { kind: 'words'; placeholder: string });

export interface FieldGroup {
  id: string;
  title: string;
  /** What it is for, in a sentence. */
  about: string;
  fields: SettingField[];
}

const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const MEGABYTE = 1024 * 1024;
export const MOST_MS = 2_147_483_647;

type Look = [label: string, hint: string];

export const seconds = (path: string, look: Look, min = 1, max = MOST_MS): NumberField =>
  number(path, look, l10n.t('seconds'), SECOND, min, max);
export const number = (path: string, [label, hint]: Look, unit: string, scale: number, min: number, max: number): NumberField => ({
  kind: 'number',
  path: path.split('.'),
  label,
  hint,
  unit,
  scale,
  min,
  max,
});
export const onOff = (path: string, [label, hint]: Look): SettingField => ({ kind: 'switch', path: path.split('.'), label, hint });
export const words = (path: string, [label, hint]: Look, placeholder: string): SettingField => ({
  kind: 'words',
  path: path.split('.'),
  label,
  hint,
  placeholder,
});
