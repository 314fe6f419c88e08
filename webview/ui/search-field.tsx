import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { TextField } from './field.tsx';

interface SearchFieldProps {
  /** Said, and shown in the empty field where `placeholder` does not say more. */
  label: string;
  placeholder?: string;
  value: string;
  onInput(value: string): void;
  onKeyDown?(event: KeyboardEvent): void;
}

/** A field to narrow a list down by: its label is in it. */
export function SearchField({ label, placeholder = label, ...rest }: SearchFieldProps): VNode {
  return <TextField {...rest} label={label} hideLabel type="search" placeholder={placeholder} />;
}

/** Whoever types is waited for, where each search is asked of the gateway. */
const PAUSE_MS = 250;

/** What is being typed; `tell` is called with it once the typing pauses. A `value` from elsewhere takes its place. */
export function useTyping(value: string, tell: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const current = useRef(tell);
  current.current = tell;
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => current.current(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return [typed, setTyped];
}
