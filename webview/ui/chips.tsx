import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface ChipsProps<K extends string> {
  chips: readonly { key: K; text: string }[];
  onRemove(key: K): void;
  onClear(): void;
}

/** What a page is narrowed to, each with a way out of it. */
export function Chips<K extends string>({ chips, onRemove, onClear }: ChipsProps<K>): VNode | null {
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label={l10n.t('Active filters')}>
      {chips.map(({ key, text }) => (
        <li key={key}>
          <button type="button" class="chip" aria-label={l10n.t('Remove the filter {0}', text)} onClick={() => onRemove(key)}>
            <span>{text}</span>
            <Icon name="close" />
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button onClick={onClear}>{l10n.t('Clear All')}</Button>
        </li>
      )}
    </ul>
  );
}
