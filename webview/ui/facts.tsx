import type { ComponentChildren, VNode } from 'preact';

/** What is known of a thing, each with its name before it; `sideBySide`: as many as there is room for, the name above. */
export function Facts({ children, sideBySide = false }: { children: ComponentChildren; sideBySide?: boolean }): VNode {
  return <dl class={sideBySide ? 'facts side-by-side' : 'facts'}>{children}</dl>;
}

/** One of them; where there is nothing to tell, nothing. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }): VNode | null {
  if (children === undefined || children === null || children === false) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd class="figure">{children}</dd>
    </div>
  );
}
