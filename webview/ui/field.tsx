import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VNode } from 'preact';

interface TextFieldProps {
  /** Shown above it, or with `hideLabel` said only. */
  label: string;
  hideLabel?: boolean;
  value: string;
  onInput(value: string): void;
  /** Enter, or the field is left with another value. */
  onCommit?(value: string): void;
  placeholder?: string;
  type?: 'text' | 'number' | 'search';
  hint?: string;
  error?: string | undefined;
}

export function TextField({
  label,
  hideLabel = false,
  value,
  onInput,
  onCommit,
  placeholder,
  type = 'text',
  hint,
  error,
}: TextFieldProps): VNode {
  return (
    <label class="field">
      <span class={hideLabel ? 'said' : 'field-label'}>{label}</span>
      <vscode-textfield
        type={type}
        label={label}
        value={value}
        placeholder={placeholder}
        invalid={error !== undefined}
        onInput={(event: Event) => onInput(textOf(event))}
        onChange={(event: Event) => onCommit?.(textOf(event))}
      />
      {error === undefined ? hint && <span class="hint">{hint}</span> : <span class="field-error">{error}</span>}
    </label>
  );
}

interface SelectProps<T extends string> {
  label: string;
  hideLabel?: boolean;
  value: T;
  options: readonly { value: T; label: string; description?: string }[];
  onChange(value: T): void;
}

export function Select<T extends string>({ label, hideLabel = false, value, options, onChange }: SelectProps<T>): VNode {
  return (
    <label class="field">
      <span class={hideLabel ? 'said' : 'field-label'}>{label}</span>
      <vscode-single-select label={label} value={value} onChange={(event: Event) => onChange(textOf(event) as T)}>
        {options.map((option) => (
          <vscode-option key={option.value} value={option.value} description={option.description} selected={option.value === value}>
            {option.label}
          </vscode-option>
        ))}
      </vscode-single-select>
    </label>
  );
}

export function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange(checked: boolean): void }): VNode {
  return <vscode-checkbox label={label} checked={checked} onChange={(event: Event) => onChange(checkedOf(event))} />;
}

function textOf({ target }: Event): string {
  return target && 'value' in target && typeof target.value === 'string' ? target.value : '';
}

function checkedOf({ target }: Event): boolean {
  return target !== null && 'checked' in target && target.checked === true;
}
