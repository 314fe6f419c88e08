import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.tsx';
import type { Tone } from './tone.ts';

/** A state in a word or two. */
export function Pill({
  tone = 'neutral',
  icon,
  children,
  title,
}: {
  tone?: Tone;
  icon?: string;
  children: ComponentChildren;
  title?: string;
}): VNode {
  return (
    <span class={`pill tone-${tone}`} title={title}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
