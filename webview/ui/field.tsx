import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

interface FieldProps {
  /** Shown above it, or with `hideLabel` said only. */
  label: string;
  hideLabel?: boolean;
  hint?: string | undefined;
  error?: string | undefined;
  disabled?: boolean;
}

export interface TextFieldProps extends FieldProps {
  value: string;
  onInput(value: string): void;
  /** Enter, or the field is left with another value. */
  onCommit?(value: string): void;
  placeholder?: string;
  type?: 'text' | 'number' | 'search';
  /** Of a number. */
  min?: number;
  max?: number;
  step?: number | 'any';
  /** A codicon before the text; a search has one by itself. */
  icon?: string;
  onKeyDown?(event: KeyboardEvent): void;
  /** Has the focus when it appears. */
  focused?: boolean;
}

export function TextField(props: TextFieldProps): VNode {
  const { label, value, onInput, onCommit, placeholder, type = 'text', error, disabled = false, min, max, step, focused = false } = props;
  const id = useId();
  const element = useRef<WrapsInput>(null);
  const icon = props.icon ?? (type === 'search' ? 'search' : undefined);
  useDescribed(element, error ?? props.hint, error !== undefined);
  useEffect(() => {
    if (focused) element.current?.focus();
  }, [focused]);
  return (
    <Field {...props} id={id} narrow={type === 'number'}>
      <vscode-textfield
        ref={element}
        id={id}
        type={type}
        label={label}
        value={value}
        placeholder={placeholder}
        invalid={error !== undefined}
        disabled={disabled}
        min={min}
        max={max}
        step={step}
        onInput={(event: Event) => onInput(textOf(event))}
        onChange={(event: Event) => onCommit?.(textOf(event))}
        onKeyDown={props.onKeyDown}
      >
        {icon && (
          <span slot="content-before" class="field-icon">
            <Icon name={icon} />
          </span>
        )}
      </vscode-textfield>
    </Field>
  );
}

/** A label above, the field, and below it what helps or what is wrong. */
function Field({
  id,
  label,
  hideLabel = false,
  hint,
  error,
  narrow,
  children,
}: FieldProps & { id: string; narrow?: boolean; children: ComponentChildren }): VNode {
  return (
    <div class={narrow ? 'field narrow' : 'field'}>
      <label class={hideLabel ? 'said' : 'field-label'} for={id}>
        {label}
      </label>
      {children}
      {error === undefined ? (
        hint && <span class="hint">{hint}</span>
      ) : (
        <span class="field-error">
          <Icon name="error" />
          {error}
        </span>
      )}
    </div>
  );
}

interface WrapsInput extends HTMLElement {
  updateComplete?: Promise<unknown>;
  wrappedElement?: HTMLElement;
}

/** The input is in a shadow tree, which ids do not reach: what describes it is put there as text. */
function useDescribed(element: { current: WrapsInput | null }, text: string | undefined, invalid: boolean): void {
  useEffect(() => {
    const { current } = element;
    void current?.updateComplete?.then(() => {
      const input = current.wrappedElement;
      if (!input) return;
      if (text === undefined) input.removeAttribute('aria-description');
      else input.setAttribute('aria-description', text);
      input.setAttribute('aria-invalid', String(invalid));
    });
  }, [element, text, invalid]);
}

/** Several lines of text. */
export function TextArea(props: FieldProps & { value: string; onInput(value: string): void; rows?: number }): VNode {
  const { label, value, onInput, rows = 5, disabled = false, error } = props;
  const id = useId();
  const element = useRef<WrapsInput>(null);
  useDescribed(element, error ?? props.hint, error !== undefined);
  return (
    <Field {...props} id={id}>
      <vscode-textarea
        ref={element}
        id={id}
        label={label}
        value={value}
        rows={rows}
        resize="vertical"
        disabled={disabled}
        invalid={error !== undefined}
        onInput={(event: Event) => onInput(textOf(event))}
      />
    </Field>
  );
}

export interface SelectProps<T extends string> extends FieldProps {
  value: T;
  options: readonly { value: T; label: string; description?: string | undefined }[];
  onChange(value: T): void;
}

export function Select<T extends string>(props: SelectProps<T>): VNode {
  const { label, value, options, onChange, disabled = false } = props;
  const id = useId();
  return (
    <Field {...props} id={id}>
      <vscode-single-select
        id={id}
        label={label}
        value={value}
        invalid={props.error !== undefined}
        disabled={disabled}
        onChange={(event: Event) => {
          const chosen = options.find((option) => option.value === textOf(event));
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <vscode-option key={option.value} value={option.value} description={option.description} selected={option.value === value}>
            {option.label}
          </vscode-option>
        ))}
      </vscode-single-select>
    </Field>
  );
}

interface CheckProps {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  disabled?: boolean;
  hint?: string | undefined;
}

/** Shows what it is told to show: a change that is not taken is not seen. */
export function Check({ label, checked, onChange, disabled = false, hint }: CheckProps): VNode {
  const take = ({ target }: Event): void => {
    if (!(target instanceof HTMLElement && 'checked' in target)) return;
    const next = target.checked === true;
    target.checked = checked;
    onChange(next);
  };
  return (
    <div class="check">
      <vscode-checkbox label={label} checked={checked} disabled={disabled} onChange={take} />
      {hint && <span class="hint">{hint}</span>}
    </div>
  );
}

function textOf({ target }: Event): string {
  return target && 'value' in target && typeof target.value === 'string' ? target.value : '';
}
