import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { UsageRow } from '../../../../src/editor/admin/api.ts';
import { useCall } from '../../../app.ts';
import { Select } from '../../../ui/field.tsx';
import { dimensionWord, valueWord } from '../words.ts';
import { type Dimension, type Filter, withField } from './filter.ts';

interface DimensionSelectProps {
  name: Dimension;
  filter: Filter;
  onFilter(filter: Filter): void;
}

/** One thing requests were about, chosen among all that ever were. */
export function DimensionSelect({ name, filter, onFilter }: DimensionSelectProps): VNode {
  const { asked } = useCall('usage', { by: name });
  const rows = asked.is === 'there' ? asked.value : [];
  const chosen = filter[name] ?? '';
  const values = valuesOf(rows, chosen);
  return (
    <Select
      label={dimensionWord(name)}
      value={chosen}
      options={[{ value: '', label: l10n.t('Any') }, ...values.map((value) => ({ value, label: valueWord(name, value) }))]}
      onChange={(value) => onFilter(withField(filter, name, value))}
    />
  );
}

/** Those asked most first; what is chosen is there in any case. */
function valuesOf(rows: readonly UsageRow[], chosen: string): string[] {
  const known = [...rows].sort((a, b) => b.requests - a.requests).flatMap(({ by: [value] }) => value || []);
  return chosen && !known.includes(chosen) ? [chosen, ...known] : known;
}
